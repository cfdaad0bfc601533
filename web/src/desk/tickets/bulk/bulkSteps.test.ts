import { expect, it } from "vitest";
import type { BulkResult } from "../../../api/types";
import { bulkItems, inParts, tally } from "./bulkSteps";

const tickets = [
  { number: "1", version: 3 },
  { number: "2", version: 7 },
];

it("asks for each ticket as it was seen, and leaves empty fields out", () => {
  expect(bulkItems("severity", { severity: "grave", note: "" }, tickets)).toEqual([
    { number: "1", step: "correct_facts", command: { severity: "grave", version: 3 } },
    { number: "2", step: "correct_facts", command: { severity: "grave", version: 7 } },
  ]);
});

it("keeps a no that was chosen", () => {
  const [item] = bulkItems("hazard", { hazard: false }, tickets);
  expect(item?.command).toEqual({ hazard: false, version: 3 });
});

it("is sent in parts, in order, without losing any", () => {
  expect(inParts([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(inParts([], 2)).toEqual([]);
});

it("tells what was done and what leads back, the last first", () => {
  const undo = (number: string) => ({ number, step: "assign", command: {} }) as const;
  const results = [
    { number: "1", error: null, ticket: null, undo: undo("1") },
    { number: "2", error: { code: "conflict", message: "x" }, ticket: null, undo: null },
    { number: "3", error: null, ticket: null, undo: undo("3") },
  ] as unknown as BulkResult[];
  const { done, refused, undo: back } = tally(results);
  expect(done).toBe(2);
  expect(refused.map((each) => each.number)).toEqual(["2"]);
  expect(back.map((each) => each.number)).toEqual(["3", "1"]);
});
