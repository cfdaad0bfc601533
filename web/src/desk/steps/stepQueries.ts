import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { deskApi } from "../../api/desk";
import { ApiError } from "../../api/errors";
import type { FormStep, Step, StepBody, TicketDetail } from "../../api/types";
import { ticketKey } from "../tickets/ticketQueries";
import { nextPage } from "./recurringPages";
import { correction, stepBody, type Values } from "./stepValues";
import { matters } from "./ticketChanges";

export const stepsKey = (number: string) => [...ticketKey(number), "steps"] as const;

export function useSteps(number: string) {
  return useQuery({
    queryKey: stepsKey(number),
    queryFn: ({ signal }) => deskApi.steps(number, signal),
  });
}

/** Tickets that may have the same cause, page by page. */
export function useRecurring(number: string) {
  return useInfiniteQuery({
    queryKey: [...ticketKey(number), "recurring"],
    queryFn: ({ pageParam, signal }) => deskApi.recurring(number, pageParam, signal),
    initialPageParam: 1,
    getNextPageParam: nextPage,
  });
}

export interface Taking {
  step: Step;
  values: Values;
  /** The ticket as whoever takes the step has seen it. */
  seen: TicketDetail;
}

function send({ step, values, seen }: Taking): Promise<TicketDetail> {
  if (step === "correct_facts") return deskApi.correctFacts(seen.number, correction(values, seen));
  // the table of fields is checked against the bodies' types, each value by the server
  const body = stepBody(step, values, seen.version) as unknown as StepBody<FormStep>;
  return deskApi.takeStep(seen.number, step, body);
}

const isConflict = (error: unknown) => error instanceof ApiError && error.code === "conflict";

/** What the house merely noted meanwhile, such as a notice that was sent, costs nobody their step. */
async function take(taking: Taking): Promise<TicketDetail> {
  try {
    return await send(taking);
  } catch (error) {
    if (!isConflict(error)) throw error;
    const now = await deskApi.ticket(taking.seen.number);
    if (now.version === taking.seen.version || matters(taking.seen, now)) throw error;
    return send({ ...taking, seen: now });
  }
}

/** Takes a step; the ticket and all that hangs on it is fetched anew, also when it was refused. */
export function useTakeStep(number: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: take,
    onSuccess: (ticket) => client.setQueryData(ticketKey(number), ticket),
    onSettled: () => client.invalidateQueries({ queryKey: ticketKey(number) }),
  });
}
