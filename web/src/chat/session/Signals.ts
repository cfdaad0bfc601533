/** What the page tells whoever answers, over the socket and only as a hint: typing, and what was read. */
import type { ChatSocket } from "./socket";

/** While the customer keeps writing, the other side is told so this often. */
const TYPING_EVERY_MS = 3_000;

export class Signals {
  private readonly now: () => number;
  private toldTypingAt: number | null = null;
  private seenSeq = 0;

  constructor(now: () => number) {
    this.now = now;
  }

  typing(socket: ChatSocket | null, active: boolean): void {
    const now = this.now();
    if (active && this.toldTypingAt !== null && now - this.toldTypingAt < TYPING_EVERY_MS) return;
    if (!active && this.toldTypingAt === null) return;
    this.toldTypingAt = active ? now : null;
    socket?.say("typing", { active });
  }

  seen(socket: ChatSocket | null, seq: number): void {
    if (seq <= this.seenSeq || !socket) return;
    this.seenSeq = seq;
    socket.say("seen", { seq });
  }

  /** Another conversation begins. */
  forget(): void {
    this.toldTypingAt = null;
    this.seenSeq = 0;
  }
}
