/**
 * Keys for the page that is drawn. An address changes before its page is drawn; what is pressed in between is
 * meant for the new page and waits for it, in order, instead of acting on the old one. A page of another kind
 * starts without what was pressed before it was there.
 */

export type Hotkeys = Readonly<Record<string, () => unknown>>;

const SEQUENCE_MS = 1_200;
/** Who has waited longer for a page means something else by now. */
const HELD_MS = 2_000;

/** An entry of the history, and the page that it names: with another search it is the same page still. */
export interface Address {
  entry: string;
  path: string;
}

export interface HeldKeysParts {
  /** The address that holds now, whatever is drawn. */
  address(): Address;
  /** Whether keys are the page's: nothing lies in front of it, nothing is typed into. */
  free(): boolean;
  /** Milliseconds by the clock of the presses. */
  now(): number;
}

interface Press {
  key: string;
  at: number;
}

export class HeldKeys {
  private readonly parts: HeldKeysParts;
  private keys: Hotkeys = {};
  private drawnFor: Address = { entry: "", path: "" };
  private before: Press | null = null;
  private held: Press[] = [];

  constructor(parts: HeldKeysParts) {
    this.parts = parts;
  }

  /** These keys are those of a page drawn for this address: it gets what waited for it. */
  draw(keys: Hotkeys, address: Address): void {
    this.keys = keys;
    this.drawnFor = address;
    while (this.held.length > 0 && this.isDrawn()) {
      const press = this.held.shift();
      if (press && this.parts.now() - press.at <= HELD_MS) this.act(press);
    }
  }

  /** Whether the key does something here, now or as soon as the page is drawn. */
  press(key: string, at: number): boolean {
    if (this.isDrawn()) return this.act({ key, at });
    this.held.push({ key, at });
    return key in this.keys;
  }

  private isDrawn(): boolean {
    const { entry, path } = this.parts.address();
    return this.drawnFor.entry === entry || this.drawnFor.path === path;
  }

  /** A single key, or the second of two in a row such as `g t`. */
  private act(press: Press): boolean {
    const before = this.before;
    this.before = press;
    const inARow = before !== null && press.at - before.at < SEQUENCE_MS;
    const pair = inARow ? `${before.key} ${press.key}` : "";
    const afterGo = inARow && before.key === "g";
    const act = this.keys[pair] ?? (afterGo ? undefined : this.keys[press.key]);
    if (!act || !this.parts.free()) return false;
    act();
    return true;
  }
}
