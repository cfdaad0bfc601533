import { type QueryClient, useQueries, useQuery } from "@tanstack/react-query";
import { deskApi } from "../../api/desk";
import type { NextClock } from "../../api/types";
import { clocksKey } from "../clocks/clockQueries";
import { escalationsKey } from "../escalation/escalationQueries";
import { isWaiting } from "../escalation/levels";
import { type Called, calledTickets, overdueOf } from "./wallRows";

const POLL_MS = 30_000;
/** Many tickets change at once when a sweep breaches their clocks: the wall asks once for all. */
const GATHER_MS = 1_000;
export const MOST_CLOCKS = 200;
const wallKey = ["wall"] as const;

/** Everything on the wall, by news and by a slow poll that catches what was missed. */
export function useNextClocks(enabled: boolean) {
  return useQuery({
    queryKey: [...wallKey, "clocks"],
    queryFn: ({ signal }) => deskApi.nextClocks(MOST_CLOCKS, signal),
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

export function useFailedDeliveries() {
  return useQuery({
    queryKey: [...wallKey, "deliveries"],
    queryFn: ({ signal }) => deskApi.failedDeliveries(signal),
    refetchInterval: POLL_MS,
  });
}

/** What waits to be acknowledged: a level that is called has a clock, which leads to its ticket. */
export function useCalled(clocks: Parameters<typeof calledTickets>[0]): Called[] {
  const tickets = calledTickets(clocks);
  return useQueries({
    queries: tickets.map(({ ticket_number }) => ({
      queryKey: escalationsKey(ticket_number),
      queryFn: ({ signal }: { signal: AbortSignal }) => deskApi.escalations(ticket_number, signal),
      refetchInterval: POLL_MS,
    })),
    combine: (answers) =>
      answers.flatMap((answer, index) => {
        const ticket = tickets[index];
        const waiting = ticket ? (answer.data ?? []).filter(isWaiting) : [];
        return ticket ? waiting.map((escalation) => ({ ticket, escalation })) : [];
      }),
  });
}

/**
 * Clocks of those tickets that have run out. The list of what is due next ends with the moment of
 * breach; each breach calls somebody, so that these are the tickets to look at.
 */
export function useOverdue(clocks: Parameters<typeof calledTickets>[0]): NextClock[] {
  const tickets = calledTickets(clocks);
  return useQueries({
    queries: tickets.map(({ ticket_number }) => ({
      queryKey: clocksKey(ticket_number),
      queryFn: ({ signal }: { signal: AbortSignal }) => deskApi.clocks(ticket_number, signal),
      refetchInterval: POLL_MS,
    })),
    combine: (answers) =>
      answers.flatMap((answer, index) => {
        const ticket = tickets[index];
        return ticket ? overdueOf(ticket, answer.data ?? []) : [];
      }),
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
