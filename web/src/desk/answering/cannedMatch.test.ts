import { describe, expect, it } from "vitest";
import type { CannedReply } from "../../api/answering";
import { containing, matching, slashQuery } from "./cannedMatch";

const reply = (shortcut: string, title: string, text = "x"): CannedReply => ({
  id: shortcut,
  shortcut,
  title,
  text,
  group: null,
  used: 0,
});
const REPLIES = [
  reply("工单", "告知工单号"),
  reply("购买", "询问购买日期和凭证", "有发票吗"),
  reply("抱歉", "致歉"),
  reply("bye", "结束语", "再见，有问题再找我们"),
  reply("再见", "道别"),
];
const found = (query: string) => matching(REPLIES, query).map((each) => each.shortcut);

describe("slashQuery", () => {
  it.each([
    ["/", ""],
    ["／购", "购"],
    ["/BYE", "bye"],
    ["/ 购", null],
    ["/购买 了", null],
    ["购/买", null],
    ["/a/b", null],
    ["", null],
    [`/${"长".repeat(31)}`, null],
  ])("reads %j as %j", (text, query) => expect(slashQuery(text)).toBe(query));
});

describe("matching", () => {
  it("offers all, those used most first, while nothing is typed", () => {
    expect(found("")).toEqual(["工单", "购买", "抱歉", "bye", "再见"]);
  });

  it("prefers the shortcut to the title, and both to the text", () => {
    expect(found("再见")).toEqual(["再见", "bye"]);
    expect(found("购")).toEqual(["购买"]);
    expect(found("发票")).toEqual(["购买"]);
  });

  it("takes characters with others between them", () => {
    expect(found("询日")).toEqual(["购买"]);
    expect(found("日询")).toEqual([]);
  });

  it("offers no more than can be overlooked", () => {
    const many = Array.from({ length: 20 }, (_, place) => reply(`r${place}`, "t"));
    expect(matching(many, "r")).toHaveLength(8);
  });
});

it("lists what contains every word", () => {
  expect(containing(REPLIES, "再见 我们").map((each) => each.shortcut)).toEqual(["bye"]);
  expect(containing(REPLIES, "  ")).toHaveLength(5);
});
