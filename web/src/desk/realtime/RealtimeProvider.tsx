import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from "react";
import { inboxChanged, unreadNow } from "../inbox/inboxQueries";
import { NoticeHerald } from "../inbox/NoticeHerald";
import { conversationsKey } from "../live/data/liveKeys";
import { sessionKey } from "../session/useSession";
import { wallChanged } from "../wall/wallQueries";
import { ArrivalLog, type Arrivals } from "./arrivals";
import { fetchAgain, messageArrived, ticketChanged, ticketFiled } from "./cacheUpdates";
import { connectDesk, type DeskSocketHandlers } from "./deskSocket";
import { LiveChannel } from "./liveChannel";

interface Realtime {
  connected: boolean;
  arrivals: ArrivalLog;
  live: LiveChannel;
  notices: NoticeHerald;
}

const RealtimeContext = createContext<Realtime | null>(null);

/** Listens to the server for as long as somebody is logged in. */
export function RealtimeProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [arrivals] = useState(() => new ArrivalLog());
  const [live] = useState(() => new LiveChannel());
  const [connected, setConnected] = useState(false);
  // what the inbox could not be asked stands in its panel and is asked again with the next poll
  const [notices] = useState(
    () => new NoticeHerald({ unread: () => unreadNow(client), failed: () => inboxChanged(client) }),
  );
  useEffect(() => {
    const handlers: DeskSocketHandlers = {
      connected: () => {
        setConnected(true);
        fetchAgain(client);
        inboxChanged(client);
        wallChanged(client);
      },
      disconnected: () => setConnected(false),
      refused: () => {
        setConnected(false);
        void client.invalidateQueries({ queryKey: sessionKey });
      },
      ticketFiled: (event) => {
        ticketFiled(client, arrivals, event.ticket);
        wallChanged(client);
      },
      ticketChanged: (event) => {
        ticketChanged(client, event.ticket);
        wallChanged(client);
      },
      notice: (event) => notices.announced(event.id),
      undelivered: () => {
        void client.invalidateQueries({ queryKey: conversationsKey });
        wallChanged(client);
      },
      message: (event) => messageArrived(client, event),
    };
    return connectDesk(handlers, live);
  }, [client, arrivals, live, notices]);

  return (
    <RealtimeContext value={{ connected, arrivals, live, notices }}>{children}</RealtimeContext>
  );
}

function useRealtime(): Realtime {
  const realtime = useContext(RealtimeContext);
  if (!realtime) throw new Error("outside of RealtimeProvider");
  return realtime;
}

export const useConnected = (): boolean => useRealtime().connected;

export const useLiveChannel = (): LiveChannel => useRealtime().live;

export const useArrivalLog = (): ArrivalLog => useRealtime().arrivals;

export const useNoticeHerald = (): NoticeHerald => useRealtime().notices;

export function useArrivals(): Arrivals {
  const { arrivals } = useRealtime();
  return useSyncExternalStore(arrivals.subscribe, arrivals.getSnapshot);
}
