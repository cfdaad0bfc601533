import { describe, expect, it } from "vitest";
import { errorWords } from "../messages/errors.zh-CN";
import { ApiError, errorFromAnswer, isTemporary, parseRetryAfter } from "./errors";

describe("errorFromAnswer", () => {
  it("takes over the server's words", () => {
    const body = { error: { code: "validation", message: "消息不能为空", fields: { text: "空" } } };
    const error = errorFromAnswer(422, body, null);
    expect([error.code, error.message, error.fields.text]).toEqual([
      "validation",
      "消息不能为空",
      "空",
    ]);
  });

  it.each([null, "<html>", {}, { error: null }, { error: { code: 3 } }])(
    "finds words of its own for %j",
    (body) => {
      const error = errorFromAnswer(502, body, null);
      expect([error.code, error.message]).toEqual(["http_502", errorWords.unavailable]);
    },
  );
});

it.each([
  ["30", 30],
  ["0", 0],
  ["", null],
  [null, null],
  ["Wed, 21 Oct 2026 07:28:00 GMT", null],
  ["-1", null],
])("reads Retry-After %j as %j", (header, seconds) => {
  expect(parseRetryAfter(header)).toBe(seconds);
});

it("tells what will pass from what will not", () => {
  expect(isTemporary(new ApiError({ kind: "network", message: "" }))).toBe(true);
  expect(isTemporary(new ApiError({ kind: "http", status: 500, message: "" }))).toBe(true);
  expect(isTemporary(new ApiError({ kind: "http", status: 404, message: "" }))).toBe(false);
  expect(isTemporary(new Error("bug"))).toBe(false);
});
