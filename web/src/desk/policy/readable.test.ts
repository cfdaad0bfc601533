import { describe, expect, it } from "vitest";
import type { Policy } from "../../api/types";
import { factNames, readableCondition, readableValue } from "./readable";

const facts = { "ticket.hazard": "有安全隐患", "ticket.severity": "严重程度" };

describe("readableCondition", () => {
  it.each([
    ["ticket.hazard", "有安全隐患"],
    ['ticket.severity == "grave" || ticket.hazard', "严重程度 ＝ 重大 或 有安全隐患"],
    ["!ticket.hazard && signals.anger >= 2", "不是 有安全隐患 且 signals.anger ≥ 2"],
    ['ticket.severity in ["grave", "serious"]', "严重程度 属于 [重大、 严重]"],
    ["true", "总是"],
  ])("%s", (condition, words) => {
    expect(readableCondition(condition, facts)).toBe(words);
  });

  it("leaves alone what it does not know", () => {
    expect(readableCondition('has(x.y) ? "limbo" : 3', {})).toBe("has (x.y) ? limbo : 3");
  });
});

it("puts the words of fields in Chinese and keeps the rest", () => {
  expect(readableValue("{level: manager, notify: [gm], ack: 0.5}")).toBe(
    "层级: 经理, 通知: [总经理], ack: 0.5",
  );
  expect(readableValue("已告知客户断电")).toBe("已告知客户断电");
});

it("finds the names of the facts wherever they are listed", () => {
  const entry = { id: "ticket.hazard", name: "有安全隐患" };
  const policy = { files: [{ sections: [{ name: "facts", entries: [entry] }] }] };
  expect(factNames(policy as unknown as Policy)).toEqual({ "ticket.hazard": "有安全隐患" });
});
