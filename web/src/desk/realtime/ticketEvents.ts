/** What news about a ticket does to a list that is already on the screen. Pure. */
import type { TicketPage, TicketSummary } from "../../api/types";
import { matches, mayCome, type TicketFilters } from "../tickets/filters";

export interface ListChange {
  list: TicketPage;
  /**
   * inserted: stands on the page now; hidden: belongs to the list but not to this page; updated: its
   * row is new; stale: the list has to be fetched again; none: nothing to do with it.
   */
  effect: "inserted" | "hidden" | "updated" | "stale" | "none";
}

function indexOf(list: TicketPage, ticket: TicketSummary): number {
  return list.items.findIndex((item) => item.number === ticket.number);
}

function replace(list: TicketPage, index: number, ticket: TicketSummary): ListChange {
  const shown = list.items[index];
  const older = shown && Date.parse(ticket.updated_at) < Date.parse(shown.updated_at);
  if (older) return { list, effect: "none" };
  const items = list.items.map((item, at) => (at === index ? ticket : item));
  return { list: { ...list, items }, effect: "updated" };
}

/** A ticket was filed: it is the newest, so it belongs at the top of the first page. */
export function applyFiled(
  list: TicketPage,
  filters: TicketFilters,
  ticket: TicketSummary,
): ListChange {
  const index = indexOf(list, ticket);
  if (index >= 0) return replace(list, index, ticket);
  const match = matches(filters, ticket);
  if (match === "no") return { list, effect: "none" };
  if (match === "maybe") return { list, effect: "hidden" };
  const total = list.total + 1;
  if (filters.page > 1) return { list: { ...list, total }, effect: "hidden" };
  const items = [ticket, ...list.items].slice(0, list.page_size);
  return { list: { ...list, items, total }, effect: "inserted" };
}

/** A ticket changed: its row follows; if it may have come or gone, only the server knows. */
export function applyChanged(
  list: TicketPage,
  filters: TicketFilters,
  ticket: TicketSummary,
): ListChange {
  const index = indexOf(list, ticket);
  const match = matches(filters, ticket);
  if (index < 0) {
    const mayHaveCome = mayCome(filters) && match !== "no";
    return { list, effect: mayHaveCome ? "stale" : "none" };
  }
  if (match === "no") return { list, effect: "stale" };
  return replace(list, index, ticket);
}
