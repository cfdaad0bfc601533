import { describe, expect, it } from "vitest";
import { countCharacters, isBlank, storableText } from "./text";

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
