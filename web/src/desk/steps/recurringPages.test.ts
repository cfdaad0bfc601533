import { describe, expect, it } from "vitest";
import type { RecurringTickets } from "../../api/types";
import { nextPage, ticketsOf } from "./recurringPages";

const page = (at: number, numbers: string[], total: number): RecurringTickets => ({
  days: 180,
  page: at,
  total,
  items: numbers.map((number) => ({
    number,
    title: number,
    stage: "settled",
    direct_cause: null,
    created_at: "2026-11-24T01:00:00Z",
  })),
});

describe("tickets of the same cause", () => {
  it("are read on while there are more than were read", () => {
    const [first, second] = [page(1, ["3", "2"], 3), page(2, ["1"], 3)];
    expect(nextPage(first, [first])).toBe(2);
    expect(nextPage(second, [first, second])).toBeUndefined();
  });

  it("are not read on from an empty page, whatever the count says", () => {
    const gone = page(2, [], 9);
    expect(nextPage(gone, [page(1, ["3"], 9), gone])).toBeUndefined();
  });

  it("are named once each", () => {
    const numbers = ticketsOf([page(1, ["3", "2"], 3), page(2, ["2", "1"], 3)]).map(
      (one) => one.number,
    );
    expect(numbers).toEqual(["3", "2", "1"]);
  });
});
