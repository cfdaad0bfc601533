import { expect, it } from "vitest";
import { inquiryOf } from "./inquiry";

it("asks by what is known of the product", () => {
  const details = { product: "热水器", serial_number: " YSR1 ", purchase_date: "2026-10" };
  expect(inquiryOf(details)).toEqual({
    product: "热水器",
    model: null,
    serial: "YSR1",
    purchase_date: "2026-10",
  });
});

it("leaves out a date that is none, so that the rest is answered", () => {
  expect(inquiryOf({ product: "热水器", purchase_date: "去年夏天" })?.purchase_date).toBeNull();
});

it("does not ask when nothing names a product", () => {
  expect(inquiryOf({ fault: "漏水", model: "  " })).toBeNull();
});
