import { expect, it } from "vitest";
import { changesOf } from "./changes";

it("says what was and what is, in Chinese", () => {
  const entry = { before: { stage: "recorded" }, after: { stage: "judged" } };
  expect(changesOf(entry)).toEqual(["阶段：已记录 → 已判定"]);
});

it("says only what is where nothing was before", () => {
  expect(changesOf({ before: null, after: { hazard: true, department: "质量部" } })).toEqual([
    "安全隐患：是",
    "部门：质量部",
  ]);
});

it("leaves out what stayed", () => {
  const same = { tags: [1, 2] };
  expect(changesOf({ before: same, after: { ...same } })).toEqual([]);
});

it("shows what it does not know as it came", () => {
  const entry = {
    before: { weight: 1, stage: "limbo" },
    after: { weight: { kg: 2 }, stage: null },
  };
  expect(changesOf(entry)).toEqual(['weight：1 → {"kg":2}', "阶段：limbo → 空"]);
});

it("names each of the details that changed", () => {
  const entry = {
    before: { details: { staff: "小李" } },
    after: { details: { order_number: "A9" } },
  };
  expect(changesOf(entry)).toEqual(["涉及人员：小李 → 空", "订单号：A9"]);
});

it("has nothing to say about nothing", () => {
  expect(changesOf({ before: null, after: null })).toEqual([]);
});

it("shows times by the clock of Shanghai", () => {
  expect(changesOf({ before: null, after: { notified_at: "2026-11-22T16:00:00Z" } })).toEqual([
    "通知时间：2026-11-23 00:00:00",
  ]);
});
