import { expect, it } from "vitest";
import type { NextClock, NextClocks } from "../../api/types";
import { counted, wallRows } from "./wallRows";

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

const MINUTE = 60_000;
const answered = (items: NextClock[], counts: Pick<NextClocks, "total" | "breached" | "warned">) =>
  ({ items, now: new Date(NOW).toISOString(), ...counts }) as NextClocks;

it("counts what stands beyond the rows, too", () => {
  const answer = answered([clock("a", -1, "breached"), clock("b", 5, "warned")], {
    total: 950,
    breached: 300,
    warned: 50,
  });
  expect(counted(answer, 0)).toEqual({ breached: 300, warned: 50, running: 600 });
});

it("counts what has run out since the server answered", () => {
  const items = [clock("a", -1, "breached"), clock("b", 1, "warned"), clock("c", 1), clock("d", 9)];
  const answer = answered(items, { total: 4, breached: 1, warned: 1 });
  expect(counted(answer, MINUTE - 1)).toEqual({ breached: 1, warned: 1, running: 2 });
  expect(counted(answer, MINUTE)).toEqual({ breached: 3, warned: 0, running: 1 });
});
