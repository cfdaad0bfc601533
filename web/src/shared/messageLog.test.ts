import { describe, expect, it } from "vitest";
import type { Message } from "../api/types";
import {
  confirmedIds,
  emptyLog,
  hasGap,
  lastSeq,
  receive,
  receiveAllSince,
  revise,
} from "./messageLog";

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

const seqs = (log: { messages: readonly Message[] }) => log.messages.map((each) => each.seq);

describe("receive", () => {
  it("sorts what arrives out of order and drops repetitions", () => {
    let log = receive(emptyLog, [message(3), message(1), message(3)]);
    log = receive(log, [message(2), message(1)]);
    expect(seqs(log)).toEqual([1, 2, 3]);
    expect(log.contiguousSeq).toBe(3);
  });

  it("keeps the first version of a repeated message", () => {
    const log = receive(receive(emptyLog, [message(1)]), [message(1, { text: "other" })]);
    expect(log.messages[0]?.text).toBe("text 1");
  });

  it("returns the same log when nothing is new, so that nothing is drawn again", () => {
    const log = receive(emptyLog, [message(1)]);
    expect(receive(log, [message(1)])).toBe(log);
    expect(receive(log, [])).toBe(log);
  });

  it("sees a gap and where it begins", () => {
    const log = receive(emptyLog, [message(1), message(2), message(5)]);
    expect(hasGap(log)).toBe(true);
    expect(log.contiguousSeq).toBe(2);
    expect(lastSeq(log)).toBe(5);
  });

  it("closes a gap when the missing ones arrive", () => {
    const log = receive(receive(emptyLog, [message(1), message(4)]), [message(3), message(2)]);
    expect(hasGap(log)).toBe(false);
    expect(log.contiguousSeq).toBe(4);
  });
});

describe("revise", () => {
  const log = receive(emptyLog, [message(1), message(2)]);

  it("lets a message show more than before", () => {
    const picture = { kind: "image" as const, name: "a.png", file_id: "f" };
    const revised = revise(log, message(1, { attachments: [picture] }));
    expect(revised.messages.map((each) => each.attachments.length)).toEqual([1, 0]);
    expect(revised.contiguousSeq).toBe(2);
  });

  it("is the same log where nothing is new, and takes what is", () => {
    expect(revise(log, message(2))).toBe(log);
    expect(seqs(revise(log, message(3)))).toEqual([1, 2, 3]);
  });
});

describe("receiveAllSince", () => {
  it("believes the server that nothing is in between", () => {
    const log = receiveAllSince(emptyLog, 0, [message(2), message(5)]);
    expect(hasGap(log)).toBe(false);
    expect(log.contiguousSeq).toBe(5);
  });

  it("does not claim what lies before the asked-for range", () => {
    const log = receiveAllSince(receive(emptyLog, [message(1)]), 3, [message(4)]);
    expect(log.contiguousSeq).toBe(1);
    expect(hasGap(log)).toBe(true);
  });

  it("goes on over messages that were pushed meanwhile", () => {
    const pushed = receive(emptyLog, [message(1), message(4)]);
    const log = receiveAllSince(pushed, 1, [message(2), message(3)]);
    expect(log.contiguousSeq).toBe(4);
  });

  it("never goes back when an older answer comes late", () => {
    const log = receive(emptyLog, [message(1), message(2)]);
    expect(receiveAllSince(log, 0, [message(1)]).contiguousSeq).toBe(2);
  });
});

it("knows which of the client's messages are confirmed", () => {
  const log = receive(emptyLog, [message(1), message(2, { client_message_id: "a" })]);
  expect([...confirmedIds(log)]).toEqual(["a"]);
});
