import { useQuery } from "@tanstack/react-query";
import { deskApi } from "../../api/desk";

/** It changes when somebody edits the policy and starts the house anew. */
const STALE_MS = 10 * 60_000;

export function useClauses() {
  return useQuery({
    queryKey: ["policy", "clauses"],
    queryFn: ({ signal }) => deskApi.clauses(signal),
    staleTime: STALE_MS,
  });
}

export function usePolicy() {
  return useQuery({
    queryKey: ["policy", "files"],
    queryFn: ({ signal }) => deskApi.policy(signal),
    staleTime: STALE_MS,
  });
}
