import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type BoardQuery, type Order, type OrderStep, ordersApi } from "../../api/orders";
import { newId } from "../../shared/ids";
import { ticketKey } from "../tickets/ticketQueries";
import type { Values } from "./orderForms";

const POLL_MS = 30_000;
const LONG_MS = 300_000;
export const boardKey = ["orders", "board"] as const;
export const orderKey = (number: string) => ["orders", "one", number] as const;
export const ordersOfTicketKey = (ticket: string) => [...ticketKey(ticket), "orders"] as const;

export function useBoard(query: BoardQuery) {
  return useQuery({
    queryKey: [...boardKey, query],
    queryFn: ({ signal }) => ordersApi.board(query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: POLL_MS,
  });
}

export function useOrdersOfTicket(ticket: string) {
  return useQuery({
    queryKey: ordersOfTicketKey(ticket),
    queryFn: ({ signal }) => ordersApi.board({ ticket }, signal),
  });
}

export function useOrder(number: string) {
  return useQuery({
    queryKey: orderKey(number),
    queryFn: ({ signal }) => ordersApi.order(number, signal),
    refetchInterval: POLL_MS,
  });
}

export function useDispatchMap() {
  return useQuery({
    queryKey: ["orders", "map"],
    queryFn: ({ signal }) => ordersApi.map(signal),
    staleTime: LONG_MS,
  });
}

export const techniciansKey = ["orders", "technicians"] as const;

export function useTechnicians() {
  return useQuery({
    queryKey: techniciansKey,
    queryFn: ({ signal }) => ordersApi.technicians(signal),
    staleTime: LONG_MS,
  });
}

export interface TakingStep {
  step: OrderStep;
  body: Values;
  seen: Order;
}

/** Takes a step; what hangs on the order is fetched anew, also when it was refused. */
export function useTakeOrderStep(number: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ step, body, seen }: TakingStep) =>
      ordersApi.take(number, step, { ...body, version: seen.version, action_id: newId() }),
    onSuccess: (order) => client.setQueryData(orderKey(number), order),
    onSettled: (_order, _error, { seen }) => {
      void client.invalidateQueries({ queryKey: orderKey(number) });
      void client.invalidateQueries({ queryKey: boardKey });
      void client.invalidateQueries({ queryKey: ticketKey(seen.ticket) });
    },
  });
}

export function useOpenOrder(ticket: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => ordersApi.open(ticket),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: boardKey });
      void client.invalidateQueries({ queryKey: ticketKey(ticket) });
    },
  });
}
