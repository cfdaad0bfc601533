import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { liveApi } from "../../../api/live";
import type { LiveDetail } from "../../../api/liveTypes";
import type { MessageLog } from "../../../shared/messageLog";
import { useConnected, useLiveChannel } from "../../realtime/RealtimeProvider";
import { messagesKey } from "../data/liveKeys";

/**
 * Says that this page has the conversation open, so that it hears of every word. What was said before
 * it was heard is fetched.
 */
export function useWatching(id: string): void {
  const live = useLiveChannel();
  const client = useQueryClient();
  const connected = useConnected();
  useEffect(() => {
    if (!connected) return undefined;
    live.send("watch", { conversation_id: id }, ({ last_seq: newest }) => {
      const log = client.getQueryData<MessageLog>(messagesKey(id));
      if (log && newest !== undefined && newest > log.contiguousSeq) {
        void client.invalidateQueries({ queryKey: messagesKey(id) });
      }
    });
    return () => live.send("unwatch", { conversation_id: id });
  }, [live, client, connected, id]);
}

function useVisible(onChange: () => void): void {
  useEffect(() => {
    document.addEventListener("visibilitychange", onChange);
    window.addEventListener("focus", onChange);
    return () => {
      document.removeEventListener("visibilitychange", onChange);
      window.removeEventListener("focus", onChange);
    };
  }, [onChange]);
}

/** Tells how far the owner has read, while the page is before somebody's eyes. */
export function useSeen(conversation: LiveDetail | undefined, newest: number, mine: boolean): void {
  const told = useRef(0);
  const { id } = conversation ?? {};
  const known = conversation?.agent_seen_seq ?? 0;
  const tell = useRef(() => {});
  tell.current = () => {
    const upTo = Math.max(told.current, known);
    if (!mine || !id || newest <= upTo || document.visibilityState !== "visible") return;
    told.current = newest;
    // what fails is told again with the next message
    liveApi.seen(id, newest).catch(() => {
      told.current = 0;
    });
  };
  const look = useRef(() => tell.current());
  useVisible(look.current);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of them is something new to tell
  useEffect(() => tell.current(), [id, newest, mine, known]);
}
