/** What of a conversation is shown, and how: pure, from log, outbox and files on their way. */
import type { Attachment, Message, Sender } from "../../api/types";
import type { MessageLog } from "../../shared/messageLog";
import type { Outbox, OutboxItem } from "../../shared/outbox";
import type { UploadItem } from "../files/Uploads";

/** A pause longer than this gets a time above the message that ends it. */
const TIME_GAP_MS = 5 * 60_000;

export type Delivery = "sending" | "waiting" | "refused" | "done" | "uploading";

/** Somebody else speaks from here on. */
export type Change = "joined" | "handedBack";

export interface ViewMessage {
  /** Stays the same when an optimistic message is confirmed. */
  readonly key: string;
  readonly sender: Sender;
  /** What the person who wrote it is called; null for all but people. */
  readonly author: string | null;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly upload: UploadItem | null;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly showTime: boolean;
  /** The first of several by the same sender carries the name. */
  readonly showName: boolean;
  /** The first that came since the last visit. */
  readonly firstNew: boolean;
  /** Said above the message: a person has taken over, or the bot has again. */
  readonly change: Change | null;
  /** The last one of the customer's that the person who answers has read. */
  readonly seen: boolean;
  readonly delivery: Delivery;
  readonly clientMessageId: string | null;
  readonly reason: string | null;
}

type Line = Omit<ViewMessage, "showTime" | "showName" | "firstNew" | "change" | "seen"> & {
  seq: number;
};

export interface Shown {
  readonly log: MessageLog;
  readonly outbox: Outbox;
  readonly uploads?: readonly UploadItem[];
  /** What was read before this visit. */
  readonly readSeq: number;
  /** How far the person who answers has read. */
  readonly agentSeenSeq?: number;
}

const DELIVERIES = { queued: "sending", waiting: "waiting", refused: "refused" } as const;
const UNSENT = {
  sender: "customer",
  author: null,
  seq: Number.POSITIVE_INFINITY,
} as const;

function confirmedLine(message: Message): Line {
  return {
    key: message.client_message_id ?? `seq-${message.seq}`,
    sender: message.sender,
    author: message.sender === "agent" ? (message.author_name ?? null) : null,
    text: message.text,
    attachments: message.attachments ?? [],
    upload: null,
    at: Date.parse(message.created_at),
    delivery: "done",
    clientMessageId: message.client_message_id,
    reason: null,
    seq: message.seq,
  };
}

function unsentLine(item: OutboxItem): Line {
  return {
    ...UNSENT,
    key: item.clientMessageId,
    text: item.text,
    attachments: item.attachments,
    upload: null,
    at: item.queuedAt,
    delivery: DELIVERIES[item.status],
    clientMessageId: item.clientMessageId,
    reason: item.reason,
  };
}

function uploadLine(item: UploadItem): Line {
  return {
    ...UNSENT,
    key: item.id,
    text: "",
    attachments: [],
    upload: item,
    at: item.startedAt,
    delivery: "uploading",
    clientMessageId: null,
    reason: item.reason,
  };
}

/**
 * Between people and bot; what customers say in between changes nothing. Where the system has just
 * said so itself, nothing is added.
 */
function changeAt(line: Line, before: Line | undefined, speaker: Line | undefined): Change | null {
  if (before?.sender === "system") return null;
  if (line.sender === "agent") {
    return speaker?.sender === "agent" && speaker.author === line.author ? null : "joined";
  }
  return line.sender === "bot" && speaker?.sender === "agent" ? "handedBack" : null;
}

function lastSeen(log: MessageLog, agentSeenSeq: number): number {
  const own = log.messages.filter((each) => each.sender === "customer" && each.seq <= agentSeenSeq);
  return own[own.length - 1]?.seq ?? 0;
}

/** Confirmed messages by seq, then the unsent ones in their own order, then files on their way. */
export function viewMessages(shown: Shown): ViewMessage[] {
  const { log, outbox, uploads = [], readSeq, agentSeenSeq = 0 } = shown;
  const lines = [
    ...log.messages.map(confirmedLine),
    ...outbox.map(unsentLine),
    ...uploads.map(uploadLine),
  ];
  const seenSeq = lastSeen(log, agentSeenSeq);
  let firstNewPending = readSeq > 0;
  let speaker: Line | undefined;
  return lines.map((line, index) => {
    const { seq, ...rest } = line;
    const before = lines[index - 1];
    const firstNew = firstNewPending && seq > readSeq && line.sender !== "customer";
    if (seq > readSeq) firstNewPending = false;
    const showTime = !before || line.at - before.at > TIME_GAP_MS;
    const change = changeAt(line, before, speaker);
    if (line.sender === "agent" || line.sender === "bot") speaker = line;
    return {
      ...rest,
      firstNew,
      showTime,
      change,
      seen: seenSeq > 0 && seq === seenSeq,
      showName: showTime || firstNew || change !== null || before?.sender !== line.sender,
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
