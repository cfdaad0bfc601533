import { describe, expect, it } from "vitest";
import type { Message } from "../../api/types";
import { emptyLog, receive } from "../../shared/messageLog";
import { quickReplies, viewMessages } from "./conversationView";
import { enqueue, markRefused } from "./outbox";

function message(seq: number, values: Partial<Message> = {}): Message {
  return {
    seq,
    sender: "bot",
    text: `text ${seq}`,
    quick_replies: [],
    created_at: "2026-11-23T02:00:00Z",
    client_message_id: null,
    ...values,
  };
}
const logOf = (...messages: Message[]) => receive(emptyLog, messages);
const unsent = (id: string) => enqueue([], { clientMessageId: id, text: id, queuedAt: 0 });

describe("viewMessages", () => {
  it("shows unsent messages after everything confirmed", () => {
    const shown = viewMessages(logOf(message(1), message(2)), unsent("a"), 0);
    expect(shown.map((each) => each.text)).toEqual(["text 1", "text 2", "a"]);
    expect(shown.map((each) => each.delivery)).toEqual(["done", "done", "sending"]);
  });

  it("keeps the key of a message when the server confirms it", () => {
    const before = viewMessages(emptyLog, unsent("a"), 0)[0]?.key;
    const confirmed = message(1, { sender: "customer", client_message_id: "a" });
    expect(viewMessages(logOf(confirmed), [], 0)[0]?.key).toBe(before);
  });

  it("says why a message was refused", () => {
    const [shown] = viewMessages(emptyLog, markRefused(unsent("a"), "a", "why"), 0);
    expect([shown?.delivery, shown?.reason]).toEqual(["refused", "why"]);
  });

  it("shows a time first and after a pause, and a name when the speaker changes", () => {
    const shown = viewMessages(
      logOf(
        message(1),
        message(2),
        message(3, { sender: "agent" }),
        message(4, { sender: "agent", created_at: "2026-11-23T02:06:00Z" }),
      ),
      [],
      0,
    );
    expect(shown.map((each) => each.showTime)).toEqual([true, false, false, true]);
    expect(shown.map((each) => each.showName)).toEqual([true, false, true, true]);
  });

  it("marks where the unread begins, once", () => {
    const log = logOf(message(1), message(2), message(3));
    expect(viewMessages(log, [], 1).map((each) => each.firstNew)).toEqual([false, true, false]);
    expect(viewMessages(log, [], 0).some((each) => each.firstNew)).toBe(false);
  });
});

describe("quickReplies", () => {
  const offering = message(1, { quick_replies: ["好", "不好", "好"] });

  it("come from the bot's last message, each once", () => {
    expect(quickReplies(logOf(offering), [])).toEqual(["好", "不好"]);
  });

  it("survive a system message", () => {
    expect(quickReplies(logOf(offering, message(2, { sender: "system" })), [])).toHaveLength(2);
  });

  it("end when somebody has spoken since, or is about to", () => {
    expect(quickReplies(logOf(offering, message(2, { sender: "customer" })), [])).toEqual([]);
    expect(quickReplies(logOf(offering, message(2, { sender: "agent" })), [])).toEqual([]);
    expect(quickReplies(logOf(offering, message(2)), [])).toEqual([]);
    expect(quickReplies(logOf(offering), unsent("a"))).toEqual([]);
  });
});
