import { expect, it } from "vitest";
import { isFor } from "./noticeTargets";

it.each([
  ["manager", "manager", true],
  ["manager", "agent", false],
  ["all_hands", "agent", true],
  ["front_desk", "agent", true],
  ["front_desk", "gm", false],
  ["department", "gm", false],
  ["person:li", "agent", true],
  ["person:wang", "agent", false],
] as const)("a notice to %s is shown to %s: %s", (target, role, shown) => {
  expect(isFor(target, { role, username: "li" })).toBe(shown);
});
