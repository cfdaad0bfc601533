/** What others did to a ticket while a form was open. Pure. */
import type { TicketDetail, TimelineEntry } from "../../api/types";

const MATTERS = [
  "kind",
  "secondary_kind",
  "stage",
  "severity",
  "hazard",
  "description",
  "demand",
  "details",
  "contact",
  "department",
  "assignee",
  "case",
  "merged_into",
  "linked",
] as const satisfies readonly (keyof TicketDetail)[];

/** Whether anything differs that somebody who fills in a form should know. */
export function matters(seen: TicketDetail, now: TicketDetail): boolean {
  return MATTERS.some((name) => JSON.stringify(seen[name]) !== JSON.stringify(now[name]));
}

/** The timeline's entries that have come since. */
export function entriesSince(seen: TicketDetail, now: TicketDetail): TimelineEntry[] {
  const last = Math.max(0, ...seen.timeline.map((entry) => entry.position));
  return now.timeline.filter((entry) => entry.position > last);
}
