import {
  keepPreviousData,
  type QueryClient,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { inboxApi } from "../../api/inbox";
import type { InboxItem, InboxRead } from "../../api/types";

/** News comes by socket; this catches what a socket may have lost. */
const POLL_MS = 60_000;
export const PAGE = 20;
/** The server lists no more at once. */
export const MOST = 200;
const inboxKey = ["inbox"] as const;

const listed = (unreadOnly: boolean, limit: number) =>
  queryOptions({
    queryKey: [...inboxKey, unreadOnly, limit],
    queryFn: ({ signal }) => inboxApi.inbox({ unread_only: unreadOnly, limit }, signal),
  });

export function useInbox(unreadOnly = true, limit = PAGE) {
  return useQuery({
    ...listed(unreadOnly, limit),
    placeholderData: keepPreviousData,
    refetchInterval: POLL_MS,
  });
}

/** Asks anew, whatever is known or under way: what is unread now, the latest first. */
export async function unreadNow(client: QueryClient): Promise<readonly InboxItem[]> {
  await client.invalidateQueries({ queryKey: inboxKey }, { throwOnError: true });
  return client.getQueryData(listed(true, PAGE).queryKey)?.items ?? [];
}

export function inboxChanged(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: inboxKey });
}

export function useMarkRead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (which: InboxRead) => inboxApi.read(which),
    onSettled: () => inboxChanged(client),
  });
}
