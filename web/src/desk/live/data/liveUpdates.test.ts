import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LiveDetail, LiveList } from "../../../api/liveTypes";
import type { Message } from "../../../api/types";
import { emptyLog, type MessageLog, receive } from "../../../shared/messageLog";
import type { ListFilter } from "../model/cards";
import { card, detail, message } from "../model/testing";
import { conversationKey, listKey, messagesKey } from "./liveKeys";
import { knownCard, liveNews, numbersRevealed } from "./liveUpdates";

const queue: ListFilter = { view: "queue", group: null, text: "" };
const counts = { mine: 0, queue: 1, bot: 0 };
const li = { username: "li", display_name: "李工" };

let client: QueryClient;
beforeEach(() => {
  vi.useFakeTimers();
  client = new QueryClient();
  client.setQueryData<LiveList>(listKey(queue, 50), { items: [card("a")], counts });
  client.setQueryData<LiveDetail>(conversationKey("a"), detail("a"));
  client.setQueryData<MessageLog>(messagesKey("a"), receive(emptyLog, [message(1)]));
});
afterEach(() => {
  client.clear();
  vi.useRealTimers();
});

const seqs = () =>
  client.getQueryData<MessageLog>(messagesKey("a"))?.messages.map((each) => each.seq);
const opened = () => client.getQueryData<LiveDetail>(conversationKey("a"));
const isStale = (key: readonly unknown[]) => client.getQueryState(key)?.isInvalidated;
const pushed = (news: Message, veiled: boolean) =>
  liveNews(client, "conversation.message", { conversation_id: "a", message: news, veiled }, "li");
const say = (seq: number) => pushed(message(seq), false);

describe("messages", () => {
  it("arrive once, in order, and a gap is fetched", () => {
    say(3);
    expect([seqs(), isStale(messagesKey("a"))]).toEqual([[1, 3], true]);
    say(3);
    say(2);
    expect(seqs()).toEqual([1, 2, 3]);
  });

  it("of a conversation that is not open are not kept", () => {
    const event = { conversation_id: "b", message: message(1), veiled: false };
    liveNews(client, "conversation.message", event, "li");
    expect(client.getQueryData(messagesKey("b"))).toBeUndefined();
  });
});

describe("numbers that are hidden", () => {
  const texts = () =>
    client.getQueryData<MessageLog>(messagesKey("a"))?.messages.map(({ text }) => text);
  const hidden = (seq: number) => message(seq, { text: "138****5678" });
  const reveal = (understanding: LiveDetail["understanding"]) =>
    client.setQueryData(conversationKey("a"), detail("a", { revealed: true, understanding }));

  it("are shown as they are told until they are revealed", () => {
    pushed(hidden(2), true);
    expect([texts(), isStale(messagesKey("a"))]).toEqual([["text 1", "138****5678"], false]);
  });

  it("are fetched by who has revealed them", () => {
    reveal(null);
    pushed(hidden(2), true);
    expect([texts(), isStale(messagesKey("a"))]).toEqual([["text 1"], true]);
    pushed(message(2), false);
    expect(texts()).toEqual(["text 1", "text 2"]);
    pushed(hidden(2), true);
    expect(texts()).toBeUndefined();
  });

  it("do not hide what was understood when a card is told", () => {
    const slots = { phone: "13812345678" };
    reveal({ kind: null, slots });
    const told = card("a", {
      version: 2,
      understanding: { kind: null, slots: { phone: "138****5678" } },
    });
    liveNews(client, "conversation.changed", { card: told }, "li");
    expect(opened()?.understanding?.slots).toEqual(slots);
    expect(isStale(conversationKey("a"))).toBe(true);
  });

  it("are fetched anew once they are revealed", () => {
    numbersRevealed(client, "a");
    expect([isStale(conversationKey("a")), texts()]).toEqual([true, undefined]);
  });
});

describe("a conversation that changes hands", () => {
  const claimed = card("a", { owner: "agent", agent: li, version: 2 });

  it("leaves the queue, locks the chat, and its record is fetched", () => {
    liveNews(client, "conversation.changed", { card: claimed }, "wang");
    expect(client.getQueryData<LiveList>(listKey(queue, 50))?.items).toEqual([]);
    expect(opened()?.agent).toEqual(li);
    expect(isStale(conversationKey("a"))).toBe(true);
    expect(isStale(listKey(queue, 50))).toBe(false);
    vi.advanceTimersByTime(3_000);
    expect(isStale(listKey(queue, 50))).toBe(true);
  });

  it("does not go back when older news comes late", () => {
    liveNews(client, "conversation.changed", { card: claimed }, "wang");
    liveNews(client, "conversation.changed", { card: card("a", { version: 1 }) }, "wang");
    expect(knownCard(client, "a")?.owner).toBe("agent");
    vi.advanceTimersByTime(3_000);
  });
});

it("keeps each note once and never forgets what was seen", () => {
  const note = {
    id: "n",
    kind: "note" as const,
    author: li,
    text: "x",
    at_seq: 1,
    created_at: "2026-11-23T02:00:00Z",
  };
  for (let times = 0; times < 2; times += 1) {
    liveNews(client, "conversation.note", { conversation_id: "a", note }, "li");
  }
  for (const seq of [5, 3]) {
    liveNews(client, "conversation.seen", { conversation_id: "a", by: "customer", seq }, "li");
  }
  expect([opened()?.notes.length, opened()?.customer_seen_seq]).toEqual([1, 5]);
});
