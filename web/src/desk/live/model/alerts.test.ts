import { expect, it } from "vitest";
import { alertFor, type Watcher } from "./alerts";
import { card, message } from "./testing";

const me: Watcher = { username: "li", groups: [], looking: null };
const mine = { owner: "agent", agent: { username: "li", display_name: "李工" } } as const;

it("tells of a conversation that was given to me", () => {
  expect(alertFor(card("a"), card("a", { ...mine, version: 2 }), me)).toBe("given_to_me");
  expect(alertFor(null, card("a", mine), me)).toBe("given_to_me");
});

it("tells of the customer's words in mine, unless I am looking", () => {
  const before = card("a", { ...mine, last_seq: 3 });
  const now = card("a", { ...mine, version: 2, last_seq: 4, last_messages: [message(4)] });
  expect(alertFor(before, now, me)).toBe("customer_wrote");
  expect(alertFor(before, now, { ...me, looking: "a" })).toBeNull();
  expect(alertFor(before, { ...now, last_messages: [message(4, { sender: "agent" })] }, me)).toBe(
    null,
  );
});

it("tells of who begins to wait for my groups", () => {
  const bot = card("a", { owner: "bot" });
  const waits = card("a", { version: 2, group: "service" });
  expect(alertFor(bot, waits, me)).toBe("waiting");
  expect(alertFor(bot, waits, { ...me, groups: ["service"] })).toBe("waiting");
  expect(alertFor(bot, waits, { ...me, groups: ["quality"] })).toBeNull();
  expect(alertFor(waits, card("a", { version: 3 }), me)).toBeNull();
});

it("says nothing twice", () => {
  const now = card("a", { ...mine, version: 2 });
  expect(alertFor(now, now, me)).toBeNull();
  expect(alertFor(now, card("a", { version: 1 }), me)).toBeNull();
});
