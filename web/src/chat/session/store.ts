/**
 * What the browser keeps between visits: which conversation, how far it was read, what is not sent
 * yet and what is half typed. Each unsent message has its own key, so that two open pages never
 * overwrite each other's.
 */
import type { Credentials } from "../../api/webchat";
import { type Outbox, type OutboxItem, parseItem } from "../model/outbox";

const PREFIX = "yingsheng.chat.";
const CONVERSATION = `${PREFIX}conversation`;
const LAST_SEQ = `${PREFIX}lastSeq`;
const DRAFT = `${PREFIX}draft`;
const OUTBOX = `${PREFIX}outbox.`;

export type KeyValue = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** Stands in where the browser offers no storage: kept until the page closes. */
export class MemoryStorage implements KeyValue {
  private readonly values = new Map<string, string>();
  get length() {
    return this.values.size;
  }
  key(index: number) {
    return [...this.values.keys()][index] ?? null;
  }
  getItem(key: string) {
    return this.values.get(key) ?? null;
  }
  setItem(key: string, value: string) {
    this.values.set(key, value);
  }
  removeItem(key: string) {
    this.values.delete(key);
  }
}

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
  private written = new Map<string, string>();

  constructor(storage: KeyValue, durable = true) {
    this.storage = storage;
    this.durable = durable;
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
    const items: OutboxItem[] = [];
    for (let index = 0; index < this.storage.length; index += 1) {
      const key = this.storage.key(index);
      if (!key?.startsWith(OUTBOX)) continue;
      const item = parseItem(this.storage.getItem(key) ?? "");
      if (item) items.push(item);
    }
    return items.sort((one, other) => one.order - other.order);
  }

  /** Writes what changed since the last call, and only this page's own items. */
  saveOutbox(outbox: Outbox): void {
    const wanted = new Map(outbox.map((item) => [OUTBOX + item.clientMessageId, item]));
    for (const key of this.written.keys()) {
      if (!wanted.has(key)) this.storage.removeItem(key);
    }
    const written = new Map<string, string>();
    for (const [key, item] of wanted) {
      const value = JSON.stringify(item);
      if (this.written.get(key) !== value) this.put(key, value);
      written.set(key, value);
    }
    this.written = written;
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
