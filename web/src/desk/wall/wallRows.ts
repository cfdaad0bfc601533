/** What stands on the wall, in which order. Pure. */
import type { Clock, Escalation, NextClock } from "../../api/types";
import { isOpen } from "../clocks/timeLeft";

const ACKNOWLEDGEMENT = "ack_";
const MOST_TICKETS = 30;

export interface Called {
  ticket: NextClock;
  escalation: Escalation;
}

/** The tickets on which a level has been called and has not answered, first come first. */
export function calledTickets(clocks: readonly NextClock[]): NextClock[] {
  const found = new Map<string, NextClock>();
  for (const clock of clocks) {
    const known = found.has(clock.ticket_number);
    if (clock.id.startsWith(ACKNOWLEDGEMENT) && !known) found.set(clock.ticket_number, clock);
  }
  return [...found.values()].slice(0, MOST_TICKETS);
}

const isOver = (clock: NextClock, now: number) =>
  clock.state === "breached" || Date.parse(clock.due_at) <= now;

/** Breached first, then by when they are due. */
export function wallRows(clocks: readonly NextClock[], now: number): NextClock[] {
  const rank = (clock: NextClock) => (isOver(clock, now) ? 0 : 1);
  return [...clocks].sort(
    (one, other) => rank(one) - rank(other) || Date.parse(one.due_at) - Date.parse(other.due_at),
  );
}

/** A ticket's clocks that have run out and that nobody has stopped, as lines of the wall. */
export function overdueOf(ticket: NextClock, clocks: readonly Clock[]): NextClock[] {
  return clocks
    .filter((clock) => clock.state === "breached" && isOpen(clock))
    .map((clock) => ({ ...ticket, ...clock }));
}

/** Both, each clock once. */
export function together(some: readonly NextClock[], more: readonly NextClock[]): NextClock[] {
  return [...new Map([...some, ...more].map((clock) => [rowKey(clock), clock])).values()];
}

export type Counts = Record<"breached" | "warned" | "running", number>;

export function countStates(items: readonly NextClock[], now: number): Counts {
  const counts: Counts = { breached: 0, warned: 0, running: 0 };
  for (const clock of items) {
    if (isOver(clock, now)) counts.breached += 1;
    else if (clock.state === "warned") counts.warned += 1;
    else counts.running += 1;
  }
  return counts;
}

export const rowKey = (clock: NextClock) =>
  `${clock.ticket_number} ${clock.id} ${clock.started_at}`;
