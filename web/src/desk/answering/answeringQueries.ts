import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answeringApi, type CannedDraft } from "../../api/answering";

const CANNED_STALE_MS = 5 * 60_000;
export const cannedKey = ["canned"] as const;

export function useCanned() {
  return useQuery({
    queryKey: cannedKey,
    queryFn: ({ signal }) => answeringApi.canned(signal),
    staleTime: CANNED_STALE_MS,
  });
}

/** What variables stand for in this conversation; asked for when somebody is about to pick. */
export function useVariables(conversationId: string, wanted: boolean) {
  return useQuery({
    queryKey: ["canned", "variables", conversationId],
    queryFn: ({ signal }) => answeringApi.variables(conversationId, signal),
    enabled: wanted,
  });
}

/** Answers for the customer's last words; `seq` is the message that holds them. */
export function useSuggestions(conversationId: string, seq: number) {
  return useQuery({
    queryKey: ["suggestions", conversationId, seq],
    queryFn: ({ signal }) => answeringApi.suggestions(conversationId, signal),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
}

/** Writing canned replies; the list is read anew after each change. */
export function useCannedDeeds() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: cannedKey });
  const save = useMutation({
    mutationFn: ({ id, draft }: { id: string | null; draft: CannedDraft }) =>
      id === null ? answeringApi.add(draft) : answeringApi.change(id, draft),
    onSuccess,
  });
  const drop = useMutation({ mutationFn: (id: string) => answeringApi.drop(id), onSuccess });
  return { save, drop };
}
