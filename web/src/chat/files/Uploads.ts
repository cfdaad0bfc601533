/**
 * Files on their way to the server. What is picked together is sent together, as one message, once
 * all of it has arrived; what fails stays to be tried again and does not hold up the rest.
 */
import { ApiError, isTemporary } from "../../api/errors";
import type { Attachment } from "../../api/types";
import { chatWords } from "../../messages/chat.zh-CN";
import { isPicture, MOST_AT_ONCE, refusal } from "./limits";

export type UploadStatus = "uploading" | "arrived" | "failed" | "refused";

export interface UploadItem {
  readonly id: string;
  readonly batch: string;
  readonly file: File;
  readonly picture: boolean;
  readonly startedAt: number;
  readonly status: UploadStatus;
  /** Between 0 and 1. */
  readonly progress: number;
  readonly reason: string | null;
  readonly attachment: Attachment | null;
}

export interface UploadsParts {
  upload(file: File, onProgress: (part: number) => void, signal: AbortSignal): Promise<Attachment>;
  prepare(file: File): Promise<File>;
  newId(): string;
  now(): number;
  /** Says a message that carries these. */
  send(attachments: readonly Attachment[]): void;
}

export class Uploads {
  private readonly parts: UploadsParts;
  private readonly listeners = new Set<() => void>();
  private readonly running = new Map<string, AbortController>();
  private items: readonly UploadItem[] = [];

  constructor(parts: UploadsParts) {
    this.parts = parts;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getSnapshot = (): readonly UploadItem[] => this.items;

  /** Takes picked files; those beyond the most that a message carries are refused, not forgotten. */
  add(files: readonly File[]): void {
    const batch = this.parts.newId();
    const added = files.map((file, place): UploadItem => {
      const reason = place < MOST_AT_ONCE ? refusal(file) : chatWords.files.tooMany(MOST_AT_ONCE);
      return {
        id: this.parts.newId(),
        batch,
        file,
        picture: isPicture(file),
        startedAt: this.parts.now(),
        status: reason === null ? "uploading" : "refused",
        progress: 0,
        reason,
        attachment: null,
      };
    });
    this.set([...this.items, ...added]);
    for (const item of added) if (item.status === "uploading") void this.run(item);
  }

  retry(id: string): void {
    const item = this.items.find((each) => each.id === id);
    if (item?.status !== "failed") return;
    const again = {
      status: "uploading",
      progress: 0,
      reason: null,
      batch: this.parts.newId(),
    } as const;
    this.change(id, again);
    void this.run({ ...item, ...again });
  }

  discard(id: string): void {
    const item = this.items.find((each) => each.id === id);
    this.running.get(id)?.abort();
    this.set(this.items.filter((each) => each.id !== id));
    if (item) this.sendIfComplete(item.batch);
  }

  private async run(item: UploadItem): Promise<void> {
    const controller = new AbortController();
    this.running.set(item.id, controller);
    try {
      const file = await this.parts.prepare(item.file);
      const onProgress = (progress: number) => this.change(item.id, { progress });
      const attachment = await this.parts.upload(file, onProgress, controller.signal);
      this.change(item.id, { status: "arrived", progress: 1, attachment });
    } catch (error) {
      if (controller.signal.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      const status = isTemporary(error) || error.status === 401 ? "failed" : "refused";
      this.change(item.id, { status, reason: error.message });
    } finally {
      this.running.delete(item.id);
    }
    this.sendIfComplete(item.batch);
  }

  private sendIfComplete(batch: string): void {
    const together = this.items.filter((item) => item.batch === batch);
    if (together.some((item) => item.status === "uploading")) return;
    const arrived = together.flatMap((item) => (item.attachment ? [item.attachment] : []));
    if (arrived.length === 0) return;
    this.set(this.items.filter((item) => item.batch !== batch || item.status !== "arrived"));
    this.parts.send(arrived);
  }

  private change(id: string, changes: Partial<UploadItem>): void {
    this.set(this.items.map((item) => (item.id === id ? { ...item, ...changes } : item)));
  }

  private set(items: readonly UploadItem[]): void {
    this.items = items;
    for (const listener of this.listeners) listener();
  }
}
