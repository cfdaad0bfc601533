import { describe, expect, it } from "vitest";
import { applyCard, belongs, type ListFilter, neighbour, waitedSeconds, waitTone } from "./cards";
import { card } from "./testing";

const queue: ListFilter = { view: "queue", group: null, text: "" };
const mine: ListFilter = { view: "mine", group: null, text: "" };
const ids = (items: readonly { id: string }[]) => items.map((each) => each.id);
const li = { username: "li", display_name: "李工" };

describe("belongs", () => {
  it.each([
    ["mine", card("a", { owner: "agent", agent: li }), "yes"],
    ["mine", card("a", { owner: "agent", agent: { ...li, username: "wang" } }), "no"],
    ["queue", card("a"), "yes"],
    ["queue", card("a", { closed_at: "2026-11-23T03:00:00Z" }), "no"],
    ["bot", card("a", { owner: "bot" }), "yes"],
    ["all", card("a", { owner: "bot" }), "yes"],
    ["closed", card("a", { closed_at: "2026-11-23T03:00:00Z" }), "yes"],
  ] as const)("%s: %#", (view, given, expected) => {
    expect(belongs(given, { ...mine, view }, "li")).toBe(expected);
  });

  it("keeps groups apart and leaves a search to the server", () => {
    expect(belongs(card("a"), { ...queue, group: "service" }, "li")).toBe("no");
    expect(belongs(card("a"), { ...queue, text: "冒烟" }, "li")).toBe("maybe");
  });
});

describe("applyCard", () => {
  it("puts danger first, then weight, then who has waited longest", () => {
    const waiting = [
      card("late", { waiting_since: "2026-11-23T02:05:00Z" }),
      card("early", { waiting_since: "2026-11-23T02:01:00Z" }),
      card("urgent", { priority: "urgent", waiting_since: "2026-11-23T02:09:00Z" }),
      card("danger", {
        waiting_since: "2026-11-23T02:10:00Z",
        understanding: { kind: null, signals: { hazard: true } },
      }),
    ];
    const items = waiting.reduce<ReturnType<typeof card>[]>(
      (before, each) => applyCard(before, queue, each, "li").items,
      [],
    );
    expect(ids(items)).toEqual(["danger", "urgent", "early", "late"]);
  });

  it("lets a claimed conversation leave the queue and come to its owner", () => {
    const claimed = card("a", { owner: "agent", agent: li, version: 2 });
    expect(applyCard([card("a")], queue, claimed, "li")).toEqual({ items: [], moved: true });
    expect(ids(applyCard([], mine, claimed, "li").items)).toEqual(["a"]);
    expect(applyCard([], mine, claimed, "wang").items).toEqual([]);
  });

  it("is not changed by what is older or repeated", () => {
    const items = [card("a", { version: 3, last_seq: 9 })];
    expect(applyCard(items, queue, card("a", { version: 2 }), "li").items).toBe(items);
    expect(applyCard(items, queue, card("a", { version: 3, last_seq: 8 }), "li").items).toBe(items);
    expect(applyCard(items, queue, items[0] ?? card("b"), "li").items).toEqual(items);
  });

  it("does not bring into a search what may not fit", () => {
    expect(applyCard([], { ...queue, text: "x" }, card("a"), "li").items).toEqual([]);
  });
});

it("walks through a list and stays at its ends", () => {
  const items = [card("a"), card("b")];
  expect(neighbour(items, null, 1)).toBe("a");
  expect(neighbour(items, "a", 1)).toBe("b");
  expect(neighbour(items, "b", 1)).toBeNull();
  expect(neighbour(items, "b", -1)).toBe("a");
  expect(neighbour([], "b", -1)).toBeNull();
});

it("counts the wait of those who wait", () => {
  const now = Date.parse("2026-11-23T02:01:05Z");
  expect(waitedSeconds(card("a"), now)).toBe(65);
  expect(waitedSeconds(card("a", { owner: "bot" }), now)).toBeNull();
  expect([59, 60, 180].map(waitTone)).toEqual(["calm", "warned", "over"]);
});
