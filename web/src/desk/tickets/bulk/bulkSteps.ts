/** What is done to many tickets at once, as the steps that the server knows. Pure. */
import type { BulkItem, BulkResult, TicketSummary } from "../../../api/types";
import type { bulkWords } from "../../../messages/lists.zh-CN";

export type BulkAction = keyof typeof bulkWords.actions;
export type BulkValues = Record<string, unknown>;
type Chosen = Pick<TicketSummary, "number" | "version">;

/** What the server takes in one request; more are sent one after the other, to show how far it is. */
export const AT_ONCE = 10;

const STEPS: Readonly<Record<BulkAction, BulkItem["step"]>> = {
  assign: "assign",
  set_responsibility: "set_responsibility",
  severity: "correct_facts",
  kind: "correct_facts",
  hazard: "correct_facts",
  await_customer: "await_customer",
  withdraw: "withdraw",
};

/** The same step for each of the tickets, as each was seen. */
export function bulkItems(
  action: BulkAction,
  values: BulkValues,
  tickets: readonly Chosen[],
): BulkItem[] {
  const filled = Object.entries(values).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  );
  return tickets.map(({ number, version }) => ({
    number,
    step: STEPS[action],
    command: { ...Object.fromEntries(filled), version },
  }));
}

export function inParts<Item>(items: readonly Item[], size: number): Item[][] {
  const parts: Item[][] = [];
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size));
  return parts;
}

export interface Tally {
  done: number;
  refused: BulkResult[];
  undo: BulkItem[];
}

/** How it ended; what leads back is in the opposite order, so that the last comes back first. */
export function tally(results: readonly BulkResult[]): Tally {
  return {
    done: results.filter((each) => !each.error).length,
    refused: results.filter((each) => each.error),
    undo: results.flatMap((each) => (each.undo ? [each.undo] : [])).reverse(),
  };
}
