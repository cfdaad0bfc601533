import { describe, expect, it } from "vitest";
import { formatRelative, formatShortTime, formatTime } from "./time";

const NOW = Date.parse("2026-11-23T02:00:00Z"); // 10:00 in Shanghai

it("shows Shanghai time, also across midnight", () => {
  expect(formatTime("2026-11-22T16:00:05Z")).toBe("2026-11-23 00:00:05");
});

it("leaves alone what is no time", () => {
  expect(formatTime("上周三")).toBe("上周三");
  expect(formatRelative("上周三", NOW)).toBe("上周三");
});

it("leaves out this year", () => {
  expect(formatShortTime("2026-03-01T00:00:00Z", NOW)).toBe("03-01 08:00");
  expect(formatShortTime("2025-03-01T00:00:00Z", NOW)).toBe("2025-03-01 08:00");
});

describe("formatRelative", () => {
  it.each([
    ["2026-11-23T02:00:30Z", "刚刚"],
    ["2026-11-23T01:59:30Z", "刚刚"],
    ["2026-11-23T01:45:00Z", "15 分钟前"],
    ["2026-11-22T22:00:00Z", "4 小时前"],
    ["2026-11-22T15:59:00Z", "昨天 23:59"],
    ["2026-11-21T15:00:00Z", "2 天前"],
    ["2026-11-18T02:00:00Z", "5 天前"],
    ["2026-11-01T02:00:00Z", "11-01 10:00"],
  ])("%s is %s", (iso, words) => {
    expect(formatRelative(iso, NOW)).toBe(words);
  });
});
