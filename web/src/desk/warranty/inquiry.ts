/** What a ticket tells about a product, as the warranty is asked about. Pure. */
import type { TicketDetail, WarrantyInquiry } from "../../api/types";

const DAY = /^\d{4}(-\d{2}(-\d{2})?)?$/;
const LONGEST = 100;

/** Null where not even the product is known. Dates in other words than digits are left out. */
export function inquiryOf(details: TicketDetail["details"]): WarrantyInquiry | null {
  const text = (name: string) => {
    const value = details[name]?.trim();
    return value && value.length <= LONGEST ? value : null;
  };
  const product = text("product");
  const model = text("model");
  const serial = text("serial_number");
  if (product === null && model === null && serial === null) return null;
  const bought = text("purchase_date");
  return {
    product,
    model,
    serial,
    purchase_date: bought !== null && DAY.test(bought) ? bought : null,
  };
}
