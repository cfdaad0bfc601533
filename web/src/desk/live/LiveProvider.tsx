import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import type { User } from "../../api/types";
import { useConnected, useLiveChannel } from "../realtime/RealtimeProvider";
import { useAlerts } from "./alerts/useAlerts";
import { useTitleCount } from "./alerts/useTitleCount";
import { LiveOutboxes } from "./data/LiveOutboxes";
import { mineFilter, useLiveList } from "./data/liveQueries";
import { fetchLiveAgain, liveNews } from "./data/liveUpdates";
import { unreadOf } from "./model/cards";

/** Well below what the server takes for a lost page. */
const HEARTBEAT_MS = 15_000;

interface Live {
  me: User;
  outboxes: LiveOutboxes;
}

const LiveContext = createContext<Live | null>(null);

function useNews(me: User): void {
  const client = useQueryClient();
  const live = useLiveChannel();
  const tell = useAlerts(me.username);
  const alert = useRef(tell);
  alert.current = tell;
  useEffect(
    () =>
      live.subscribe((name, event) => {
        if ("card" in event) alert.current(event.card);
        liveNews(client, name, event, me.username);
      }),
    [live, client, me.username],
  );
}

function useHeartbeat(connected: boolean): void {
  const live = useLiveChannel();
  useEffect(() => {
    if (!connected) return undefined;
    live.send("heartbeat", {});
    const timer = setInterval(() => live.send("heartbeat", {}), HEARTBEAT_MS);
    return () => clearInterval(timer);
  }, [live, connected]);
}

/** What goes on behind every page of the desk: news, alerts, heartbeat, and unsent messages. */
export function LiveProvider({ me, children }: { me: User; children: ReactNode }) {
  const client = useQueryClient();
  const connected = useConnected();
  const [outboxes] = useState(() => new LiveOutboxes(client, me.username));
  const { data: mine } = useLiveList(mineFilter);
  useNews(me);
  useHeartbeat(connected);
  useTitleCount(unreadOf(mine));
  useEffect(() => {
    if (!connected) return;
    fetchLiveAgain(client);
    outboxes.retryAll();
  }, [connected, client, outboxes]);
  useEffect(() => () => outboxes.stop(), [outboxes]);
  return <LiveContext value={{ me, outboxes }}>{children}</LiveContext>;
}

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error("outside of LiveProvider");
  return live;
}
