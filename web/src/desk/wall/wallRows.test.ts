import { expect, it } from "vitest";
import type { NextClock } from "../../api/types";
import { countStates, wallRows } from "./wallRows";

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
