import { expect, it } from "vitest";
import { formatBytes } from "./sizes";

it("says sizes as people do", () => {
  expect([1, 1024, 511_000, 1_048_576, 20_971_520].map(formatBytes)).toEqual([
    "1 KB",
    "1 KB",
    "499 KB",
    "1.0 MB",
    "20.0 MB",
  ]);
});
