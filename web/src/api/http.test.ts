import { expect, it } from "vitest";
import { toQuery } from "./http";

it("leaves out what is empty, and names a list several times", () => {
  expect(toQuery({ a: 1, b: "", c: null, d: undefined, e: false })).toBe("?a=1&e=false");
  expect(toQuery({ clock: ["callback", "plan"], limit: 5 })).toBe(
    "?clock=callback&clock=plan&limit=5",
  );
  expect(toQuery({ clock: [] })).toBe("");
});
