import { beforeEach, describe, expect, it } from "vitest";
import { type Address, HeldKeys, type Hotkeys } from "./HeldKeys";

let address: Address;
let inFront: boolean;
let now: number;
let done: string[];
let held: HeldKeys;

const page = (path: string, entry = path): Address => ({ entry, path });

/** Keys that say which page did what. */
const keysOf = (name: string): Hotkeys => ({
  c: () => done.push(`${name} c`),
  t: () => done.push(`${name} t`),
  "g t": () => done.push(`${name} g t`),
  j: () => {
    done.push(`${name} j`);
    address = page(`after ${name}`);
  },
});

beforeEach(() => {
  address = page("one");
  inFront = false;
  now = 0;
  done = [];
  held = new HeldKeys({ address: () => address, free: () => !inFront, now: () => now });
  held.draw(keysOf("one"), page("one"));
});

describe("on a page that is drawn", () => {
  it("acts at once, and says so", () => {
    expect([held.press("c", 0), held.press("z", 0)]).toEqual([true, false]);
    expect(done).toEqual(["one c"]);
  });

  it("knows two in a row, and does not take the second for a single one", () => {
    held.press("g", 0);
    held.press("t", 500);
    expect(done).toEqual(["one g t"]);
    held.press("g", 1_000);
    held.press("c", 1_100);
    expect(done).toEqual(["one g t"]);
    held.press("g", 2_000);
    held.press("t", 4_000);
    expect(done).toEqual(["one g t", "one t"]);
  });
});

describe("between a change of the address and the drawing of its page", () => {
  it("does nothing to the old page, and gives the key to the new one", () => {
    held.press("j", 0);
    held.press("c", 10);
    held.draw(keysOf("one"), page("one")); // the old page is drawn once more before it goes
    expect(done).toEqual(["one j"]);
    held.draw(keysOf("two"), page("after one"));
    expect(done).toEqual(["one j", "two c"]);
  });

  it("goes on in order where a key that waited changes the address again", () => {
    for (const key of ["j", "j", "c"]) held.press(key, 0);
    held.draw(keysOf("two"), page("after one"));
    expect(done).toEqual(["one j", "two j"]);
    held.draw(keysOf("three"), page("after two"));
    expect(done).toEqual(["one j", "two j", "three c"]);
  });

  it("forgets what waited too long", () => {
    held.press("j", 0);
    held.press("c", 10);
    now = 5_000;
    held.draw(keysOf("two"), page("after one"));
    expect(done).toEqual(["one j"]);
  });

  it("does nothing under a dialog that the new page opened", () => {
    held.press("j", 0);
    held.press("c", 10);
    inFront = true;
    held.draw(keysOf("two"), page("after one"));
    expect(done).toEqual(["one j"]);
  });

  it("acts at once where only what is searched has changed: it is the same page", () => {
    address = page("one", "another search");
    held.press("c", 0);
    expect(done).toEqual(["one c"]);
  });

  it("keeps two in a row together", () => {
    held.press("j", 0);
    held.press("g", 10);
    held.press("t", 20);
    held.draw(keysOf("two"), page("after one"));
    expect(done).toEqual(["one j", "two g t"]);
  });
});
