/** Carries events into the cached lists and tickets, so that every page shows them at once. */
import type { QueryClient } from "@tanstack/react-query";
import type { MessageEvent, TicketDetail, TicketPage, TicketSummary } from "../../api/types";
import { receive } from "../../shared/messageLog";
import type { TicketFilters } from "../tickets/filters";
import { ticketKey, ticketListsKey, ticketsKey } from "../tickets/ticketQueries";
import type { ArrivalLog } from "./arrivals";
import { applyChanged, applyFiled, type ListChange } from "./ticketEvents";

type Apply = (list: TicketPage, filters: TicketFilters, ticket: TicketSummary) => ListChange;

function changeLists(
  client: QueryClient,
  ticket: TicketSummary,
  apply: Apply,
  seen: (change: ListChange, filters: TicketFilters) => void,
): void {
  const lists = client.getQueriesData<TicketPage>({ queryKey: ticketListsKey });
  for (const [queryKey, list] of lists) {
    if (!list) continue;
    const filters = queryKey[1] as TicketFilters;
    const change = apply(list, filters, ticket);
    if (change.effect === "stale") void client.invalidateQueries({ queryKey, exact: true });
    else if (change.list !== list) client.setQueryData(queryKey, change.list);
    seen(change, filters);
  }
}

export function ticketFiled(
  client: QueryClient,
  arrivals: ArrivalLog,
  ticket: TicketSummary,
): void {
  changeLists(client, ticket, applyFiled, (change, filters) => {
    if (change.effect === "inserted") arrivals.highlight(ticket.number);
    if (change.effect === "hidden") arrivals.count(filters, ticket.number);
  });
}

export function ticketChanged(client: QueryClient, ticket: TicketSummary): void {
  changeLists(client, ticket, applyChanged, () => undefined);
  void client.invalidateQueries({ queryKey: ticketKey(ticket.number) });
}

export function messageArrived(client: QueryClient, event: MessageEvent): void {
  const tickets = client.getQueriesData<TicketDetail>({ queryKey: ticketsKey });
  for (const [queryKey, ticket] of tickets) {
    if (ticket?.conversation_id !== event.conversation_id) continue;
    const log = receive({ messages: ticket.messages, contiguousSeq: 0 }, [event.message]);
    client.setQueryData(queryKey, { ...ticket, messages: [...log.messages] });
  }
}

/** Before the socket was there, or while it was away, something may have been missed. */
export function fetchAgain(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: ticketListsKey });
  void client.invalidateQueries({ queryKey: ticketsKey });
}
