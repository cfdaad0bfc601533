import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { deskApi } from "../../api/desk";
import { type TicketFilters, toTicketQuery } from "./filters";

export const ticketListsKey = ["tickets"] as const;
export const ticketsKey = ["ticket"] as const;
export const ticketListKey = (filters: TicketFilters) => [...ticketListsKey, filters] as const;
export const ticketKey = (number: string) => [...ticketsKey, number] as const;

export function useTicketList(filters: TicketFilters) {
  return useQuery({
    queryKey: ticketListKey(filters),
    queryFn: ({ signal }) => deskApi.tickets(toTicketQuery(filters), signal),
    placeholderData: keepPreviousData,
  });
}

export function useTicket(number: string) {
  return useQuery({
    queryKey: ticketKey(number),
    queryFn: ({ signal }) => deskApi.ticket(number, signal),
  });
}
