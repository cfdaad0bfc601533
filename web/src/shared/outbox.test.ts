import { describe, expect, it } from "vitest";
import * as outboxes from "./outbox";

const entry = (id: string, queuedAt = 1_000) => ({ clientMessageId: id, text: id, queuedAt });
const ids = (outbox: outboxes.Outbox) => outbox.map((item) => item.clientMessageId);

describe("outbox", () => {
  it("keeps the order in which things were said, also when the clock jumps back", () => {
    const outbox = outboxes.enqueue(outboxes.enqueue([], entry("a", 9_000)), entry("b", 1_000));
    expect(ids([...outbox].sort((one, other) => one.order - other.order))).toEqual(["a", "b"]);
  });

  it("sends the oldest first and passes over refused ones", () => {
    let outbox = outboxes.enqueue(outboxes.enqueue([], entry("a")), entry("b"));
    expect(outboxes.nextToSend(outbox)?.clientMessageId).toBe("a");
    outbox = outboxes.markRefused(outbox, "a", "why");
    expect(outboxes.nextToSend(outbox)?.clientMessageId).toBe("b");
    expect(outbox[0]?.reason).toBe("why");
  });

  it("lets everything wait after a failure, but refused ones stay refused", () => {
    let outbox = outboxes.enqueue(outboxes.enqueue([], entry("a")), entry("b"));
    outbox = outboxes.markWaiting(outboxes.markRefused(outbox, "a", "why"));
    expect(outbox.map((item) => item.status)).toEqual(["refused", "waiting"]);
    expect(outboxes.hasWaiting(outbox)).toBe(true);
  });

  it("drops what the server confirmed and is the same object otherwise", () => {
    const outbox = outboxes.enqueue(outboxes.enqueue([], entry("a")), entry("b"));
    expect(ids(outboxes.withoutConfirmed(outbox, new Set(["a"])))).toEqual(["b"]);
    expect(outboxes.withoutConfirmed(outbox, new Set(["x"]))).toBe(outbox);
  });

  it("reads back what was stored, as waiting", () => {
    const [item] = outboxes.enqueue([], entry("a"));
    expect(outboxes.parseItem(JSON.stringify(item))).toEqual({ ...item, status: "waiting" });
  });

  it.each(["", "{", "null", "3", '{"text":"no id"}'])("ignores damaged storage: %s", (stored) => {
    expect(outboxes.parseItem(stored)).toBeNull();
  });
});
