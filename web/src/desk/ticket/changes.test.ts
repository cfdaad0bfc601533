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

it("has nothing to say about nothing", () => {
  expect(changesOf({ before: null, after: null })).toEqual([]);
});
