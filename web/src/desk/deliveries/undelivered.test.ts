import { expect, test } from "vitest";
import type { Delivery, Message } from "../../api/types";
import { undelivered } from "./undelivered";

const HOUR = 3_600_000;
const NOW = Date.parse("2026-11-24T04:00:00Z");
const at = (hoursAgo: number) => new Date(NOW - hoursAgo * HOUR).toISOString();

const failed = (id: string, hoursAgo: number, conversation = "c1") =>
  ({ id, conversation_id: conversation, updated_at: at(hoursAgo) }) as Delivery;
const said = (sender: Message["sender"], hoursAgo: number) =>
  ({ sender, created_at: at(hoursAgo) }) as Message;
const idAndRest = (found: ReturnType<typeof undelivered>) =>
  found && [found.latest.id, found.count, found.wroteSince];

test("what failed in this conversation is told, and nothing of another", () => {
  const all = [failed("d3", 1, "c2"), failed("d2", 2), failed("d1", 3)];
  const chat = [said("customer", 60), said("agent", 3)];
  expect(idAndRest(undelivered(all, "c1", chat, NOW))).toEqual(["d2", 2, false]);
  expect(undelivered(all, "c3", chat, NOW)).toBeNull();
});

test("who has written since can be reached again", () => {
  const chat = [said("customer", 60), said("agent", 3), said("customer", 1)];
  expect(idAndRest(undelivered([failed("d1", 2)], "c1", chat, NOW))).toEqual(["d1", 1, true]);
  expect(idAndRest(undelivered([failed("d2", 0.5), failed("d1", 2)], "c1", chat, NOW))).toEqual([
    "d2",
    2,
    false,
  ]);
});

test("it is forgotten two days later if the customer wrote, and not before they did", () => {
  const old = [failed("d1", 49)];
  expect(undelivered(old, "c1", [said("customer", 100), said("customer", 1)], NOW)).toBeNull();
  expect(idAndRest(undelivered(old, "c1", [said("customer", 100)], NOW))).toEqual(["d1", 1, false]);
});

test("what an agent wrote later does not mean that the customer did", () => {
  const chat = [said("customer", 60), said("agent", 1)];
  expect(idAndRest(undelivered([failed("d1", 2)], "c1", chat, NOW))).toEqual(["d1", 1, false]);
});
