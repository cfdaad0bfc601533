import { describe, expect, it } from "vitest";
import { retryDelay } from "./backoff";

describe("retryDelay", () => {
  it("doubles up to a limit", () => {
    const delays = [1, 2, 3, 4, 5, 6, 50].map((failures) => retryDelay(failures, null, 0.5));
    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000]);
  });

  it("spreads by a quarter to both sides", () => {
    expect(retryDelay(1, null, 0)).toBe(750);
    expect(retryDelay(1, null, 1)).toBe(1_250);
  });

  it("waits at least as long as the server asks", () => {
    expect(retryDelay(1, 60, 0.5)).toBe(60_000);
  });
});
