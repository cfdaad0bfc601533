/**
 * The server announces notices to everybody at the desk and keeps them in the inboxes of those whom they
 * concern: only what is found in one's own inbox is shown. A burst asks once.
 */
import type { InboxItem } from "../../api/types";

const GATHER_MS = 400;

export interface HeraldParts {
  /** What is unread now, the latest first. */
  unread(): Promise<readonly InboxItem[]>;
  /** The inbox could not be asked. */
  failed(error: unknown): void;
}

export type NoticeListener = (notices: readonly InboxItem[]) => void;

export class NoticeHerald {
  private readonly parts: HeraldParts;
  private readonly listeners = new Set<NoticeListener>();
  private heard = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: HeraldParts) {
    this.parts = parts;
  }

  readonly subscribe = (listener: NoticeListener): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  announced(id: string): void {
    this.heard.add(id);
    this.timer ??= setTimeout(() => void this.ask(), GATHER_MS);
  }

  private async ask(): Promise<void> {
    const heard = this.heard;
    this.heard = new Set();
    this.timer = undefined;
    try {
      const own = (await this.parts.unread()).filter((notice) => heard.has(notice.id));
      if (own.length === 0) return;
      for (const listener of this.listeners) listener(own);
    } catch (error) {
      for (const id of heard) this.heard.add(id); // shown with the next that comes
      this.parts.failed(error);
    }
  }
}
