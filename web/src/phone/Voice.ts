/** How far a voice has come with what it says, at the pace of a person. */
const CHARACTER_MS = 200;

export class Voice {
  #words = "";
  #from = 0;
  #until = 0;
  #interruptible = true;

  /** Say this next. Times are milliseconds. */
  add(words: string, now: number, interruptible: boolean): void {
    if (now >= this.#until) {
      this.#words = "";
      this.#from = now;
      this.#until = now;
    }
    this.#words += words;
    this.#until += words.length * CHARACTER_MS;
    this.#interruptible = interruptible;
  }

  /** Stop it: what was heard of it; nothing if it is over, or must be heard. */
  cut(now: number): { words: string; ms: number } | null {
    if (now >= this.#until || !this.#interruptible) return null;
    const ms = now - this.#from;
    this.#until = now;
    return { words: this.#words.slice(0, Math.floor(ms / CHARACTER_MS)), ms };
  }
}
