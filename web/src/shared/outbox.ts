/** What somebody has said and the server has not yet confirmed, in the order it was said. Pure. */
import type { Attachment } from "../api/types";

export type OutboxStatus = "queued" | "waiting" | "refused";

export interface OutboxItem {
  readonly clientMessageId: string;
  readonly text: string;
  /** Files that the server has already, to be sent with the text. */
  readonly attachments: readonly Attachment[];
  /** Milliseconds since the epoch, by the writer's clock; only for display. */
  readonly queuedAt: number;
  /** Position among all items this browser ever queued. */
  readonly order: number;
  /** queued: on its way; waiting: tried, to be tried again; refused: the server will never take it. */
  readonly status: OutboxStatus;
  /** Why it was refused, in the server's words. */
  readonly reason: string | null;
}

export type Outbox = readonly OutboxItem[];

export interface OutboxEntry {
  readonly clientMessageId: string;
  readonly text: string;
  readonly queuedAt: number;
  readonly attachments?: readonly Attachment[];
}

export function enqueue(outbox: Outbox, entry: OutboxEntry): Outbox {
  const order = outbox.reduce((highest, item) => Math.max(highest, item.order), entry.queuedAt) + 1;
  const attachments = entry.attachments ?? [];
  return [...outbox, { ...entry, attachments, order, status: "queued", reason: null }];
}

/** The item that must go out first; refused ones never block those behind them. */
export function nextToSend(outbox: Outbox): OutboxItem | undefined {
  return outbox.find((item) => item.status !== "refused");
}

/** A failure that will pass: everything behind the failed item waits as well. */
export function markWaiting(outbox: Outbox): Outbox {
  return outbox.map((item) =>
    item.status === "queued" ? { ...item, status: "waiting" as const } : item,
  );
}

export function markRefused(outbox: Outbox, clientMessageId: string, reason: string): Outbox {
  return outbox.map((item) =>
    item.clientMessageId === clientMessageId
      ? { ...item, status: "refused" as const, reason }
      : item,
  );
}

/** Tries a refused one again, as the same message. */
export function markQueued(outbox: Outbox, clientMessageId: string): Outbox {
  return outbox.map((item) =>
    item.clientMessageId === clientMessageId
      ? { ...item, status: "queued" as const, reason: null }
      : item,
  );
}

export function remove(outbox: Outbox, clientMessageId: string): Outbox {
  return outbox.filter((item) => item.clientMessageId !== clientMessageId);
}

export function withoutConfirmed(outbox: Outbox, confirmed: ReadonlySet<string>): Outbox {
  const left = outbox.filter((item) => !confirmed.has(item.clientMessageId));
  return left.length === outbox.length ? outbox : left;
}

export function hasWaiting(outbox: Outbox): boolean {
  return outbox.some((item) => item.status === "waiting");
}

/** Reads one stored item; null when it is not one (an older version, or damaged). */
export function parseItem(stored: string): OutboxItem | null {
  try {
    const value = JSON.parse(stored) as Partial<OutboxItem> | null;
    if (typeof value?.clientMessageId !== "string" || typeof value.text !== "string") return null;
    return {
      clientMessageId: value.clientMessageId,
      text: value.text,
      attachments: Array.isArray(value.attachments) ? value.attachments : [],
      queuedAt: Number(value.queuedAt) || 0,
      order: Number(value.order) || 0,
      status: value.status === "refused" ? "refused" : "waiting",
      reason: typeof value.reason === "string" ? value.reason : null,
    };
  } catch (cause) {
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}
