import type { LiveCommands, LiveEventName, LiveEvents } from "../../api/liveTypes";

export const LIVE_EVENTS: readonly LiveEventName[] = [
  "conversation.changed",
  "conversation.message",
  "conversation.note",
  "conversation.typing",
  "conversation.seen",
  "conversation.watchers",
  "live.call",
  "presence.changed",
  "queue.changed",
];

export type LiveListener = <Name extends LiveEventName>(
  name: Name,
  event: LiveEvents[Name],
) => void;
/** What the server answers to a command, where it answers. */
export interface Answer {
  ok: boolean;
  last_seq?: number;
}
type Send = (name: string, data: unknown, answered?: (answer: Answer) => void) => void;

/** News of live conversations to whoever listens, and the other way what the desk says. */
export class LiveChannel {
  private readonly listeners = new Set<LiveListener>();
  private transport: Send | null = null;

  readonly subscribe = (listener: LiveListener): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  tell: LiveListener = (name, event) => {
    for (const listener of this.listeners) listener(name, event);
  };

  attach(send: Send | null): void {
    this.transport = send;
  }

  /** Hints only: what is said while the connection is away is not kept. */
  send<Name extends keyof LiveCommands>(
    name: Name,
    data: LiveCommands[Name],
    answered?: (answer: Answer) => void,
  ): void {
    this.transport?.(name, data, answered);
  }
}
