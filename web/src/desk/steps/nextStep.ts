/** Which of the open steps leads on, and where the others are offered. Pure. */
import type { Step, StepOffer, TicketStage } from "../../api/types";
import { STEPS } from "../ticket/stageSteps";

const LEADS_ON: Readonly<Partial<Record<TicketStage, readonly Step[]>>> = {
  recorded: ["judge"],
  reopened: ["judge"],
  judged: ["set_responsibility", "propose", "reject"],
  responsibility_set: ["investigate"],
  investigated: ["propose", "reject"],
  solution_proposed: ["approve", "notify_customer"],
  customer_notified: ["settle"],
  settled: ["improve", "record_callback"],
  improved: ["verify_improvement", "record_callback"],
};
const OF_THE_WORKFLOW: readonly Step[] = [
  "judge",
  "reject",
  "set_responsibility",
  "investigate",
  "propose",
  "approve",
  "decline",
  "notify_customer",
  "settle",
  "record_callback",
  "improve",
  "verify_improvement",
];
const AT_HAND: readonly Step[] = ["contact", "await_customer", "customer_answered", "assign"];
/** Another step has to come before. */
const BLOCKING = ["sufficient_grounds", "insufficient_grounds", "approval", "emergency_closed"];

const LEADS_TO: Readonly<Partial<Record<Step, TicketStage>>> = {
  judge: "judged",
  set_responsibility: "responsibility_set",
  investigate: "investigated",
  propose: "solution_proposed",
  notify_customer: "customer_notified",
  improve: "improved",
};

/** Whether the step was taken already, so that taking it means doing it over. */
export function isAgain(step: Step, stage: TicketStage): boolean {
  const stages: readonly TicketStage[] = STEPS;
  const to = LEADS_TO[step];
  const reached = stages.indexOf(stage);
  const target = to === undefined ? -1 : stages.indexOf(to);
  return target >= 0 && reached >= target;
}

export interface Offered {
  next: StepOffer | null;
  /** Other steps of the workflow, and what is needed often. */
  beside: StepOffer[];
  more: StepOffer[];
}

function leadsOn(offer: StepOffer): boolean {
  const blocked = offer.lacks.some((fact) => BLOCKING.includes(fact));
  return !blocked && offer.needs_level === null && !offer.own_proposal;
}

export function arranged(stage: TicketStage, offers: readonly StepOffer[]): Offered {
  const wanted = LEADS_ON[stage] ?? [];
  const candidates = wanted.flatMap((step) => offers.filter((offer) => offer.step === step));
  const next = candidates.find(leadsOn) ?? null;
  const rest = offers.filter((offer) => offer !== next);
  const isBeside = ({ step }: StepOffer) =>
    OF_THE_WORKFLOW.includes(step) || AT_HAND.includes(step);
  return {
    next,
    beside: rest.filter(isBeside),
    more: rest.filter((offer) => !isBeside(offer)),
  };
}
