/** The list's filters as they stand in the address. Pure. */
import type { TicketQuery } from "../../api/desk";
import type { TicketKind, TicketStage, TicketSummary } from "../../api/types";
import { kindLabels, stageLabels } from "../../messages/labels.zh-CN";

export const PAGE_SIZES = [20, 50, 100] as const;

export interface TicketFilters {
  kind: TicketKind | null;
  stage: TicketStage | null;
  text: string;
  page: number;
  pageSize: number;
}

export const noFilters: TicketFilters = {
  kind: null,
  stage: null,
  text: "",
  page: 1,
  pageSize: PAGE_SIZES[0],
};

function oneOf<Word extends string>(labels: Record<Word, string>, word: string | null) {
  return word !== null && Object.keys(labels).includes(word) ? (word as Word) : null;
}

/** What the address says; what makes no sense there is as if it were absent. */
export function readFilters(query: URLSearchParams): TicketFilters {
  const page = Number(query.get("page"));
  const pageSize = Number(query.get("size"));
  return {
    kind: oneOf(kindLabels, query.get("kind")),
    stage: oneOf(stageLabels, query.get("stage")),
    text: (query.get("text") ?? "").slice(0, 200),
    page: Number.isInteger(page) && page >= 1 && page <= 100_000 ? page : 1,
    pageSize: PAGE_SIZES.find((size) => size === pageSize) ?? PAGE_SIZES[0],
  };
}

/** The shortest address that says the same. */
export function writeFilters(filters: TicketFilters): URLSearchParams {
  const query = new URLSearchParams();
  if (filters.kind) query.set("kind", filters.kind);
  if (filters.stage) query.set("stage", filters.stage);
  if (filters.text.trim() !== "") query.set("text", filters.text.trim());
  if (filters.pageSize !== PAGE_SIZES[0]) query.set("size", String(filters.pageSize));
  if (filters.page > 1) query.set("page", String(filters.page));
  return query;
}

export function toTicketQuery(filters: TicketFilters): TicketQuery {
  return {
    kind: filters.kind ?? undefined,
    stage: filters.stage ?? undefined,
    text: filters.text.trim() || undefined,
    page: filters.page,
    page_size: filters.pageSize,
  };
}

export function isFiltered(filters: TicketFilters): boolean {
  return filters.kind !== null || filters.stage !== null || filters.text.trim() !== "";
}

/** Only the server can search texts: with a search word the answer may be "maybe". */
export function matches(filters: TicketFilters, ticket: TicketSummary): "yes" | "no" | "maybe" {
  if (filters.kind !== null && ticket.kind !== filters.kind) return "no";
  if (filters.stage !== null && ticket.stage !== filters.stage) return "no";
  return filters.text.trim() === "" ? "yes" : "maybe";
}
