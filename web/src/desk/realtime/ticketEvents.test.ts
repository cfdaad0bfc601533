import { describe, expect, it } from "vitest";
import type { TicketPage, TicketSummary } from "../../api/types";
import { noFilters } from "../tickets/filters";
import { applyChanged, applyFiled } from "./ticketEvents";

function ticket(number: string, values: Partial<TicketSummary> = {}): TicketSummary {
  return {
    number,
    kind: "quality_complaint",
    secondary_kind: null,
    stage: "recorded",
    severity: "minor",
    hazard: false,
    intake: "complete",
    title: "t",
    customer_name: null,
    phone_masked: null,
    channel: "web",
    conversation_id: "c",
    department: null,
    priority: "normal",
    level: "agent",
    assignee: null,
    version: 1,
    created_at: "2026-11-23T02:00:00Z",
    updated_at: "2026-11-23T02:00:00Z",
    ...values,
  };
}
const listOf = (...numbers: string[]): TicketPage => ({
  items: numbers.map((number) => ticket(number)),
  total: numbers.length,
  page: 1,
  page_size: 2,
});
const numbers = (list: TicketPage) => list.items.map((item) => item.number);

describe("a filed ticket", () => {
  it("goes to the top of the first page and pushes the last one off", () => {
    const { list, effect } = applyFiled(listOf("2", "1"), noFilters, ticket("3"));
    expect([numbers(list), list.total, effect]).toEqual([["3", "2"], 3, "inserted"]);
  });

  it("only counts on a later page", () => {
    const { list, effect } = applyFiled(listOf("2"), { ...noFilters, page: 2 }, ticket("3"));
    expect([numbers(list), list.total, effect]).toEqual([["2"], 2, "hidden"]);
  });

  it("stays out when the filter excludes it", () => {
    const before = listOf("2");
    expect(applyFiled(before, { ...noFilters, kind: "suggestion" }, ticket("3"))).toEqual({
      list: before,
      effect: "none",
    });
  });

  it("is only announced while a text is searched, which we cannot do here", () => {
    const before = listOf("2");
    const { list, effect } = applyFiled(before, { ...noFilters, text: "冒烟" }, ticket("3"));
    expect([list, effect]).toEqual([before, "hidden"]);
  });

  it("is not inserted twice when a fetch was faster", () => {
    const { list, effect } = applyFiled(listOf("3", "2"), noFilters, ticket("3", { title: "x" }));
    expect([numbers(list), list.total, effect]).toEqual([["3", "2"], 2, "updated"]);
  });
});

describe("a changed ticket", () => {
  it("changes its row", () => {
    const { list, effect } = applyChanged(listOf("2", "1"), noFilters, ticket("1", { title: "x" }));
    expect([list.items[1]?.title, effect]).toEqual(["x", "updated"]);
  });

  it("does not go back to an older state", () => {
    const late = ticket("1", { title: "x", updated_at: "2026-11-23T01:00:00Z" });
    expect(applyChanged(listOf("1"), noFilters, late).effect).toBe("none");
  });

  it("makes a list stale that it leaves or may enter", () => {
    const filters = { ...noFilters, stage: "recorded" as const };
    const judged = ticket("1", { stage: "judged" });
    expect(applyChanged(listOf("1"), filters, judged).effect).toBe("stale");
    expect(applyChanged(listOf("2"), { ...filters, stage: "judged" }, judged).effect).toBe("stale");
  });

  it("concerns no list that it is not on", () => {
    expect(applyChanged(listOf("2"), noFilters, ticket("1")).effect).toBe("none");
  });
});
