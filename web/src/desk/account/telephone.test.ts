import { expect, it } from "vitest";
import { given } from "./telephone";

it("takes an empty field for no number", () => {
  expect(given({ phone: "  ", rung_on: "browser" })).toEqual({ phone: null, rung_on: "browser" });
  expect(given({ phone: null, rung_on: "browser" }).phone).toBeNull();
});

it("leaves it to the server to read a number", () => {
  expect(given({ phone: " 139 0011 2266 ", rung_on: "phone" })).toEqual({
    phone: "139 0011 2266",
    rung_on: "phone",
  });
});
