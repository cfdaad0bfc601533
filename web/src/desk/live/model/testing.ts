/** Conversations and messages for tests. */
import type { LiveCard, LiveDetail, Stretch } from "../../../api/liveTypes";
import type { Message } from "../../../api/types";

export function card(id: string, values: Partial<LiveCard> = {}): LiveCard {
  return {
    id,
    channel: "web",
    owner: "queue",
    agent: null,
    joined: [],
    group: "quality",
    priority: "normal",
    waiting_since: "2026-11-23T02:00:00Z",
    handover_reason: "customer_asked",
    understanding: null,
    last_messages: [],
    last_seq: 3,
    unread: 0,
    customer: null,
    tickets: [],
    started_at: "2026-11-23T01:50:00Z",
    updated_at: "2026-11-23T02:00:00Z",
    closed_at: null,
    version: 1,
    ...values,
  };
}

export function detail(id: string, values: Partial<LiveDetail> = {}): LiveDetail {
  return {
    ...card(id),
    revealed: false,
    stretches: [],
    notes: [],
    watchers: [],
    undelivered: [],
    agent_seen_seq: 0,
    customer_seen_seq: 0,
    address: null,
    ...values,
  };
}

export function message(seq: number, values: Partial<Message> = {}): Message {
  return {
    seq,
    sender: "customer",
    text: `text ${seq}`,
    quick_replies: [],
    attachments: [],
    created_at: new Date(Date.parse("2026-11-23T02:00:00Z") + seq * 1_000).toISOString(),
    client_message_id: null,
    ...values,
  };
}

export function stretch(from_seq: number, values: Partial<Stretch> = {}): Stretch {
  return {
    owner: "bot",
    agent: null,
    group: null,
    reason: "began",
    note: null,
    from_seq,
    started_at: "2026-11-23T02:00:00Z",
    ended_at: null,
    ...values,
  };
}
