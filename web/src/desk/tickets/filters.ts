/** The list's filters as they stand in the address. Pure. */
import type { TicketQuery } from "../../api/desk";
import type { TicketKind, TicketStage, TicketSummary } from "../../api/types";
import {
  kindLabels,
  levelLabels,
  priorityLabels,
  severityLabels,
  stageLabels,
} from "../../messages/labels.zh-CN";
import { listWords } from "../../messages/lists.zh-CN";

export const PAGE_SIZES = [20, 50, 100] as const;
export const NOBODY = "-";

type Word<Labels> = Extract<keyof Labels, string>;
export type Due = Word<typeof listWords.dues>;

/** What is chosen, without where in the list one is. */
export interface Chosen {
  kind: TicketKind | null;
  stage: TicketStage | null;
  severity: Word<typeof severityLabels> | null;
  priority: Word<typeof priorityLabels> | null;
  level: Word<typeof levelLabels> | null;
  department: string | null;
  /** A user name; `NOBODY` for tickets that nobody sees to. */
  assignee: string | null;
  channel: string | null;
  hazard: boolean;
  openOnly: boolean;
  due: Due | null;
  /** Days such as 2026-11-23, both included. */
  from: string | null;
  to: string | null;
  text: string;
  byDue: boolean;
}

export interface TicketFilters extends Chosen {
  page: number;
  pageSize: number;
}

export const noChoice: Chosen = {
  kind: null,
  stage: null,
  severity: null,
  priority: null,
  level: null,
  department: null,
  assignee: null,
  channel: null,
  hazard: false,
  openOnly: false,
  due: null,
  from: null,
  to: null,
  text: "",
  byDue: false,
};

export const noFilters: TicketFilters = { ...noChoice, page: 1, pageSize: PAGE_SIZES[0] };

const LONGEST = 100;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function oneOf<Known extends string>(labels: Record<Known, string>, word: string | null) {
  return word !== null && Object.keys(labels).includes(word) ? (word as Known) : null;
}

const line = (word: string | null) =>
  word === null || word === "" ? null : word.slice(0, LONGEST);

