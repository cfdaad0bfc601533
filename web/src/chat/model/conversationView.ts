/** What of a conversation is shown, and how: pure, from log and outbox. */
import type { Message, Sender } from "../../api/types";
import type { MessageLog } from "../../shared/messageLog";
import type { Outbox, OutboxItem } from "./outbox";

/** A pause longer than this gets a time above the message that ends it. */
const TIME_GAP_MS = 5 * 60_000;

export type Delivery = "sending" | "waiting" | "refused" | "done";

export interface ViewMessage {
  /** Stays the same when an optimistic message is confirmed. */
  readonly key: string;
  readonly sender: Sender;
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly showTime: boolean;
  /** The first of several by the same sender carries the name. */
  readonly showName: boolean;
  /** The first that came since the last visit. */
  readonly firstNew: boolean;
  readonly delivery: Delivery;
  readonly clientMessageId: string | null;
  readonly reason: string | null;
}

type Line = Omit<ViewMessage, "showTime" | "showName" | "firstNew"> & { seq: number };

const DELIVERIES = { queued: "sending", waiting: "waiting", refused: "refused" } as const;

function confirmedLine(message: Message): Line {
  return {
    key: message.client_message_id ?? `seq-${message.seq}`,
    sender: message.sender,
    text: message.text,
    at: Date.parse(message.created_at),
    delivery: "done",
    clientMessageId: message.client_message_id,
    reason: null,
    seq: message.seq,
  };
}

function unsentLine(item: OutboxItem): Line {
  return {
    key: item.clientMessageId,
    sender: "customer",
    text: item.text,
    at: item.queuedAt,
    delivery: DELIVERIES[item.status],
    clientMessageId: item.clientMessageId,
    reason: item.reason,
    seq: Number.POSITIVE_INFINITY,
  };
}

/** Confirmed messages by seq, then the unsent ones in their own order. */
export function viewMessages(log: MessageLog, outbox: Outbox, readSeq: number): ViewMessage[] {
  const lines = [...log.messages.map(confirmedLine), ...outbox.map(unsentLine)];
  let firstNewPending = readSeq > 0;
  return lines.map((line, index) => {
    const { seq, ...shown } = line;
    const before = lines[index - 1];
    const firstNew = firstNewPending && seq > readSeq && line.sender !== "customer";
    if (seq > readSeq) firstNewPending = false;
    const showTime = !before || line.at - before.at > TIME_GAP_MS;
    return {
      ...shown,
      firstNew,
      showTime,
      showName: showTime || firstNew || before?.sender !== line.sender,
    };
  });
}

/** Offered only while the bot's last words await an answer. */
export function quickReplies(log: MessageLog, outbox: Outbox): readonly string[] {
  if (outbox.length > 0) return [];
  for (let index = log.messages.length - 1; index >= 0; index -= 1) {
    const message = log.messages[index];
    if (message?.sender === "system") continue;
    return message?.sender === "bot" ? Array.from(new Set(message.quick_replies)) : [];
  }
  return [];
}
