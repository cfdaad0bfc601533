import { describe, expect, it } from "vitest";
import { countCharacters, FOLD_AFTER, foldText, isBlank, measureText, storableText } from "./text";

it("counts characters, not UTF-16 units", () => {
  expect(countCharacters("a😀中")).toBe(3);
});

describe("storableText", () => {
  it("leaves the customer's words alone", () => {
    const words = "  气死我了！！😀\n第二行\t<b>";
    expect(storableText(words)).toBe(words);
  });

  it("replaces broken halves and drops NUL", () => {
    expect(storableText("a\ud83d b\u0000c")).toBe("a\ufffd bc");
    expect(storableText("\ude00")).toBe("\ufffd");
  });
});

it("knows a blank message", () => {
  expect(isBlank(" \n\u3000")).toBe(true);
  expect(isBlank("。")).toBe(false);
});

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
