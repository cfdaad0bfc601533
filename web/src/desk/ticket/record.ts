/** The case's record in words, in the order of the steps. Pure. */
import type { TicketDetail } from "../../api/types";
import { caseWords } from "../../messages/case.zh-CN";
import { valueText } from "./changes";

type Case = TicketDetail["case"];

/** Told elsewhere on the page. */
const APART: readonly (keyof Case)[] = [
  "reply_required",
  "emergency_open",
  "repeats",
  "urged",
  "reopened",
  "awaiting_customer_since",
];
/** A no is an answer here, and no flag that was never set. */
const ANSWERS: readonly (keyof Case)[] = ["demand_reasonable", "customer_accepted"];
const AMOUNTS: readonly string[] = ["claim_amount", "solution_amount", "concession"];
const ONE_LINE = 18;

export interface RecordLine {
  name: string;
  words: string;
  /** Wants a line of its own. */
  long: boolean;
}

function worded(name: string, value: unknown): string {
  const words = valueText(name, value);
  return AMOUNTS.includes(name) ? caseWords.yuan(words) : words;
}

function isTold(record: Case, name: keyof Case): boolean {
  const value = record[name];
  if (APART.includes(name) || value === null || value === 0) return false;
  return value !== false || ANSWERS.includes(name);
}

/** What is known; of flags only those that are set. */
export function recordLines(record: Case): RecordLine[] {
  const names = Object.keys(record) as (keyof Case)[];
  return names
    .filter((name) => isTold(record, name))
    .map((name) => {
      const words = worded(name, record[name]);
      return { name, words, long: words.length > ONE_LINE };
    });
}
