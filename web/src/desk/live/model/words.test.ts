import { expect, it } from "vitest";
import { card, stretch } from "./testing";
import { attachmentName, customerName, fileSize, slotName, stretchLine, waitText } from "./words";

it.each([
  [null, "—"],
  [40, "40 秒"],
  [60, "1 分"],
  [125.9, "2 分 5 秒"],
  [3_720, "1 小时 2 分"],
])("a wait of %s seconds is %s", (seconds, text) => {
  expect(waitText(seconds)).toBe(text);
});

it("tells who had a conversation, and when", () => {
  const line = stretchLine([
    stretch(1, { started_at: "2026-11-23T02:02:00Z", ended_at: "2026-11-23T02:05:10Z" }),
    stretch(4, {
      owner: "queue",
      reason: "customer_asked",
      started_at: "2026-11-23T02:05:10Z",
      ended_at: "2026-11-23T02:05:50Z",
    }),
    stretch(4, {
      owner: "agent",
      agent: { username: "li", display_name: "李工" },
      started_at: "2026-11-23T02:05:50Z",
    }),
  ]);
  expect(line).toBe("小应 10:02–10:05 · 排队 40 秒（客户要求人工） · 李工 10:05–至今");
});

it("tells when a conversation was over", () => {
  expect(stretchLine([stretch(9, { reason: "closed" })])).toBe("会话结束 10:00");
});

it("calls a customer by name, else by phone, else by something short", () => {
  expect(customerName(card("abcdef"))).toBe("访客 abcd");
  expect(customerName(card("abcdef", { channel: "phone" }))).toBe("未显示号码 abcd");
  expect(customerName(card("a", { customer: { name: null, phone: "138****5678" } }))).toBe(
    "138****5678",
  );
  expect(customerName(card("a", { customer: { name: "王女士", phone: "138****5678" } }))).toBe(
    "王女士",
  );
});

it("names what the bot has taken down", () => {
  expect([slotName("fault"), slotName("phone"), slotName("new_slot")]).toEqual([
    "故障现象",
    "电话",
    "new_slot",
  ]);
});

it("tells a file's size", () => {
  expect([10, 2_048, 1_572_864].map(fileSize)).toEqual(["1 KB", "2 KB", "1.5 MB"]);
});

it("names what a message carries", () => {
  expect([
    attachmentName({ kind: "voice", name: "", seconds: 7.6 }),
    attachmentName({ kind: "image", name: "漏水.jpg" }),
    attachmentName({ kind: "location", name: "" }),
    attachmentName({ kind: "file", name: "" }),
  ]).toEqual(["语音 8 秒", "漏水.jpg", "位置", "文件"]);
});
