import { expect, it } from "vitest";
import type { Call } from "../../../api/liveTypes";
import { callLine } from "./callLine";

const call = (change: Partial<Call>): Call => ({
  standing: "bot",
  agent_name: null,
  started_at: "2026-11-24T03:00:00Z",
  since: "2026-11-24T03:01:00Z",
  deeds: [],
  ...change,
});
const NOW = Date.parse("2026-11-24T03:03:05Z");

it("says who is on the call and for how long", () => {
  const line = callLine(call({ standing: "spoken", agent_name: "林达" }), NOW);
  expect(line).toContain("林达");
  expect(line).toContain("2 分 5 秒");
});

it("tells a caller on hold from one who is talked to", () => {
  expect(callLine(call({ standing: "held" }), NOW)).not.toBe(
    callLine(call({ standing: "spoken" }), NOW),
  );
});

it("counts no time of a call that is over", () => {
  expect(callLine(call({ standing: "ended" }), NOW)).not.toContain("2 分");
});

it("shows no negative time when clocks differ", () => {
  expect(callLine(call({}), Date.parse("2026-11-24T03:00:30Z"))).toContain("0 秒");
});
