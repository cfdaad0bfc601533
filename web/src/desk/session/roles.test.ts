import { expect, it } from "vitest";
import { homeOf } from "./roles";

it.each([
  ["agent", "/live"],
  ["supervisor", "/live"],
  ["manager", "/tickets"],
  ["admin", "/tickets"],
] as const)("%s begins at %s", (role, home) => {
  expect(homeOf(role)).toBe(home);
});
