import { describe, expect, it } from "vitest";
import { actionWords, isWaiting, reaches } from "./levels";

it.each([
  ["supervisor", "supervisor", true],
  ["gm", "manager", true],
  ["agent", "supervisor", false],
  ["admin", "agent", false],
] as const)("%s answers for %s: %s", (role, level, answer) => {
  expect(reaches(role, level)).toBe(answer);
});

describe("isWaiting", () => {
  const called = { ack_due_at: "t", acknowledged_at: null, passed_on_at: null };
  it("waits until somebody took it up or it went higher", () => {
    expect(isWaiting(called)).toBe(true);
    expect(isWaiting({ ...called, acknowledged_at: "t" })).toBe(false);
    expect(isWaiting({ ...called, passed_on_at: "t" })).toBe(false);
    expect(isWaiting({ ...called, ack_due_at: null })).toBe(false);
  });
});

it("says what a rule did, also what it does not know", () => {
  const actions = { level: "manager", notify: ["gm", "all_hands"], handover: true, colour: "red" };
  expect(actionWords(actions)).toEqual([
    "升至经理",
    "通知总经理、全体应急人员",
    "转人工",
    "colour red",
  ]);
});
