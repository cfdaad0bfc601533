/**
 * What the browser keeps between visits: which conversation, how far it was read, what is not sent
 * yet and what is half typed.
 */
import type { Credentials } from "../../api/webchat";
import type { Outbox } from "../../shared/outbox";
import { type KeyValue, MemoryStorage, OutboxStorage } from "../../shared/outboxStorage";

const PREFIX = "yingsheng.chat.";
const CONVERSATION = `${PREFIX}conversation`;
const LAST_SEQ = `${PREFIX}lastSeq`;
const DRAFT = `${PREFIX}draft`;
const OUTBOX = `${PREFIX}outbox.`;

function parseCredentials(stored: string | null): Credentials | null {
  if (stored === null) return null;
  try {
    const value = JSON.parse(stored) as Partial<Credentials> | null;
    if (typeof value?.conversationId !== "string" || typeof value.token !== "string") return null;
    return { conversationId: value.conversationId, token: value.token };
  } catch (cause) {
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}

export class ChatStore {
  /** False once something could not be kept: a reload would lose it, and the page says so. */
  durable: boolean;
  private readonly storage: KeyValue;
  private readonly unsent: OutboxStorage;

  constructor(storage: KeyValue, durable = true) {
    this.storage = storage;
    this.durable = durable;
    this.unsent = new OutboxStorage(storage, OUTBOX, (key, value) => this.put(key, value));
  }

  loadCredentials(): Credentials | null {
    return parseCredentials(this.storage.getItem(CONVERSATION));
  }

  saveCredentials(credentials: Credentials | null): void {
    if (credentials) this.put(CONVERSATION, JSON.stringify(credentials));
    else {
      this.storage.removeItem(CONVERSATION);
      this.storage.removeItem(LAST_SEQ);
    }
  }

  loadLastSeq(): number {
    return Number(this.storage.getItem(LAST_SEQ)) || 0;
  }

  saveLastSeq(seq: number): void {
    this.put(LAST_SEQ, String(seq));
  }

  loadDraft(): string {
    return this.storage.getItem(DRAFT) ?? "";
  }

  saveDraft(text: string): void {
    if (text === "") this.storage.removeItem(DRAFT);
    else this.put(DRAFT, text);
  }

  loadOutbox(): Outbox {
    return this.unsent.load();
  }

  saveOutbox(outbox: Outbox): void {
    this.unsent.save(outbox);
  }

  private put(key: string, value: string): void {
    try {
      this.storage.setItem(key, value);
    } catch (cause) {
      if (!(cause instanceof DOMException)) throw cause;
      this.durable = false;
    }
  }
}

/** The browser's storage, or memory where it is switched off or full. */
export function openStore(): ChatStore {
  try {
    const probe = `${PREFIX}probe`;
    window.localStorage.setItem(probe, "1");
    window.localStorage.removeItem(probe);
    return new ChatStore(window.localStorage);
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
    return new ChatStore(new MemoryStorage(), false);
  }
}
