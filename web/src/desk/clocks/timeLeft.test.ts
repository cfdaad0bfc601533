import { describe, expect, it } from "vitest";
import type { Clock } from "../../api/types";
import { formatSpan, mostUrgent, timeLeft } from "./timeLeft";

const NOW = Date.parse("2026-11-23T02:00:00Z");
const inSeconds = (seconds: number) => new Date(NOW + seconds * 1000).toISOString();
const clock = (due: number, counted: number | null, state: Clock["state"] = "running") => ({
  due_at: inSeconds(due),
  remaining_seconds: counted,
  state,
});

describe("timeLeft", () => {
  it("ticks where every second counts", () => {
    const left = timeLeft(clock(3600, 3599), NOW, NOW + 10_000);
    expect(left).toEqual({ seconds: 3590, ticking: true, tone: "calm" });
  });

  it("stands still outside working hours, when less is counted than time passes", () => {
    const left = timeLeft(clock(50_000, 14_400), NOW, NOW + 60_000);
    expect(left).toEqual({ seconds: 14_400, ticking: false, tone: "calm" });
  });

  it("never shows more than the plain time until it is due", () => {
    expect(timeLeft(clock(20_000, 14_400), NOW, NOW + 6_000_000)?.seconds).toBe(14_000);
  });

  it("is over when the moment has passed, whatever the server last said", () => {
    const left = timeLeft(clock(5, 5), NOW, NOW + 65_000);
    expect(left).toMatchObject({ seconds: -60, tone: "over" });
  });

  it("is calm, warned or still as the server says", () => {
    expect(timeLeft(clock(60, 60, "warned"), NOW, NOW)?.tone).toBe("warned");
    expect(timeLeft(clock(60, 60, "paused"), NOW, NOW + 90_000)).toEqual({
      seconds: 60,
      ticking: false,
      tone: "still",
    });
  });

  it("has nothing to say about a clock that has stopped", () => {
    expect(timeLeft(clock(60, null, "met"), NOW, NOW)).toBeNull();
  });
});

it.each([
  [65, true, "00:01:05"],
  [90_061, true, "1 天 01:01:01"],
  [11_100, false, "3 小时 5 分"],
  [-240, false, "4 分"],
])("%s seconds (ticking: %s) are %s", (seconds, ticking, words) => {
  expect(formatSpan(seconds, ticking)).toBe(words);
});

describe("mostUrgent", () => {
  it("takes what is due first of what still runs", () => {
    const soon = clock(10, 10);
    expect(mostUrgent([clock(60, 60), soon, clock(1, null, "met")])).toBe(soon);
  });

  it("puts what is over before all, and what is paused after all", () => {
    const over = clock(-10, -10, "breached");
    const paused = clock(1, 1, "paused");
    expect(mostUrgent([paused, clock(5, 5), over])).toBe(over);
    expect(mostUrgent([paused])).toBe(paused);
    expect(mostUrgent([])).toBeNull();
  });
});
