import { expect, test } from "vitest";
import { Voice } from "./Voice";

test("how far a voice has come when somebody talks over it", () => {
  const voice = new Voice();
  expect(voice.cut(5)).toBeNull();
  voice.add("一二三四五", 10_000, true);
  voice.add("六七八九十", 10_500, true);
  expect(voice.cut(11_000)).toEqual({ words: "一二三四五", ms: 1_000 });
  expect(voice.cut(11_000)).toBeNull();
});

test("what is over, or must be heard, is not interrupted", () => {
  const voice = new Voice();
  voice.add("再见", 20_000, true);
  expect(voice.cut(20_400)).toBeNull();
  voice.add("您说的话会被记录", 30_000, false);
  expect(voice.cut(30_100)).toBeNull();
});
