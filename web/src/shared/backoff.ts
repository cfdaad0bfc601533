/** When to try again. Pure. */

const FIRST_DELAY_MS = 1_000;
/** People watch the page: after an outage nobody waits longer than this. */
const LONGEST_DELAY_MS = 20_000;

/** Doubles from one second; the jitter keeps a crowd from coming back at the same moment. */
export function retryDelay(
  failures: number,
  retryAfterSeconds: number | null,
  random: number,
): number {
  const doubled = FIRST_DELAY_MS * 2 ** Math.min(Math.max(failures - 1, 0), 10);
  const delay = Math.min(doubled, LONGEST_DELAY_MS) * (0.75 + random * 0.5);
  return Math.max(delay, (retryAfterSeconds ?? 0) * 1_000);
}
