import { expect, it } from "vitest";
import { newId } from "./ids";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

it("makes version 4 UUIDs with whatever the browser offers", () => {
  expect(newId()).toMatch(UUID);
  expect(newId({ getRandomValues: crypto.getRandomValues.bind(crypto) })).toMatch(UUID);
  expect(newId({})).toMatch(UUID);
});

it("does not repeat", () => {
  expect(new Set(Array.from({ length: 500 }, () => newId({}))).size).toBe(500);
});
