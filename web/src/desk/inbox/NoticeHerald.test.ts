import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { InboxItem } from "../../api/types";
import { NoticeHerald } from "./NoticeHerald";

const notice = (id: string) => ({ id }) as InboxItem;
const GATHERED = 1_000;

let inbox: InboxItem[];
let asked: number;
let shown: string[][];
let failures: unknown[];
let herald: NoticeHerald;

beforeEach(() => {
  vi.useFakeTimers();
  inbox = [];
  asked = 0;
  shown = [];
  failures = [];
  herald = new NoticeHerald({
    unread: async () => {
      asked += 1;
      return inbox;
    },
    failed: (error) => failures.push(error),
  });
  herald.subscribe((notices) => shown.push(notices.map(({ id }) => id)));
});
afterEach(() => vi.useRealTimers());

it("shows what is in one's own inbox, and nothing that is somebody else's", async () => {
  inbox = [notice("mine"), notice("old")];
  herald.announced("mine");
  herald.announced("theirs");
  await vi.advanceTimersByTimeAsync(GATHERED);
  expect(shown).toEqual([["mine"]]);
  herald.announced("theirs too");
  await vi.advanceTimersByTimeAsync(GATHERED);
  expect(shown).toEqual([["mine"]]);
});

it("asks once for a burst, and again for what comes later", async () => {
  inbox = [notice("a"), notice("b")];
  herald.announced("a");
  herald.announced("b");
  await vi.advanceTimersByTimeAsync(GATHERED);
  expect(asked).toBe(1);
  inbox = [notice("c"), ...inbox];
  herald.announced("c");
  await vi.advanceTimersByTimeAsync(GATHERED);
  expect([asked, shown]).toEqual([2, [["a", "b"], ["c"]]]);
});

it("hears what is announced while it asks", async () => {
  let answer: (items: InboxItem[]) => void = () => undefined;
  const slow = new NoticeHerald({
    unread: () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
    failed: (error) => failures.push(error),
  });
  slow.subscribe((notices) => shown.push(notices.map(({ id }) => id)));
  slow.announced("a");
  await vi.advanceTimersByTimeAsync(GATHERED);
  slow.announced("b");
  answer([notice("a")]);
  await vi.advanceTimersByTimeAsync(GATHERED);
  answer([notice("b"), notice("a")]);
  await vi.advanceTimersByTimeAsync(0);
  expect(shown).toEqual([["a"], ["b"]]);
});

it("keeps for the next time what it could not ask about", async () => {
  let reachable = false;
  const broken = new NoticeHerald({
    unread: () => (reachable ? Promise.resolve(inbox) : Promise.reject(new Error("gone"))),
    failed: (error) => failures.push(error),
  });
  broken.subscribe((notices) => shown.push(notices.map(({ id }) => id)));
  inbox = [notice("b"), notice("a")];
  broken.announced("a");
  await vi.advanceTimersByTimeAsync(GATHERED);
  expect([failures.map(String), shown]).toEqual([["Error: gone"], []]);
  reachable = true;
  broken.announced("b");
  await vi.advanceTimersByTimeAsync(GATHERED);
  expect(shown).toEqual([["b", "a"]]);
});
