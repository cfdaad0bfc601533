/** What a technician has done and the server may not know yet: kept in order, sent in order. Pure. */
import type { Order, OrderStage, OrderStep, PictureKind } from "../api/orders";

export interface Action {
  readonly id: string;
  readonly username: string;
  readonly order: string;
  readonly step: OrderStep | null;
  readonly body: Readonly<Record<string, unknown>>;
  readonly picture: { kind: PictureKind; file: Blob } | null;
  /** When it was done, in milliseconds by the phone's clock. */
  readonly at: number;
  /** Why the server will not take it, in its words; nothing while it is to be sent. */
  readonly refused: string | null;
}

/** Longer than a request takes: then the time of the deed is told beside it. */
const LATE_MS = 60_000;
const TIMED: Readonly<Partial<Record<OrderStep, string>>> = {
  depart: "departed_at",
  arrive: "arrived_at",
};

const LEADS_TO: Readonly<Partial<Record<OrderStep, OrderStage>>> = {
  depart: "departed",
  arrive: "arrived",
  fix: "fixed",
  take_in: "taken_in",
  return: "returned",
  sign: "signed",
  report: "reported",
};

/** What a technician does on the way, by where the order stands. */
const ON_THE_WAY: Readonly<Partial<Record<OrderStage, readonly OrderStep[]>>> = {
  dispatched: ["depart"],
  departed: ["arrive"],
  arrived: ["diagnose", "quote", "fix", "take_in"],
  taken_in: ["quote", "return"],
  fixed: ["sign"],
  returned: ["sign"],
  signed: ["report", "file_record"],
  reported: ["file_record"],
  audited: ["file_record"],
};

export function actionsOf(actions: readonly Action[], order: string): Action[] {
  return actions.filter((action) => action.order === order);
}

/** Where the order will stand once all that was done is known. */
export function expectedStage(order: Order, actions: readonly Action[]): OrderStage {
  return actionsOf(actions, order.number).reduce<OrderStage>(
    (stage, { step, refused }) => (step && refused === null && LEADS_TO[step]) || stage,
    order.stage,
  );
}

/** The steps that come next; while something is on its way, by what it will lead to. */
export function nextSteps(order: Order, actions: readonly Action[]): OrderStep[] {
  const mine = actionsOf(actions, order.number);
  const stage = expectedStage(order, actions);
  const usual = ON_THE_WAY[stage] ?? [];
  const steps = mine.filter((action) => action.step !== null).map((action) => action.step);
  if (steps.length > 0) return usual.filter((step) => !steps.includes(step));
  const paid = order.service_class === "charged" || order.parts_charged;
  return usual.filter((step) => order.steps.includes(step) && (step !== "quote" || paid));
}

/** The first that can go out: nothing overtakes what was refused of the same order. */
export function nextToSend(actions: readonly Action[]): Action | undefined {
  const stuck = new Set<string>();
  for (const action of actions) {
    if (action.refused !== null) stuck.add(action.order);
    else if (!stuck.has(action.order)) return action;
  }
  return undefined;
}

/** The request of an action: what comes late says when it was done. */
export function bodyOf(action: Action, version: number, now: number): Record<string, unknown> {
  const timed = action.step ? TIMED[action.step] : undefined;
  const late = timed !== undefined && now - action.at > LATE_MS;
  const when = late ? { [timed]: new Date(action.at).toISOString() } : {};
  return { ...action.body, ...when, version, action_id: action.id };
}
