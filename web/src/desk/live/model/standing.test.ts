import { expect, it } from "vitest";
import { standing } from "./standing";
import { card } from "./testing";

const li = { username: "li", display_name: "李工" };
const owned = card("a", { owner: "agent", agent: li });

it("lets only its owner answer, and names who that is", () => {
  expect(standing(owned, "li", false)).toMatchObject({ state: "mine", canWrite: true });
  expect(standing(owned, "wang", false)).toMatchObject({
    state: "colleague",
    canWrite: false,
    canTakeOver: false,
    canTransfer: false,
    holder: "李工",
  });
});

it("is claimed from the queue and taken over from the bot", () => {
  expect(standing(card("a"), "li", false)).toMatchObject({ canClaim: true, canTakeOver: false });
  expect(standing(card("a", { owner: "bot" }), "li", false)).toMatchObject({
    canClaim: false,
    canTakeOver: true,
    canHandBack: false,
  });
});

it("can only be reopened once it is closed", () => {
  const closed = card("a", { owner: "agent", agent: li, closed_at: "2026-11-23T03:00:00Z" });
  expect(standing(closed, "li", true)).toMatchObject({
    state: "closed",
    canReopen: true,
    canWrite: false,
    canClose: false,
    canAssign: false,
  });
});

it("is assigned by supervisors", () => {
  expect(standing(card("a"), "li", false).canAssign).toBe(false);
  expect(standing(card("a"), "li", true).canAssign).toBe(true);
  expect(standing(owned, "wang", true).canTransfer).toBe(true);
});

it("is joined and taken from a colleague by supervisors only", () => {
  expect(standing(owned, "wang", true)).toMatchObject({ canJoin: true, canTakeOver: true });
  const wang = { username: "wang", display_name: "王主管" };
  expect(standing({ ...owned, joined: [wang] }, "wang", true)).toMatchObject({
    canWrite: true,
    canJoin: false,
    canLeave: true,
  });
});
