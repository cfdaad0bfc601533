/** Where a ticket stands among the eight steps of R1-1.3. Pure. */
import type { TicketStage, TimelineEntry } from "../../api/types";

export const STEPS = [
  "recorded",
  "judged",
  "responsibility_set",
  "investigated",
  "solution_proposed",
  "customer_notified",
  "settled",
  "improved",
] as const satisfies readonly TicketStage[];

const CLOSED: readonly TicketStage[] = ["settled", "improved", "rejected", "cancelled"];

/** Nothing more is owed to the customer. */
export function isClosed(stage: TicketStage): boolean {
  return CLOSED.includes(stage);
}

export type OffPath = "rejected" | "cancelled" | "reopened";

export interface StageStep {
  stage: (typeof STEPS)[number];
  status: "finish" | "wait" | "error";
  /** When and by whom, the last time. */
  at: string | null;
  actor: string | null;
}

export interface StageSteps {
  steps: StageStep[];
  /** Index of the last step that holds. */
  current: number;
  /** The ticket has left the path, or must walk it again. */
  offPath: OffPath | null;
}

const NAMES: readonly string[] = STEPS;

type Entry = Pick<TimelineEntry, "at" | "actor_name" | "after">;

function stageOf(entry: Entry): string | null {
  const stage = entry.after?.stage;
  return typeof stage === "string" ? stage : null;
}

/** The last step that the ticket reached before it left the path; reopening starts over. */
function lastReached(timeline: readonly Entry[]): number {
  let reached = 0;
  for (const entry of timeline) {
    const stage = stageOf(entry);
    const index = NAMES.indexOf(stage ?? "");
    if (index >= 0) reached = index;
    if (stage === "reopened") reached = 0;
  }
  return reached;
}

export function stageSteps(stage: TicketStage, timeline: readonly Entry[]): StageSteps {
  const onPath = NAMES.indexOf(stage);
  const offPath = onPath < 0 ? (stage as OffPath) : null;
  const current = onPath >= 0 ? onPath : offPath === "reopened" ? 0 : lastReached(timeline);
  const ended = offPath === "rejected" || offPath === "cancelled";
  const steps = STEPS.map((step, index): StageStep => {
    const entry =
      index <= current ? [...timeline].reverse().find((each) => stageOf(each) === step) : undefined;
    const reached = ended && index === current ? "error" : "finish";
    return {
      stage: step,
      status: index <= current ? reached : "wait",
      at: entry?.at ?? null,
      actor: entry?.actor_name ?? null,
    };
  });
  return { steps, current, offPath };
}
