/** What of a conversation is drawn, in which order: messages, notes, changes of hand, unsent. Pure. */
import type { LiveDetail, LiveNote, Lost, Stretch } from "../../../api/liveTypes";
import type { Message } from "../../../api/types";
import type { Outbox, OutboxItem } from "../../../shared/outbox";

/** A pause longer than this gets a time of its own. */
const TIME_GAP_MS = 5 * 60_000;

export type ChatItem =
  | {
      type: "message";
      key: string;
      message: Message;
      showTime: boolean;
      showName: boolean;
      /** The customer never got it. */
      lost: Lost | null;
    }
  | { type: "note"; key: string; note: LiveNote }
  | { type: "stretches"; key: string; stretches: readonly Stretch[] }
  | { type: "unsent"; key: string; item: OutboxItem };

const byStart = (one: Stretch, other: Stretch) =>
  one.from_seq - other.from_seq || Date.parse(one.started_at) - Date.parse(other.started_at);

const byAge = (one: LiveNote, other: LiveNote) =>
  one.at_seq - other.at_seq || Date.parse(one.created_at) - Date.parse(other.created_at);

const sameSpeaker = (one: Message | undefined, other: Message) =>
  one?.sender === other.sender && authorOf(one) === authorOf(other);

/** Who of the desk wrote it, as far as is told. */
export const authorOf = (message: Message): string | null => message.author_name ?? null;

function messageItem(
  message: Message,
  before: Message | undefined,
  broken: boolean,
  lost: Lost | null,
): ChatItem {
  const pause = before
    ? Date.parse(message.created_at) - Date.parse(before.created_at)
    : Number.POSITIVE_INFINITY;
  const showTime = pause > TIME_GAP_MS;
  return {
    type: "message",
    key: message.client_message_id ?? `seq-${message.seq}`,
    message,
    showTime,
    showName: showTime || broken || !sameSpeaker(before, message),
    lost,
  };
}

/**
 * Changes of hand stand before the first message of the new hand, and those between the same two
 * messages in one line; notes after the message that was the newest when they were written.
 */
export function chatItems(parts: {
  messages: readonly Message[];
  notes: readonly LiveNote[];
  stretches: readonly Stretch[];
  outbox: Outbox;
  undelivered: LiveDetail["undelivered"];
}): ChatItem[] {
  const lost = new Map(parts.undelivered.map(({ seq, state }) => [seq, state]));
  const items: ChatItem[] = [];
  const stretches = [...parts.stretches].sort(byStart);
  const notes = [...parts.notes].sort(byAge);
  const placeBefore = (seq: number) => {
    while (notes[0] && notes[0].at_seq < seq) placeNote(notes.shift());
    const here: Stretch[] = [];
    while (stretches[0] && stretches[0].from_seq <= seq) here.push(...stretches.splice(0, 1));
    const first = here[0];
    if (!first) return;
    const key = `s-${first.from_seq}-${first.started_at}`;
    items.push({ type: "stretches", key, stretches: here });
  };
  const placeNote = (note: LiveNote | undefined) => {
    if (note) items.push({ type: "note", key: `n-${note.id}`, note });
  };
  let before: Message | undefined;
  for (const message of parts.messages) {
    const drawn = items.length;
    placeBefore(message.seq);
    items.push(messageItem(message, before, items.length > drawn, lost.get(message.seq) ?? null));
    before = message;
  }
  placeBefore(Number.POSITIVE_INFINITY);
  for (const item of parts.outbox) items.push({ type: "unsent", key: item.clientMessageId, item });
  return items;
}

/** The last of the desk's messages that the customer got and has seen; 0: none. */
export function seenUpTo(
  messages: readonly Message[],
  customerSeenSeq: number,
  undelivered: LiveDetail["undelivered"],
): number {
  const lost = new Set(undelivered.map(({ seq }) => seq));
  let seen = 0;
  for (const { sender, seq } of messages) {
    if (sender === "agent" && seq <= customerSeenSeq && !lost.has(seq)) seen = seq;
  }
  return seen;
}

/** The newest message of a list; 0: none. */
export const newestSeq = (messages: readonly Message[]) => messages[messages.length - 1]?.seq ?? 0;
