/**
 * One customer's conversation: opens or continues it, sends what is in the outbox in order, merges
 * what arrives, and carries on by itself after every kind of outage. One worker does all requests
 * one after the other, so nothing overtakes anything.
 */
import { ApiError } from "../../api/errors";
import type { Attachment, MessageEvent } from "../../api/types";
import type { Credentials } from "../../api/webchat";
import { chatWords } from "../../messages/chat.zh-CN";
import { retryDelay } from "../../shared/backoff";
import {
  emptyLog,
  hasGap,
  lastSeq,
  type MessageLog,
  receive,
  receiveAllSince,
} from "../../shared/messageLog";
import * as outboxes from "../../shared/outbox";
import { storableText } from "../../shared/text";
import { classifyFailure, shouldPoll } from "../model/retry";
import { type ChatSnapshot, ChatState } from "./ChatState";
import { hearing } from "./hearing";
import type { ChatSessionParts } from "./parts";
import { Signals } from "./Signals";
import type { ChatSocket } from "./socket";

const TICK_MS = 5_000;

/** The conversation was exchanged for another while a request was under way. */
class Superseded extends Error {}

export class ChatSession {
  private readonly parts: ChatSessionParts;
  private readonly state: ChatState;
  private readonly signals: Signals;
  private credentials: Credentials | null;
  private socket: ChatSocket | null = null;
  private connected = false;
  private socketRefused = false;
  /** There may be messages that we have not seen. */
  private behind = true;
  private working = false;
  private again = false;
  private failures = 0;
  /** Conversations lost in a row without one request that succeeded. */
  private losses = 0;
  private lastSyncAt = 0;
  private unansweredSince: number | null = null;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private ticker: ReturnType<typeof setInterval> | undefined;

  constructor(parts: ChatSessionParts) {
    this.parts = parts;
    this.state = new ChatState(parts.store);
    this.signals = new Signals(parts.now);
    this.credentials = parts.store.loadCredentials();
  }

  readonly subscribe = (listener: () => void): (() => void) => this.state.subscribe(listener);
  readonly getSnapshot = (): ChatSnapshot => this.state.snapshot;

  start(): void {
    this.ticker = setInterval(this.tick, TICK_MS);
    if (this.credentials) this.openSocket(this.credentials);
    void this.work();
  }

  stop(): void {
    clearInterval(this.ticker);
    clearTimeout(this.retryTimer);
    this.state.setTyping(null);
    this.closeSocket();
  }

  send(text: string, attachments: readonly Attachment[] = []): void {
    this.noteTyping("");
    const entry = {
      clientMessageId: this.parts.newId(),
      text: storableText(text),
      queuedAt: this.parts.now(),
      attachments,
    };
    this.state.setOutbox(outboxes.enqueue(this.state.snapshot.outbox, entry));
    this.retryNow();
  }

  /**
   * What opens the conversation, for its files.
   *
   * @throws ApiError while there is no conversation yet.
   */
  requireCredentials(): Credentials {
    if (this.credentials) return this.credentials;
    this.retryNow();
    throw new ApiError({ kind: "network", message: chatWords.files.notConnected });
  }

  /** The customer is writing, or has stopped: only a person who answers wants to know. */
  noteTyping(text: string): void {
    const active = text !== "" && this.state.snapshot.standing.owner === "agent";
    this.signals.typing(this.socket, active);
  }

  /** Takes an unsent message back; gives its text. */
  discard(clientMessageId: string): string | null {
    const { outbox } = this.state.snapshot;
    const item = outbox.find((each) => each.clientMessageId === clientMessageId);
    this.state.setOutbox(outboxes.remove(outbox, clientMessageId));
    return item?.text ?? null;
  }

  /** Leaves the conversation and begins a new one; what is unsent goes there. */
  startAnew(): void {
    this.forget(false);
    this.retryNow();
  }

  /** The network may be back. */
  readonly retryNow = (): void => {
    clearTimeout(this.retryTimer);
    void this.work();
  };

  /** The page or the socket was away: there may be news. */
  readonly catchUp = (): void => {
    this.behind = true;
    this.retryNow();
  };

  dismissReplaced(): void {
    this.state.update({ replaced: false });
  }

  private async work(): Promise<void> {
    this.again = true;
    if (this.working) return;
    this.working = true;
    try {
      while (this.again) {
        this.again = false;
        while (await this.step()) clearTimeout(this.retryTimer);
      }
      this.failures = 0;
      this.state.update({ troubled: false });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.postpone(error);
    } finally {
      this.working = false;
    }
  }

