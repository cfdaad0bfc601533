import type { MessagesAnswer, Standing } from "../../api/types";
import { confirmedIds, emptyLog, lastSeq, type MessageLog } from "../../shared/messageLog";
import { type Outbox, withoutConfirmed } from "../../shared/outbox";
import type { ChatStore } from "./store";

/** A "typing" whose end got lost. */
const TYPING_LIMIT_MS = 30_000;

const WITH_THE_BOT: Standing = { owner: "bot", agent_name: null, position: null };

export interface ChatSnapshot {
  readonly log: MessageLog;
  readonly outbox: Outbox;
  /** The history is here: the conversation can be shown. */
  readonly ready: boolean;
  /** Who is writing to the customer just now. */
  readonly typing: "bot" | "agent" | null;
  readonly standing: Standing;
  /** How far the person who answers has read. */
  readonly agentSeenSeq: number;
  /** The last request failed for a reason that will pass. */
  readonly troubled: boolean;
  /** Unsent messages survive a reload. */
  readonly durable: boolean;
  /** The server no longer knew the previous conversation, so this one was begun. */
  readonly replaced: boolean;
  /** What was read before this visit; what came later is marked as new. 0: nothing to mark. */
  readonly readSeq: number;
}

/** What the page shows, as immutable snapshots, written through to the browser's storage. */
export class ChatState {
  private readonly store: ChatStore;
  private readonly listeners = new Set<() => void>();
  private current: ChatSnapshot;
  private typingTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: ChatStore) {
    this.store = store;
    this.current = {
      log: emptyLog,
      outbox: store.loadOutbox(),
      ready: false,
      typing: null,
      standing: WITH_THE_BOT,
      agentSeenSeq: 0,
      troubled: false,
      durable: store.durable,
      replaced: false,
      readSeq: store.loadLastSeq(),
    };
    store.saveOutbox(this.current.outbox);
  }

  get snapshot(): ChatSnapshot {
    return this.current;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Takes over a merged log; what it confirms leaves the outbox. */
  setLog(log: MessageLog): void {
    this.update({ log });
    this.setOutbox(withoutConfirmed(this.current.outbox, confirmedIds(log)));
  }

  setOutbox(outbox: Outbox): void {
    if (outbox === this.current.outbox) return;
    this.store.saveOutbox(outbox);
    this.update({ outbox, durable: this.store.durable });
  }

  setTyping(typing: "bot" | "agent" | null): void {
    clearTimeout(this.typingTimer);
    if (typing) this.typingTimer = setTimeout(() => this.setTyping(null), TYPING_LIMIT_MS);
    this.update({ typing });
  }

  /** All that was missed is here, and how the conversation stands. */
  caughtUp(answer: MessagesAnswer): void {
    this.setStanding(answer);
    this.setAgentSeen(answer.agent_seen_seq);
    this.markReady();
  }

  setStanding({ owner, agent_name, position }: Standing): void {
    const now = this.current.standing;
    if (now.owner === owner && now.agent_name === agent_name && now.position === position) return;
    this.update({ standing: { owner, agent_name, position } });
  }

  /** The other side has read up to here; news of it may come in any order. */
  setAgentSeen(seq: number): void {
    this.update({ agentSeenSeq: Math.max(seq, this.current.agentSeenSeq) });
  }

  /** The history is complete; without anything unread there is nothing to mark as new. */
  markReady(): void {
    if (this.current.ready) return;
    const nothingNew = lastSeq(this.current.log) <= this.current.readSeq;
    this.update({ ready: true, readSeq: nothingNew ? 0 : this.current.readSeq });
  }

  /** The customer has all of it before their eyes. */
  markRead(): void {
    this.store.saveLastSeq(lastSeq(this.current.log));
  }

  /** Leaves the conversation; what is unsent stays. */
  clear(replaced: boolean): void {
    this.setTyping(null);
    this.update({
      log: emptyLog,
      ready: false,
      replaced,
      readSeq: 0,
      standing: WITH_THE_BOT,
      agentSeenSeq: 0,
    });
  }

  update(changes: Partial<ChatSnapshot>): void {
    const keys = Object.keys(changes) as (keyof ChatSnapshot)[];
    if (keys.every((key) => this.current[key] === changes[key])) return;
    this.current = { ...this.current, ...changes };
    for (const listener of this.listeners) listener();
  }
}
