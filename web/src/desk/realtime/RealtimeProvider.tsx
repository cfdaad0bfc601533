import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { sessionKey } from "../session/useSession";
import { wallChanged } from "../wall/wallQueries";
import { ArrivalLog, type Arrivals } from "./arrivals";
import { fetchAgain, messageArrived, ticketChanged, ticketFiled } from "./cacheUpdates";
import { connectDesk, type DeskSocketHandlers } from "./deskSocket";
import { LiveChannel } from "./liveChannel";
import { useNoticeToast } from "./useNoticeToast";

interface Realtime {
  connected: boolean;
  arrivals: ArrivalLog;
  live: LiveChannel;
}

const RealtimeContext = createContext<Realtime>({
  connected: false,
  arrivals: new ArrivalLog(),
  live: new LiveChannel(),
});

/** Listens to the server for as long as somebody is logged in. */
export function RealtimeProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [arrivals] = useState(() => new ArrivalLog());
  const [live] = useState(() => new LiveChannel());
  const [connected, setConnected] = useState(false);
  const tell = useRef(useNoticeToast());
  useEffect(() => {
    const handlers: DeskSocketHandlers = {
      connected: () => {
        setConnected(true);
        fetchAgain(client);
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
      notice: (event) => tell.current(event),
      undelivered: () => wallChanged(client),
      message: (event) => messageArrived(client, event),
    };
    return connectDesk(handlers, live);
  }, [client, arrivals, live]);

  return <RealtimeContext value={{ connected, arrivals, live }}>{children}</RealtimeContext>;
}

export function useConnected(): boolean {
  return useContext(RealtimeContext).connected;
}

export function useLiveChannel(): LiveChannel {
  return useContext(RealtimeContext).live;
}

export function useArrivalLog(): ArrivalLog {
  return useContext(RealtimeContext).arrivals;
}

export function useArrivals(): Arrivals {
  const { arrivals } = useContext(RealtimeContext);
  return useSyncExternalStore(arrivals.subscribe, arrivals.getSnapshot);
}
