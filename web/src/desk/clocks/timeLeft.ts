/** How much of a clock is left at this moment, between two answers of the server. Pure. */
import type { Clock } from "../../api/types";
import { clockWords } from "../../messages/case.zh-CN";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Rounding of the server, and the time its answer was under way. */
const TOLERANCE_SECONDS = 3;

export type Tone = "calm" | "warned" | "over" | "still";

export interface TimeLeft {
  /** Counted seconds; below zero when over. */
  seconds: number;
  /** Every second counts until it is due, so that the display may tick. */
  ticking: boolean;
  tone: Tone;
}

type Counted = Pick<Clock, "state" | "due_at" | "remaining_seconds">;

/**
 * The server counts working time; between its answers the page only knows that no more can be left
 * than the plain time until it is due. Where both agree nothing interrupts the counting any more.
 *
 * @param asOf when the server's answer came, in milliseconds
 * @param now the present, in milliseconds
 * @returns null for a clock that has stopped
 */
export function timeLeft(clock: Counted, asOf: number, now: number): TimeLeft | null {
  const counted = clock.remaining_seconds;
  if (counted === null) return null;
  if (clock.state === "paused") return { seconds: counted, ticking: false, tone: "still" };
  const due = Date.parse(clock.due_at);
  const ticking = Math.abs((due - asOf) / 1000 - counted) <= TOLERANCE_SECONDS;
  const plain = Math.floor((due - now) / 1000);
  const seconds = ticking || (counted > 0 && plain < counted) ? plain : counted;
  if (seconds <= 0 || clock.state === "breached") return { seconds, ticking, tone: "over" };
  return { seconds, ticking, tone: clock.state === "warned" ? "warned" : "calm" };
}

const two = (count: number) => String(count).padStart(2, "0");

/** Days, hours, minutes and seconds where it ticks; hours and minutes where it does not. */
export function formatSpan(seconds: number, ticking: boolean): string {
  const whole = Math.abs(Math.round(seconds));
  const hours = Math.floor(whole / HOUR);
  const minutes = Math.floor((whole % HOUR) / MINUTE);
  if (!ticking) {
    return hours > 0 ? clockWords.hoursMinutes(hours, minutes) : clockWords.minutes(minutes);
  }
  const time = `${two(Math.floor((whole % DAY) / HOUR))}:${two(minutes)}:${two(whole % MINUTE)}`;
  const days = Math.floor(whole / DAY);
  return days > 0 ? `${clockWords.days(days)} ${time}` : time;
}

/** Whether it still runs or waits, and so belongs on top. */
export function isOpen(clock: Pick<Clock, "remaining_seconds">): boolean {
  return clock.remaining_seconds !== null;
}

/** The clock that wants attention first: what is over, then what is due next; paused ones last. */
export function mostUrgent<Item extends Counted>(clocks: readonly Item[]): Item | null {
  const rank = (clock: Item) => [clock.state === "paused" ? 1 : 0, Date.parse(clock.due_at)];
  const open = clocks.filter(isOpen);
  return open.reduce<Item | null>((best, clock) => {
    if (best === null) return clock;
    const [paused = 0, due = 0] = rank(clock);
    const [bestPaused = 0, bestDue = 0] = rank(best);
    return paused < bestPaused || (paused === bestPaused && due < bestDue) ? clock : best;
  }, null);
}
