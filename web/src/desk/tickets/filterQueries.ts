import { useQuery } from "@tanstack/react-query";
import { listsApi } from "../../api/lists";

const STALE_MS = 5 * 60_000;

export function useFilterValues() {
  return useQuery({
    queryKey: ["ticket-filters"],
    queryFn: ({ signal }) => listsApi.filterValues(signal),
    staleTime: STALE_MS,
  });
}

export function useColleagues() {
  return useQuery({
    queryKey: ["colleagues"],
    queryFn: ({ signal }) => listsApi.colleagues(signal),
    staleTime: STALE_MS,
  });
}
