/**
 * The messages of one conversation, merged by `seq` from whatever brings them: history, pushes and
 * the answers to sent messages, in any order and any number of times. Pure.
 */
import type { Message } from "../api/types";

export interface MessageLog {
  /** Ascending by seq, each seq once. */
  readonly messages: readonly Message[];
  /** Every message up to this seq is here (0: none yet). */
  readonly contiguousSeq: number;
}

export const emptyLog: MessageLog = { messages: [], contiguousSeq: 0 };

function advance(messages: readonly Message[], from: number): number {
  let last = from;
  for (const message of messages) {
    if (message.seq === last + 1) last = message.seq;
  }
  return last;
}

function merged(log: MessageLog, arrived: readonly Message[]): readonly Message[] {
  const known = new Set(log.messages.map((message) => message.seq));
  const fresh: Message[] = [];
  for (const message of arrived) {
    if (known.has(message.seq)) continue;
    known.add(message.seq);
    fresh.push(message);
  }
  if (fresh.length === 0) return log.messages;
  return [...log.messages, ...fresh].sort((one, other) => one.seq - other.seq);
}

/** Messages that were pushed or came with an answer: there may be gaps before them. */
export function receive(log: MessageLog, arrived: readonly Message[]): MessageLog {
  const messages = merged(log, arrived);
  if (messages === log.messages) return log;
  return { messages, contiguousSeq: advance(messages, log.contiguousSeq) };
}

/** A message that shows more than before, such as a picture that has arrived: takes its place. */
export function revise(log: MessageLog, message: Message): MessageLog {
  const shown = log.messages.find((each) => each.seq === message.seq);
  if (!shown) return receive(log, [message]);
  if (JSON.stringify(shown) === JSON.stringify(message)) return log;
  const messages = log.messages.map((each) => (each === shown ? message : each));
  return { ...log, messages };
}

/** All that the server has after `since`: closes every gap up to its last message. */
export function receiveAllSince(
  log: MessageLog,
  since: number,
  arrived: readonly Message[],
): MessageLog {
  const next = receive(log, arrived);
  if (since > next.contiguousSeq) return next;
  const last = arrived.reduce((highest, message) => Math.max(highest, message.seq), since);
  if (last <= next.contiguousSeq) return next;
  return { messages: next.messages, contiguousSeq: advance(next.messages, last) };
}

export function lastSeq(log: MessageLog): number {
  return log.messages[log.messages.length - 1]?.seq ?? 0;
}

/** Something in between has not arrived. */
export function hasGap(log: MessageLog): boolean {
  return lastSeq(log) > log.contiguousSeq;
}

/** Which of the client's own messages the server has confirmed. */
export function confirmedIds(log: MessageLog): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const message of log.messages) {
    if (message.client_message_id) ids.add(message.client_message_id);
  }
  return ids;
}
