import { expect, it } from "vitest";
import { spoken, stillTyping, typingChanged } from "./typing";

const customer = { who: "customer", name: null } as const;

it("begins, goes on and ends", () => {
  let log = typingChanged([], { ...customer, active: true }, 0);
  log = typingChanged(log, { ...customer, active: true }, 5_000);
  expect(log).toHaveLength(1);
  expect(typingChanged(log, { ...customer, active: false }, 6_000)).toEqual([]);
});

it("ends by itself when its end gets lost, and when the words arrive", () => {
  const log = typingChanged([], { ...customer, active: true }, 0);
  expect(stillTyping(log, 11_000)).toBe(log);
  expect(stillTyping(log, 13_000)).toEqual([]);
  expect(spoken(log, "bot")).toBe(log);
  expect(spoken(log, "customer")).toEqual([]);
});