function day(word: string | null): string | null {
  if (word === null || !DAY.test(word)) return null;
  const at = new Date(`${word}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== word ? null : word;
}

/** What the address says; what makes no sense there is as if it were absent. */
export function readFilters(query: URLSearchParams): TicketFilters {
  const page = Number(query.get("page"));
  const pageSize = Number(query.get("size"));
  return {
    kind: oneOf(kindLabels, query.get("kind")),
    stage: oneOf(stageLabels, query.get("stage")),
    severity: oneOf(severityLabels, query.get("severity")),
    priority: oneOf(priorityLabels, query.get("priority")),
    level: oneOf(levelLabels, query.get("level")),
    department: line(query.get("department")),
    assignee: line(query.get("assignee")),
    channel: line(query.get("channel")),
    hazard: query.get("hazard") === "1",
    openOnly: query.get("open") === "1",
    due: oneOf(listWords.dues, query.get("due")),
    from: day(query.get("from")),
    to: day(query.get("to")),
    text: (query.get("text") ?? "").slice(0, 200),
    byDue: query.get("sort") === "due",
    page: Number.isInteger(page) && page >= 1 && page <= 100_000 ? page : 1,
    pageSize: PAGE_SIZES.find((size) => size === pageSize) ?? PAGE_SIZES[0],
  };
}

/** The shortest address that says the same. */
export function writeFilters(filters: TicketFilters): URLSearchParams {
  const query = new URLSearchParams();
  const { kind, stage, severity, priority, level, department, assignee, channel, due } = filters;
  const { from, to, hazard, openOnly, byDue, pageSize, page } = filters;
  const words = { kind, stage, severity, priority, level, department, assignee, channel, due };
  for (const [name, word] of Object.entries({ ...words, from, to })) {
    if (word) query.set(name, word);
  }
  if (hazard) query.set("hazard", "1");
  if (openOnly) query.set("open", "1");
  if (filters.text.trim() !== "") query.set("text", filters.text.trim());
  if (byDue) query.set("sort", "due");
  if (pageSize !== PAGE_SIZES[0]) query.set("size", String(pageSize));
  if (page > 1) query.set("page", String(page));
  return query;
}

/** The filters as the API knows them; what is not set is left out. */
export function toApiFilters(chosen: Chosen): Omit<TicketQuery, "page" | "page_size"> {
  const nobody = chosen.assignee === NOBODY;
  return {
    kind: chosen.kind ?? undefined,
    stage: chosen.stage ?? undefined,
    severity: chosen.severity ?? undefined,
    priority: chosen.priority ?? undefined,
    level: chosen.level ?? undefined,
    department: chosen.department ?? undefined,
    assignee: nobody ? undefined : (chosen.assignee ?? undefined),
    unassigned: nobody || undefined,
    channel: chosen.channel ?? undefined,
    hazard: chosen.hazard || undefined,
    open_only: chosen.openOnly || undefined,
    due: chosen.due ?? undefined,
    created_from: chosen.from ?? undefined,
    created_to: chosen.to ?? undefined,
    text: chosen.text.trim() || undefined,
    sort: chosen.byDue ? "due" : undefined,
  };
}

/** The same the other way round, for a view that was saved. */
export function fromApiFilters(saved: ReturnType<typeof toApiFilters>): Chosen {
  return {
    ...noChoice,
    kind: oneOf(kindLabels, saved.kind ?? null),
    stage: oneOf(stageLabels, saved.stage ?? null),
    severity: oneOf(severityLabels, saved.severity ?? null),
    priority: oneOf(priorityLabels, saved.priority ?? null),
    level: oneOf(levelLabels, saved.level ?? null),
    department: saved.department ?? null,
    assignee: saved.unassigned ? NOBODY : (saved.assignee ?? null),
    channel: saved.channel ?? null,
    hazard: saved.hazard === true,
    openOnly: saved.open_only === true,
    due: oneOf(listWords.dues, saved.due ?? null),
    from: saved.created_from ?? null,
    to: saved.created_to ?? null,
    text: saved.text ?? "",
    byDue: saved.sort === "due",
  };
}

export function toTicketQuery(filters: TicketFilters): TicketQuery {
  return { ...toApiFilters(filters), page: filters.page, page_size: filters.pageSize };
}

export function sameChoice(one: Chosen, other: Chosen): boolean {
  const plain = (chosen: Chosen) =>
    writeFilters({ ...noFilters, ...chosen, page: 1, pageSize: PAGE_SIZES[0] }).toString();
  return plain(one) === plain(other);
}

/** Whether anything is left out of the list; the order alone leaves nothing out. */
export function isFiltered(filters: Chosen): boolean {
  return !sameChoice({ ...filters, byDue: false }, noChoice);
}

const CLOSED = new Set(["settled", "improved", "rejected", "cancelled"]);

/** Only the server searches texts, clocks and days: with these the answer may be "maybe". */
export function matches(filters: Chosen, ticket: TicketSummary): "yes" | "no" | "maybe" {
  const wanted = [
    [filters.kind, ticket.kind],
    [filters.stage, ticket.stage],
    [filters.severity, ticket.severity],
    [filters.priority, ticket.priority],
    [filters.level, ticket.level],
    [filters.department, ticket.department],
    [filters.assignee, ticket.assignee ?? NOBODY],
    [filters.channel, ticket.channel],
    [filters.hazard || null, ticket.hazard],
  ] as const;
  if (wanted.some(([asked, is]) => asked !== null && asked !== is)) return "no";
  if (filters.openOnly && CLOSED.has(ticket.stage)) return "no";
  const unsure = [filters.due, filters.from, filters.to, filters.text.trim() || null];
  return filters.byDue || unsure.some((each) => each !== null) ? "maybe" : "yes";
}

/** Whether a ticket that changed may have come into the list. */
export function mayCome(filters: Chosen): boolean {
  return isFiltered(filters) || filters.byDue;
}
