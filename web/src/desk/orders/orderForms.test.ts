import { expect, it } from "vitest";
import type { Order } from "../../api/orders";
import { initialValues, orderBody, typedMoment } from "./orderForms";

const order = {
  plan: "上门检查",
  region: "suzhou-city",
  visit_at: "2026-11-23T06:30:00Z",
  technician_id: "t1",
  parts_urgent: false,
  open_quote: "q1",
} as Order;

it("starts with what is on record, times by the clock of Shanghai", () => {
  expect(initialValues("plan", order)).toEqual({
    plan: "上门检查",
    region: "suzhou-city",
    parts_urgent: false,
  });
  expect(initialValues("dispatch", order)).toEqual({
    technician_id: "t1",
    visit_at: "2026-11-23T14:30",
  });
});

it("sends only what is filled in, a time as it was meant", () => {
  const values = { technician_id: "t2", visit_at: "2026-11-24T09:00", note: "  " };
  expect(orderBody("dispatch", values, order)).toEqual({
    technician_id: "t2",
    visit_at: "2026-11-24T09:00:00+08:00",
  });
  expect(Date.parse("2026-11-24T09:00:00+08:00")).toBe(Date.parse("2026-11-24T01:00:00Z"));
  expect(typedMoment("2026-11-24T01:00:00Z")).toBe("2026-11-24T09:00");
});

it("leaves out parts without a name and prices that the table knows", () => {
  const parts = [{ name: " 压缩机 ", unit_price: "" }, undefined, { quantity: 2 }];
  expect(orderBody("quote", { parts }, order)).toEqual({
    parts: [{ name: "压缩机", quantity: 1 }],
  });
});

it("answers the quote that waits", () => {
  expect(orderBody("answer", { answer: "agreed", how: "phone" }, order)).toEqual({
    answer: "agreed",
    how: "phone",
    quote_id: "q1",
  });
});
