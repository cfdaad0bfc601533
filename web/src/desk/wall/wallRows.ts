/** What stands on the wall, in which order. Pure. */
import type { NextClock, NextClocks } from "../../api/types";

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

/** What the server counted; what has run out since it answered, `elapsed` milliseconds ago, is over by now. */
export function counted(answer: NextClocks, elapsed: number): Counts {
  const then = Date.parse(answer.now);
  const ranOut = answer.items.filter(({ due_at }) => {
    const due = Date.parse(due_at);
    return then < due && due <= then + elapsed;
  });
  const ofWarned = ranOut.filter(({ state }) => state === "warned").length;
  return {
    breached: answer.breached + ranOut.length,
    warned: answer.warned - ofWarned,
    running: answer.total - answer.breached - answer.warned - (ranOut.length - ofWarned),
  };
}

export const rowKey = (clock: NextClock) =>
  `${clock.ticket_number} ${clock.id} ${clock.started_at}`;
