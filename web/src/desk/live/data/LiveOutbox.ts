/**
 * What an agent has written into one conversation and the server has not yet confirmed: sent in order,
 * one at a time, again after an outage, and always as the same message.
 */

import { ApiError, isTemporary, isUnauthorized } from "../../../api/errors";
import type { AgentMessage } from "../../../api/live";
import type { Attachment, Message } from "../../../api/types";
import { retryDelay } from "../../../shared/backoff";
import * as outboxes from "../../../shared/outbox";
import { type KeyValue, OutboxStorage } from "../../../shared/outboxStorage";
import { storableText } from "../../../shared/text";

export interface LiveOutboxParts {
  send(message: AgentMessage): Promise<Message>;
  /** The server has it. */
  sent(message: Message): void;
  /** The session has run out; what is unsent waits for the next. */
  loggedOut(): void;
  storage: KeyValue;
  prefix: string;
  newId(): string;
  now(): number;
  random(): number;
}

const waits = (error: unknown) => isTemporary(error) || isUnauthorized(error);

export class LiveOutbox {
  private readonly parts: LiveOutboxParts;
  private readonly kept: OutboxStorage;
  private readonly listeners = new Set<() => void>();
  private current: outboxes.Outbox;
  private working = false;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: LiveOutboxParts) {
    this.parts = parts;
    this.kept = new OutboxStorage(parts.storage, parts.prefix, (key, value) =>
      this.put(key, value),
    );
    this.current = this.kept.load();
    this.kept.save(this.current);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };
  readonly getSnapshot = (): outboxes.Outbox => this.current;

  add(text: string, attachments: readonly Attachment[]): void {
    const entry = {
      clientMessageId: this.parts.newId(),
      text: storableText(text),
      attachments,
      queuedAt: this.parts.now(),
    };
    this.set(outboxes.enqueue(this.current, entry));
    this.retryNow();
  }

  /** Tries a refused one once more. */
  again(clientMessageId: string): void {
    this.set(outboxes.markQueued(this.current, clientMessageId));
    this.retryNow();
  }

  /** Takes an unsent message back. */
  discard(clientMessageId: string): outboxes.OutboxItem | null {
    const item = this.current.find((each) => each.clientMessageId === clientMessageId) ?? null;
    this.set(outboxes.remove(this.current, clientMessageId));
    return item;
  }

  /** The log shows that the server has them, whatever became of the answer. */
  confirmed(ids: ReadonlySet<string>): void {
    this.set(outboxes.withoutConfirmed(this.current, ids));
  }

  readonly retryNow = (): void => {
    clearTimeout(this.timer);
    void this.work();
  };

  stop(): void {
    clearTimeout(this.timer);
  }

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    try {
      for (let item = this.next(); item; item = this.next()) await this.post(item);
      this.failures = 0;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.postpone(error);
    } finally {
      this.working = false;
    }
  }

  private next(): outboxes.OutboxItem | undefined {
    return outboxes.nextToSend(this.current);
  }

  private async post(item: outboxes.OutboxItem): Promise<void> {
    const { clientMessageId, text, attachments } = item;
    const file_ids = attachments.flatMap(({ file_id }) => (file_id ? [file_id] : []));
    try {
      const message = { client_message_id: clientMessageId, text, file_ids };
      this.parts.sent(await this.parts.send(message));
      this.set(outboxes.remove(this.current, clientMessageId));
    } catch (error) {
      if (!(error instanceof ApiError) || waits(error)) throw error;
      this.set(outboxes.markRefused(this.current, clientMessageId, error.message));
    }
  }

  private postpone(error: ApiError): void {
    this.set(outboxes.markWaiting(this.current));
    if (isUnauthorized(error)) {
      this.parts.loggedOut();
      return;
    }
    this.failures += 1;
    const delay = retryDelay(this.failures, error.retryAfterSeconds, this.parts.random());
    this.timer = setTimeout(this.retryNow, delay);
  }

  private set(outbox: outboxes.Outbox): void {
    if (outbox === this.current) return;
    this.current = outbox;
    this.kept.save(outbox);
    for (const listener of this.listeners) listener();
  }

  /** A full storage costs no message, only its survival of a reload; the composer says so. */
  private put(key: string, value: string): void {
    try {
      this.parts.storage.setItem(key, value);
    } catch (cause) {
      if (!(cause instanceof DOMException)) throw cause;
    }
  }
}
