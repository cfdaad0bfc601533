import { expect, it } from "vitest";
import type { Order } from "../api/orders";
import { type Action, bodyOf, expectedStage, nextSteps, nextToSend } from "./actions";

const AT = Date.parse("2026-11-23T02:00:00Z");
const order = {
  number: "1-1",
  stage: "dispatched",
  steps: ["dispatch", "depart", "cancel"],
  service_class: "free",
  parts_charged: false,
} as unknown as Order;
const action = (step: Action["step"], more: Partial<Action> = {}): Action => ({
  id: `id-${step}`,
  username: "li",
  order: "1-1",
  step,
  body: {},
  picture: null,
  at: AT,
  refused: null,
  ...more,
});

it("offers a technician only what is done on the way, and what the server allows", () => {
  expect(nextSteps(order, [])).toEqual(["depart"]);
  expect(nextSteps({ ...order, steps: ["cancel"] }, [])).toEqual([]);
});

it("goes on without the server by what was done already", () => {
  const done = [action("depart"), action("arrive")];
  expect(expectedStage(order, done)).toBe("arrived");
  expect(nextSteps(order, done)).toContain("fix");
});

it("does not count on what was refused", () => {
  const done = [action("depart", { refused: "缺" })];
  expect(expectedStage(order, done)).toBe("dispatched");
});

it("does not offer a quote where nobody pays", () => {
  const there = { ...order, stage: "arrived", steps: ["quote", "fix"] } as unknown as Order;
  expect(nextSteps(there, [])).toEqual(["fix"]);
  expect(nextSteps({ ...there, service_class: "charged" }, [])).toEqual(["quote", "fix"]);
});

it("sends in order, and nothing past a refused action of the same order", () => {
  const refused = action("depart", { refused: "缺" });
  const behind = action("arrive");
  const other = action("depart", { id: "other", order: "2-1" });
  expect(nextToSend([refused, behind, other])?.id).toBe("other");
  expect(nextToSend([refused, behind])).toBeUndefined();
});

it("says when it was done if that is some time ago", () => {
  const soon = bodyOf(action("arrive"), 4, AT + 5_000);
  expect(soon).toEqual({ version: 4, action_id: "id-arrive" });
  const late = bodyOf(action("arrive"), 4, AT + 600_000);
  expect(late.arrived_at).toBe("2026-11-23T02:00:00.000Z");
  expect(bodyOf(action("fix"), 4, AT + 600_000)).not.toHaveProperty("arrived_at");
});
