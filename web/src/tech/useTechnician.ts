import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { type Order, ordersApi, type Visits } from "../api/orders";
import { sessionKey, useSession } from "../desk/session/useSession";
import { ActionQueue } from "./ActionQueue";

const POLL_MS = 60_000;
const KEPT = "yingsheng.tech.visits.";
const visitsKey = ["visits"] as const;

interface Kept {
  visits: Visits;
  at: number;
}

/** What the list was when there was a network; gone with the tab, for it has customers' addresses. */
function kept(username: string): Kept | undefined {
  const stored = window.sessionStorage.getItem(KEPT + username);
  return stored === null ? undefined : (JSON.parse(stored) as Kept);
}

/** The visits of whoever is logged in, as last heard, and what they did and is not sent yet. */
export function useTechnician() {
  const client = useQueryClient();
  const username = useSession().data?.user.username ?? "";
  const [before] = useState(() => kept(username));
  const query = useQuery({
    queryKey: visitsKey,
    queryFn: ({ signal }) => ordersApi.visits(signal),
    refetchInterval: POLL_MS,
    initialData: before?.visits,
    initialDataUpdatedAt: before?.at,
  });
  const { data, dataUpdatedAt } = query;
  useEffect(() => {
    if (!data) return;
    const now: Kept = { visits: data, at: dataUpdatedAt };
    window.sessionStorage.setItem(KEPT + username, JSON.stringify(now));
  }, [data, dataUpdatedAt, username]);

  const [queue] = useState(() => {
    const orders = () => client.getQueryData<Visits>(visitsKey)?.items ?? [];
    return new ActionQueue(username, {
      known: (number) => orders().find((order) => order.number === number),
      order: (now: Order) => {
        client.setQueryData<Visits>(
          visitsKey,
          (visits) =>
            visits && {
              ...visits,
              items: visits.items.map((order) => (order.number === now.number ? now : order)),
            },
        );
      },
      loggedOut: () => client.setQueryData(sessionKey, null),
    });
  });
  useEffect(() => queue.start(), [queue]);
  const state = useSyncExternalStore(queue.subscribe, queue.snapshot);
  return { ...query, queue, ...state };
}

export type Technician = ReturnType<typeof useTechnician>;

export function useOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener("online", listener);
      window.addEventListener("offline", listener);
      return () => {
        window.removeEventListener("online", listener);
        window.removeEventListener("offline", listener);
      };
    },
    () => navigator.onLine,
  );
}
