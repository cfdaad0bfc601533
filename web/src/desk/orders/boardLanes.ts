/** Which lane of the board an order stands in, by what it is grouped. Pure. */
import type { DispatchMap, OrderCard, OrderStage } from "../../api/orders";
import { boardWords } from "../../messages/orders.zh-CN";

export type Grouping = "stage" | "technician" | "region" | "due";
export const GROUPINGS: readonly Grouping[] = ["stage", "technician", "region", "due"];

export interface Lane {
  key: string;
  title: string;
  cards: OrderCard[];
}

const words = boardWords.lanes;
const STAGES = {
  waiting: ["opened", "planned", "confirmed", "declined"],
  quoted: ["quoted"],
  out: ["dispatched", "departed", "arrived", "fixed"],
  workshop: ["taken_in", "returned"],
  paper: ["signed", "reported"],
  closed: ["audited", "cancelled", "guided_by_phone"],
} as const satisfies Record<string, readonly OrderStage[]>;
const STAGE_LANES = Object.keys(STAGES) as (keyof typeof STAGES)[];
const DUE_LANES = ["late", "today", "tomorrow", "later", "undated"] as const;
type DueLane = (typeof DUE_LANES)[number];
const DAY_MS = 86_400_000;
const ZONE_MS = 8 * 3_600_000;

const isClosed = (card: OrderCard) => (STAGES.closed as readonly string[]).includes(card.stage);

/** When something has to happen: the agreed visit, or what the ticket's next clock says. */
export function dueOf(card: OrderCard): string | null {
  const waits = (STAGES.waiting as readonly string[]).includes(card.stage);
  const out = card.stage === "dispatched" || card.stage === "departed";
  return (out ? card.visit_at : null) ?? (waits || out ? (card.next_due?.due_at ?? null) : null);
}

export function isLate(card: OrderCard, now: number): boolean {
  const due = dueOf(card);
  return card.overdue || (!isClosed(card) && due !== null && Date.parse(due) < now);
}

const dayOf = (at: number) => Math.floor((at + ZONE_MS) / DAY_MS);

function dueLane(card: OrderCard, now: number): DueLane {
  if (isLate(card, now)) return "late";
  const due = dueOf(card) ?? card.promised_on;
  if (due === null) return "undated";
  const days = dayOf(Date.parse(due)) - dayOf(now);
  if (days <= 0) return "today";
  return days === 1 ? "tomorrow" : "later";
}

function gathered(cards: readonly OrderCard[], keyOf: (card: OrderCard) => string) {
  const found = new Map<string, OrderCard[]>();
  for (const card of cards) {
    const key = keyOf(card);
    found.set(key, [...(found.get(key) ?? []), card]);
  }
  return found;
}

/** The lanes with their cards, which keep the server's order of work. */
export function lanesOf(
  cards: readonly OrderCard[],
  grouping: Grouping,
  map: DispatchMap | undefined,
  now: number,
): Lane[] {
  if (grouping === "due") {
    const found = gathered(cards, (card) => dueLane(card, now));
    return DUE_LANES.map((key) => ({ key, title: words[key], cards: found.get(key) ?? [] }));
  }
  if (grouping === "stage") {
    const laneOf = (card: OrderCard) =>
      STAGE_LANES.find((lane) => (STAGES[lane] as readonly string[]).includes(card.stage)) ??
      "closed";
    const found = gathered(cards, laneOf);
    const shown = STAGE_LANES.filter((lane) => lane !== "closed" || found.has("closed"));
    return shown.map((key) => ({ key, title: words[key], cards: found.get(key) ?? [] }));
  }
  const byTechnician = grouping === "technician";
  const found = gathered(cards, (card) => (byTechnician ? card.technician_id : card.region) ?? "");
  const regionName = (id: string) => map?.regions.find((region) => region.id === id)?.name ?? id;
  const title = (key: string, first: OrderCard | undefined) => {
    if (key === "") return byTechnician ? words.nobody : words.noRegion;
    return byTechnician ? (first?.technician ?? key) : regionName(key);
  };
  return [...found]
    .map(([key, mine]) => ({ key, title: title(key, mine[0]), cards: mine }))
    .sort((one, other) =>
      one.key === "" ? -1 : other.key === "" ? 1 : one.title.localeCompare(other.title, "zh"),
    );
}

/** Whether what was typed is in the card's numbers, names or title. */
export function matchesText(card: OrderCard, text: string): boolean {
  const typed = text.trim().toLowerCase();
  const { number, title, customer_name, technician } = card;
  return [number, title, customer_name, technician].some((each) =>
    each?.toLowerCase().includes(typed),
  );
}
