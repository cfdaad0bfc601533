import type { RecurringTickets } from "../../api/types";

export type RecurringTicket = RecurringTickets["items"][number];

const shown = (pages: readonly RecurringTickets[]) =>
  pages.reduce((sum, page) => sum + page.items.length, 0);

/** The page that comes after those that were read, if there is more. */
export function nextPage(last: RecurringTickets, pages: RecurringTickets[]): number | undefined {
  return last.items.length > 0 && shown(pages) < last.total ? last.page + 1 : undefined;
}

/** The tickets of all pages, each once: a new one moves others on to a page that is read later. */
export function ticketsOf(pages: readonly RecurringTickets[]): RecurringTicket[] {
  const all = pages.flatMap((page) => page.items);
  return [...new Map(all.map((ticket) => [ticket.number, ticket])).values()];
}
