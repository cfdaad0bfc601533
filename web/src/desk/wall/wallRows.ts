/** What stands on the wall, in which order. Pure. */
import type { NextClock } from "../../api/types";

const isOver = (clock: NextClock, now: number) =>
  clock.state === "breached" || Date.parse(clock.due_at) <= now;

/** Breached first, then by when they are due. */
export function wallRows(clocks: readonly NextClock[], now: number): NextClock[] {
  const rank = (clock: NextClock) => (isOver(clock, now) ? 0 : 1);
  return [...clocks].sort(
    (one, other) => rank(one) - rank(other) || Date.parse(one.due_at) - Date.parse(other.due_at),
  );
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
