import { expect, it } from "vitest";
import { loginPath, returnPath } from "./returnPath";

it("brings the reader back with query and all", () => {
  const from = "/tickets?kind=suggestion&page=2";
  const next = new URLSearchParams(loginPath(from).split("?")[1]).get("next");
  expect(returnPath(next)).toBe(from);
});

it("does not mention the start page, where one goes anyway", () => {
  expect(loginPath("/")).toBe("/login");
});

it.each([null, "", "https://evil.example", "//evil.example", "/\\evil.example", "/login?next=/x"])(
  "goes to the start page instead of %s",
  (next) => {
    expect(returnPath(next)).toBe("/");
  },
);