  /** Does the most urgent thing; false when there is nothing left to do. */
  private async step(): Promise<boolean> {
    try {
      if (!this.credentials) await this.open();
      else if (this.behind) await this.fetchMissed(this.credentials);
      else {
        const item = outboxes.nextToSend(this.state.snapshot.outbox);
        if (!item) return false;
        await this.post(this.credentials, item);
      }
    } catch (error) {
      if (error instanceof Superseded) return true;
      if (classifyFailure(error) !== "lost" || !this.credentials) throw error;
      this.forget(true);
      this.losses += 1;
      if (this.losses > 1) throw error;
    }
    return true;
  }

  private async open(): Promise<void> {
    const opened = await this.parts.api.open();
    const credentials = { conversationId: opened.conversation_id, token: opened.token };
    this.credentials = credentials;
    this.parts.store.saveCredentials(credentials);
    this.behind = false;
    this.merge(receiveAllSince(emptyLog, 0, opened.messages));
    this.state.markReady();
    this.openSocket(credentials);
  }

  private async fetchMissed(credentials: Credentials): Promise<void> {
    const since = this.state.snapshot.log.contiguousSeq;
    this.behind = false;
    try {
      const missed = await this.parts.api.messagesSince(credentials, since);
      this.requireCurrent(credentials);
      this.losses = 0;
      this.lastSyncAt = this.parts.now();
      this.merge(receiveAllSince(this.state.snapshot.log, since, missed.messages));
      this.state.caughtUp(missed);
    } catch (error) {
      this.behind = true;
      throw error;
    }
  }

  private async post(credentials: Credentials, item: outboxes.OutboxItem): Promise<void> {
    const { clientMessageId, text } = item;
    const fileIds = item.attachments.flatMap((one) => one.file_id ?? []);
    const wait = !this.connected;
    try {
      const answer = await this.parts.api.send(credentials, {
        clientMessageId,
        text,
        fileIds,
        wait,
      });
      this.requireCurrent(credentials);
      this.losses = 0;
      this.merge(receive(this.state.snapshot.log, [answer.message, ...answer.replies]));
      this.state.setOutbox(outboxes.remove(this.state.snapshot.outbox, clientMessageId));
    } catch (error) {
      if (!(error instanceof ApiError) || classifyFailure(error) !== "refused") throw error;
      const { outbox } = this.state.snapshot;
      this.state.setOutbox(outboxes.markRefused(outbox, clientMessageId, error.message));
    }
  }

  private postpone(error: ApiError): void {
    this.failures += 1;
    this.state.setOutbox(outboxes.markWaiting(this.state.snapshot.outbox));
    this.state.update({ troubled: true });
    const delay = retryDelay(this.failures, error.retryAfterSeconds, this.parts.random());
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => void this.work(), delay);
  }

  private requireCurrent(credentials: Credentials): void {
    if (credentials !== this.credentials) throw new Superseded();
  }

  private forget(replaced: boolean): void {
    this.closeSocket();
    this.credentials = null;
    this.behind = false;
    this.unansweredSince = null;
    this.signals.forget();
    this.parts.store.saveCredentials(null);
    this.state.clear(replaced);
  }

  private openSocket(credentials: Credentials): void {
    const listener = hearing(credentials.conversationId, this.state, {
      connected: () => {
        this.connected = true;
        this.socketRefused = false;
        this.catchUp();
      },
      disconnected: () => {
        this.connected = false;
      },
      refused: () => {
        this.connected = false;
        this.socketRefused = true;
        this.catchUp();
      },
      message: (event) => this.take(event),
    });
    this.socket = this.parts.connect(credentials, listener);
  }

  private closeSocket(): void {
    this.socket?.close();
    this.socket = null;
    this.connected = false;
    this.socketRefused = false;
  }

  private take(event: MessageEvent): void {
    this.merge(receive(this.state.snapshot.log, [event.message]));
    if (hasGap(this.state.snapshot.log)) this.catchUp();
  }

  private merge(log: MessageLog): void {
    const unanswered = log.messages[log.messages.length - 1]?.sender === "customer";
    this.unansweredSince = unanswered ? (this.unansweredSince ?? this.parts.now()) : null;
    this.state.setLog(log);
    if (this.parts.visible()) this.noteSeen();
  }

  /** The customer has it before their eyes: remembered here, and told to whoever answers. */
  private noteSeen(): void {
    this.state.markRead();
    this.signals.seen(this.connected ? this.socket : null, lastSeq(this.state.snapshot.log));
  }

  private readonly tick = (): void => {
    const { connected, unansweredSince, lastSyncAt } = this;
    const now = this.parts.now();
    const visible = this.parts.visible();
    if (this.socketRefused && visible) this.socket?.reconnect();
    if (!this.credentials || this.failures > 0) return;
    if (shouldPoll({ connected, visible, now, lastSyncAt, unansweredSince })) this.catchUp();
  };
}
