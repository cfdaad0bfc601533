import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { deskApi } from "../../api/desk";
import { ticketKey } from "../tickets/ticketQueries";

export const escalationsKey = (number: string) => [...ticketKey(number), "escalations"] as const;
export const emergencyKey = (number: string) => [...ticketKey(number), "emergency"] as const;

export function useEscalations(number: string) {
  return useQuery({
    queryKey: escalationsKey(number),
    queryFn: ({ signal }) => deskApi.escalations(number, signal),
  });
}

export function useEmergency(number: string) {
  return useQuery({
    queryKey: emergencyKey(number),
    queryFn: ({ signal }) => deskApi.emergency(number, signal),
  });
}

interface Remarked {
  note: string | null;
}

/** A change to a ticket by something else than a step of the workflow. */
function useChange<Given>(number: string, mutationFn: (given: Given) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => client.invalidateQueries({ queryKey: ticketKey(number) }),
  });
}

export function useAcknowledge(number: string) {
  return useChange(number, ({ id, note }: Remarked & { id: string }) =>
    deskApi.acknowledge(id, note),
  );
}

export function useEmergencyTask(number: string) {
  return useChange(number, ({ task, note }: Remarked & { task: string }) =>
    deskApi.emergencyTask(number, task, note),
  );
}

export function useCloseEmergency(number: string) {
  return useChange(number, ({ note }: Remarked) => deskApi.closeEmergency(number, note));
}
