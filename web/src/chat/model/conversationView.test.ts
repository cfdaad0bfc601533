import { describe, expect, it } from "vitest";
import type { Message } from "../../api/types";
import { emptyLog, receive } from "../../shared/messageLog";
import { enqueue, markRefused } from "../../shared/outbox";
import type { UploadItem } from "../files/Uploads";
import { quickReplies, viewMessages } from "./conversationView";

function message(seq: number, values: Partial<Message> = {}): Message {
  return {
    seq,
    sender: "bot",
    text: `text ${seq}`,
    quick_replies: [],
    attachments: [],
    created_at: "2026-11-23T02:00:00Z",
    client_message_id: null,
    ...values,
  };
}
const logOf = (...messages: Message[]) => receive(emptyLog, messages);
const unsent = (id: string) => enqueue([], { clientMessageId: id, text: id, queuedAt: 0 });
const confirmedOnly = (...messages: Message[]) =>
  viewMessages({ log: logOf(...messages), outbox: [], readSeq: 0 });

describe("viewMessages", () => {
  it("shows unsent messages after everything confirmed", () => {
    const shown = viewMessages({
      log: logOf(message(1), message(2)),
      outbox: unsent("a"),
      readSeq: 0,
    });
    expect(shown.map((each) => each.text)).toEqual(["text 1", "text 2", "a"]);
    expect(shown.map((each) => each.delivery)).toEqual(["done", "done", "sending"]);
  });

  it("keeps the key of a message when the server confirms it", () => {
    const before = viewMessages({ log: emptyLog, outbox: unsent("a"), readSeq: 0 })[0]?.key;
    const confirmed = message(1, { sender: "customer", client_message_id: "a" });
    expect(confirmedOnly(confirmed)[0]?.key).toBe(before);
  });

  it("says why a message was refused", () => {
    const [shown] = viewMessages({
      log: emptyLog,
      outbox: markRefused(unsent("a"), "a", "why"),
      readSeq: 0,
    });
    expect([shown?.delivery, shown?.reason]).toEqual(["refused", "why"]);
  });

  it("shows a time first and after a pause, and a name when the speaker changes", () => {
    const shown = confirmedOnly(
      message(1),
      message(2),
      message(3, { sender: "agent" }),
      message(4, { sender: "agent", created_at: "2026-11-23T02:06:00Z" }),
    );
    expect(shown.map((each) => each.showTime)).toEqual([true, false, false, true]);
    expect(shown.map((each) => each.showName)).toEqual([true, false, true, true]);
  });

  it("marks where the unread begins, once", () => {
    const log = logOf(message(1), message(2), message(3));
    expect(viewMessages({ log, outbox: [], readSeq: 1 }).map((each) => each.firstNew)).toEqual([
      false,
      true,
      false,
    ]);
    expect(viewMessages({ log, outbox: [], readSeq: 0 }).some((each) => each.firstNew)).toBe(false);
  });
});

describe("who speaks", () => {
  const li = (seq: number) => message(seq, { sender: "agent", author_name: "李敏" });

  it("is said when a person joins, another one does, and the bot is back", () => {
    const shown = confirmedOnly(
      message(1),
      message(2, { sender: "customer" }),
      message(3, { sender: "customer" }),
      li(4),
      message(5, { sender: "customer" }),
      li(6),
      message(7, { sender: "agent", author_name: "王强" }),
      message(8),
      message(9),
    );
    expect(shown.map((each) => each.change)).toEqual([
      null,
      null,
      null,
      "joined",
      null,
      null,
      "joined",
      "handedBack",
      null,
    ]);
    expect(shown.map((each) => each.author)).toEqual([
      null,
      null,
      null,
      "李敏",
      null,
      "李敏",
      "王强",
      null,
      null,
    ]);
  });

  it("is not said twice where the system has just said it", () => {
    const shown = confirmedOnly(message(1), message(2, { sender: "system" }), li(3));
    expect(shown.map((each) => each.change)).toEqual([null, null, null]);
    expect(shown[2]?.showName).toBe(true);
  });

  it("marks the last of the customer's own messages that was read", () => {
    const own = (seq: number) => message(seq, { sender: "customer" });
    const log = logOf(own(1), message(2), own(3), own(4));
    const seen = (agentSeenSeq: number) =>
      viewMessages({ log, outbox: [], readSeq: 0, agentSeenSeq }).map((each) => each.seen);
    expect(seen(0)).toEqual([false, false, false, false]);
    expect(seen(2)).toEqual([true, false, false, false]);
    expect(seen(9)).toEqual([false, false, false, true]);
  });
});

it("shows files on their way last, each with where it stands", () => {
  const upload = { id: "u1", startedAt: 1, reason: "断网", status: "failed" } as UploadItem;
  const shown = viewMessages({
    log: logOf(message(1)),
    outbox: unsent("a"),
    uploads: [upload],
    readSeq: 0,
  });
  expect(shown.map((each) => each.delivery)).toEqual(["done", "sending", "uploading"]);
  expect(shown[2]).toMatchObject({ upload, sender: "customer", reason: "断网" });
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
