import { describe, expect, it } from "vitest";
import { FOLD_AFTER, foldText, measureText } from "./text";

describe("measureText", () => {
  it.each([
    [4_000, "normal"],
    [4_001, "long"],
    [100_000, "long"],
    [100_001, "tooLong"],
  ])("%i characters are %s", (count, level) => {
    expect(measureText("长".repeat(count)).level).toBe(level);
  });

  it("does not count an emoji twice", () => {
    expect(measureText("😀".repeat(3_000)).level).toBe("normal");
    expect(measureText("😀".repeat(100_000)).level).toBe("long");
  });
});

describe("foldText", () => {
  it("folds only long texts", () => {
    expect(foldText("a".repeat(FOLD_AFTER))).toBeNull();
    expect(foldText("a".repeat(FOLD_AFTER + 1))).toHaveLength(FOLD_AFTER);
  });

  it("never cuts an emoji in half", () => {
    const text = `${"a".repeat(FOLD_AFTER - 1)}😀b`;
    expect(foldText(text)).toBe("a".repeat(FOLD_AFTER - 1));
  });
});
