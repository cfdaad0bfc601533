import { describe, expect, it } from "vitest";
import type { LiveNote } from "../../../api/liveTypes";
import { enqueue } from "../../../shared/outbox";
import { type ChatItem, chatItems, seenUpTo } from "./chatItems";
import { message, stretch } from "./testing";

const note = (id: string, at_seq: number): LiveNote => ({
  id,
  kind: "note",
  author: null,
  text: id,
  at_seq,
  created_at: "2026-11-23T02:00:00Z",
});
const drawn = (items: readonly ChatItem[]) =>
  items.map((item) => {
    if (item.type === "message") return item.message.seq;
    if (item.type === "stretches") return item.stretches.map((each) => each.owner).join("+");
    return item.type === "note" ? item.note.id : item.item.text;
  });
const none = { notes: [], stretches: [], outbox: [], undelivered: [] };

describe("chatItems", () => {
  it("draws changes of hand where they happened, those without words between in one line", () => {
    const items = chatItems({
      ...none,
      messages: [message(1), message(2), message(3)],
      stretches: [
        stretch(3, { owner: "agent", started_at: "2026-11-23T02:02:00Z" }),
        stretch(1),
        stretch(3, { owner: "queue", started_at: "2026-11-23T02:01:00Z" }),
      ],
    });
    expect(drawn(items)).toEqual(["bot", 1, 2, "queue+agent", 3]);
  });

  it("draws a change of hand that nobody has spoken since at the end", () => {
    const items = chatItems({ ...none, messages: [message(1)], stretches: [stretch(2)] });
    expect(drawn(items)).toEqual([1, "bot"]);
  });

  it("tells changes of hand apart that happened in the same moment", () => {
    const items = chatItems({
      ...none,
      messages: [message(1), message(2)],
      stretches: [stretch(1), stretch(2, { owner: "queue" })],
    });
    expect(new Set(items.map(({ key }) => key)).size).toBe(4);
  });

  it("puts a note after the message it followed, and the unsent last", () => {
    const items = chatItems({
      ...none,
      messages: [message(1), message(2)],
      notes: [note("second", 2), note("first", 1)],
      outbox: enqueue([], { clientMessageId: "a", text: "unsent", queuedAt: 0 }),
    });
    expect(drawn(items)).toEqual([1, "first", 2, "second", "unsent"]);
  });

  it("names a speaker again after a pause, a line, or another speaker", () => {
    const items = chatItems({
      ...none,
      messages: [
        message(1),
        message(2),
        message(3, { sender: "agent" }),
        message(4, { sender: "agent" }),
        message(5, { sender: "agent", created_at: "2026-11-23T02:20:00Z" }),
      ],
      stretches: [stretch(4)],
    });
    const named = items.flatMap((item) => (item.type === "message" ? [item.showName] : []));
    expect(named).toEqual([true, false, true, true, true]);
  });

  it("tells what the customer never got from what they got", () => {
    const messages = [message(1), message(2, { sender: "bot" }), message(3, { sender: "agent" })];
    const undelivered = [
      { seq: 2, state: "withheld" as const },
      { seq: 3, state: "failed" as const },
    ];
    const items = chatItems({ ...none, messages, undelivered });
    const lost = items.flatMap((item) => (item.type === "message" ? [item.lost] : []));
    expect(lost).toEqual([null, "withheld", "failed"]);
  });

  it("keeps the key of a message when the server confirms it", () => {
    const outbox = enqueue([], { clientMessageId: "a", text: "x", queuedAt: 0 });
    const before = chatItems({ ...none, messages: [], outbox })[0]?.key;
    const sent = message(1, { sender: "agent", client_message_id: "a" });
    expect(chatItems({ ...none, messages: [sent] })[0]?.key).toBe(before);
  });
});

it("knows what of ours the customer has seen", () => {
  const messages = [message(1), message(2, { sender: "agent" }), message(3, { sender: "agent" })];
  expect([0, 2, 3, 9].map((seq) => seenUpTo(messages, seq, []))).toEqual([0, 2, 3, 3]);
  expect(seenUpTo(messages, 9, [{ seq: 3, state: "failed" }])).toBe(2);
});
