import { expect, it } from "vitest";
import type { Clock, NextClock } from "../../api/types";
import { calledTickets, countStates, overdueOf, together, wallRows } from "./wallRows";

const NOW = Date.parse("2026-11-23T02:00:00Z");
const clock = (id: string, minutes: number, state: NextClock["state"] = "running") =>
  ({
    id,
    ticket_number: `${id}-${minutes}`,
    state,
    due_at: new Date(NOW + minutes * 60_000).toISOString(),
  }) as NextClock;

it("puts what is over first, then what is due next", () => {
  const rows = wallRows([clock("c", 30), clock("b", 5), clock("a", -10, "breached")], NOW);
  expect(rows.map((row) => row.id)).toEqual(["a", "b", "c"]);
});

it("counts what is over even before the server has said so", () => {
  const items = [clock("a", -1), clock("b", 5, "warned"), clock("c", 30), clock("d", 40)];
  expect(countStates(items, NOW)).toEqual({ breached: 1, warned: 1, running: 2 });
});

it("finds each ticket once on which a level was called", () => {
  const called = { ...clock("ack_manager", 3), ticket_number: "1" };
  const again = { ...clock("ack_supervisor", 4), ticket_number: "1" };
  expect(calledTickets([called, again, clock("plan", 5)])).toEqual([called]);
});

it("adds what has run out on a ticket and still waits, each clock once", () => {
  const called = clock("ack_manager", 3);
  const over = { id: "plan", state: "breached", remaining_seconds: -60, started_at: "t" };
  const late = { ...over, id: "first_contact", remaining_seconds: null };
  const rows = overdueOf(called, [over, late, { ...over, state: "running" }] as Clock[]);
  expect(rows.map((row) => [row.ticket_number, row.id])).toEqual([[called.ticket_number, "plan"]]);
  expect(together([called, ...rows], rows)).toHaveLength(2);
});
