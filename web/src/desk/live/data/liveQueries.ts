import {
  keepPreviousData,
  skipToken,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { App } from "antd";
import { liveApi } from "../../../api/live";
import type { CallDeed, LiveDetail } from "../../../api/liveTypes";
import { emptyLog, type MessageLog, receiveAllSince } from "../../../shared/messageLog";
import { messageOf } from "../../components/ErrorPanel";
import type { ListFilter } from "../model/cards";
import type { TypingLog } from "../model/typing";
import {
  agentsKey,
  callKey,
  conversationKey,
  groupsKey,
  listKey,
  liveWallKey,
  messagesKey,
  presenceKey,
  typingKey,
} from "./liveKeys";

/** News comes by socket; this catches what a socket may have lost. */
const POLL_MS = 60_000;
const WALL_POLL_MS = 15_000;
const CALL_POLL_MS = 15_000;
export const PAGE = 50;
/** The server lists no more at once; whoever looks for another one searches. */
export const MOST = 100;
const NOBODY: TypingLog = [];

export const mineFilter: ListFilter = { view: "mine", group: null, text: "" };

export function useLiveList(filter: ListFilter, limit = PAGE) {
  return useQuery({
    queryKey: listKey(filter, limit),
    queryFn: ({ signal }) =>
      liveApi.conversations(
        {
          view: filter.view,
          group: filter.group ?? undefined,
          q: filter.text || undefined,
          limit,
        },
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: POLL_MS,
  });
}

export function useConversation(id: string) {
  return useQuery({
    queryKey: conversationKey(id),
    queryFn: ({ signal }) => liveApi.conversation(id, signal),
  });
}

/** Fetches what is missing since the last message without a gap before it; pushes merge into it. */
export function useMessages(id: string) {
  const client = useQueryClient();
  return useQuery({
    queryKey: messagesKey(id),
    queryFn: async ({ signal }) => {
      const known = () => client.getQueryData<MessageLog>(messagesKey(id)) ?? emptyLog;
      const since = known().contiguousSeq;
      const missed = await liveApi.messagesSince(id, since, signal);
      return receiveAllSince(known(), since, missed);
    },
    structuralSharing: false,
    refetchOnMount: "always",
  });
}

export function useTyping(id: string): TypingLog {
  const { data } = useQuery<TypingLog>({ queryKey: typingKey(id), queryFn: skipToken });
  return data ?? NOBODY;
}

/** How the call of a telephone conversation stands; in other hands it stands otherwise. */
export function useCall({ id, channel, owner, agent }: LiveDetail) {
  return useQuery({
    queryKey: [...callKey(id), owner, agent?.username ?? null],
    queryFn: ({ signal }) => liveApi.call(id, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.standing === "ended" ? false : CALL_POLL_MS),
    enabled: channel === "phone",
  });
}

/** Commands a call; what its carrier refuses is said. */
export function useCallDeed(id: string) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const deed = useMutation({
    mutationFn: (wanted: CallDeed) => liveApi.callDeed(id, wanted),
    onError: (error) => void message.warning({ content: messageOf(error), key: id }),
    onSettled: () => client.invalidateQueries({ queryKey: callKey(id) }),
  });
  return { pending: deed.isPending ? deed.variables : null, act: deed.mutate };
}

export function useMyPresence() {
  return useQuery({
    queryKey: presenceKey,
    queryFn: ({ signal }) => liveApi.presence(signal),
    refetchInterval: POLL_MS,
  });
}

export function useAgents(enabled = true) {
  return useQuery({
    queryKey: agentsKey,
    queryFn: ({ signal }) => liveApi.agents(signal),
    enabled,
  });
}

export function useGroups() {
  return useQuery({ queryKey: groupsKey, queryFn: ({ signal }) => liveApi.groups(signal) });
}

export function useLiveWall(enabled: boolean) {
  return useQuery({
    queryKey: liveWallKey,
    queryFn: ({ signal }) => liveApi.wall(signal),
    refetchInterval: WALL_POLL_MS,
    enabled,
  });
}
