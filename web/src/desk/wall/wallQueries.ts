import { keepPreviousData, type QueryClient, useQuery } from "@tanstack/react-query";
import { deskApi } from "../../api/desk";

const POLL_MS = 30_000;
/** Many tickets change at once when a sweep breaches their clocks: the wall asks once for all. */
const GATHER_MS = 1_000;
export const MOST_CLOCKS = 200;
const wallKey = ["wall"] as const;

/** Everything on the wall, by news and by a slow poll that catches what was missed. */
export function useNextClocks(enabled: boolean, only: readonly string[]) {
  return useQuery({
    queryKey: [...wallKey, "clocks", ...only],
    queryFn: ({ signal }) => deskApi.nextClocks(MOST_CLOCKS, only, signal),
    placeholderData: keepPreviousData,
    refetchInterval: POLL_MS,
    enabled,
  });
}

export function useFailedNotices() {
  return useQuery({
    queryKey: [...wallKey, "notices"],
    queryFn: ({ signal }) => deskApi.failedNotices(signal),
    refetchInterval: POLL_MS,
  });
}

export function useFailedDeliveries(enabled = true) {
  return useQuery({
    queryKey: [...wallKey, "deliveries"],
    queryFn: ({ signal }) => deskApi.failedDeliveries(signal),
    refetchInterval: POLL_MS,
    enabled,
  });
}

/** What waits to be acknowledged, by when. */
export function useWaitingEscalations() {
  return useQuery({
    queryKey: [...wallKey, "escalations"],
    queryFn: ({ signal }) => deskApi.waitingEscalations(signal),
    refetchInterval: POLL_MS,
  });
}

let gathering: ReturnType<typeof setTimeout> | undefined;

/** Something happened that may stand on the wall. */
export function wallChanged(client: QueryClient): void {
  if (gathering !== undefined) return;
  gathering = setTimeout(() => {
    gathering = undefined;
    void client.invalidateQueries({ queryKey: wallKey });
  }, GATHER_MS);
}
