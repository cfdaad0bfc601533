import { useQuery } from "@tanstack/react-query";
import { deskApi } from "../../api/desk";
import { ticketKey } from "../tickets/ticketQueries";

const REFRESH_MS = 30_000;

export const clocksKey = (number: string) => [...ticketKey(number), "clocks"] as const;

/** A ticket's clocks, asked for often enough that working time is right to the minute. */
export function useClocks(number: string) {
  return useQuery({
    queryKey: clocksKey(number),
    queryFn: ({ signal }) => deskApi.clocks(number, signal),
    refetchInterval: REFRESH_MS,
  });
}

/** The same for a line of the list: good enough when it is some minutes old. */
export function useClocksOfLine(number: string, open: boolean) {
  return useQuery({
    queryKey: clocksKey(number),
    queryFn: ({ signal }) => deskApi.clocks(number, signal),
    enabled: open,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
}
