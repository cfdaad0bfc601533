import { expect, it } from "vitest";
import type { OrderCard } from "../../api/orders";
import { isLate, lanesOf, matchesText } from "./boardLanes";

const NOW = Date.parse("2026-11-23T10:00:00+08:00");
const card = (number: string, more: Partial<OrderCard> = {}) =>
  ({
    number,
    title: "空调不制冷",
    customer_name: "陈女士",
    stage: "planned",
    technician_id: null,
    technician: null,
    region: null,
    visit_at: null,
    promised_on: null,
    overdue: false,
    next_due: null,
    ...more,
  }) as OrderCard;
const keys = (cards: OrderCard[], grouping: Parameters<typeof lanesOf>[1]) =>
  lanesOf(cards, grouping, undefined, NOW)
    .filter((lane) => lane.cards.length > 0)
    .map((lane) => `${lane.key}:${lane.cards.map((one) => one.number).join()}`);

it("groups by where the work stands and keeps the order of work", () => {
  const cards = [card("2"), card("1"), card("3", { stage: "arrived" })];
  expect(keys(cards, "stage")).toEqual(["waiting:2,1", "out:3"]);
});

it("shows the lane of what is over only when something is in it", () => {
  const closed = (cards: OrderCard[]) =>
    lanesOf(cards, "stage", undefined, NOW).some((lane) => lane.key === "closed");
  expect([closed([card("1")]), closed([card("1", { stage: "audited" })])]).toEqual([false, true]);
});

it("groups by technician, those without one first", () => {
  const cards = [card("1", { technician_id: "a", technician: "李工" }), card("2")];
  expect(keys(cards, "technician")).toEqual([":2", "a:1"]);
});

it("groups by the day in Shanghai", () => {
  const out = (number: string, visit_at: string) => card(number, { stage: "dispatched", visit_at });
  const cards = [
    out("late", "2026-11-23T09:00:00+08:00"),
    out("today", "2026-11-23T23:30:00+08:00"),
    out("tomorrow", "2026-11-24T00:30:00+08:00"),
    out("later", "2026-11-26T08:00:00+08:00"),
    card("none", { stage: "signed" }),
  ];
  expect(keys(cards, "due")).toEqual([
    "late:late",
    "today:today",
    "tomorrow:tomorrow",
    "later:later",
    "undated:none",
  ]);
});

it("counts what is late by the visit, or by the ticket's clock while nobody is sent", () => {
  const next_due = { due_at: "2026-11-23T09:00:00+08:00" } as OrderCard["next_due"];
  expect(isLate(card("1", { next_due }), NOW)).toBe(true);
  expect(isLate(card("1", { next_due, stage: "arrived" }), NOW)).toBe(false);
  expect(isLate(card("1", { overdue: true, stage: "taken_in" }), NOW)).toBe(true);
});

it("finds by number, name or title", () => {
  expect(["陈", "不制冷", "261"].map((text) => matchesText(card("2611230001-1"), text))).toEqual([
    true,
    true,
    true,
  ]);
  expect(matchesText(card("1"), "王")).toBe(false);
});
