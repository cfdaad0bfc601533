/**
 * Keeps unsent messages in the browser. Each has its own key, so that two open pages never overwrite
 * each other's.
 */
import { type Outbox, type OutboxItem, parseItem } from "./outbox";

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

type Put = (key: string, value: string) => void;

export class OutboxStorage {
  private readonly storage: KeyValue;
  private readonly prefix: string;
  private readonly put: Put;
  private written = new Map<string, string>();

  /** `put` writes, and decides what happens when the storage is full. */
  constructor(storage: KeyValue, prefix: string, put: Put) {
    this.storage = storage;
    this.prefix = prefix;
    this.put = put;
  }

  load(): Outbox {
    const items: OutboxItem[] = [];
    for (let index = 0; index < this.storage.length; index += 1) {
      const key = this.storage.key(index);
      if (!key?.startsWith(this.prefix)) continue;
      const item = parseItem(this.storage.getItem(key) ?? "");
      if (item) items.push(item);
    }
    return items.sort((one, other) => one.order - other.order);
  }

  /** Writes what changed since the last call, and only this page's own items. */
  save(outbox: Outbox): void {
    const wanted = new Map(outbox.map((item) => [this.prefix + item.clientMessageId, item]));
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
}
