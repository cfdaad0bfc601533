import { describe, expect, it } from "vitest";
import type { TicketDetail } from "../../api/types";
import {
  correction,
  fieldPath,
  initialValues,
  stepBody,
  toggled,
  typedOnly,
  withTyped,
} from "./stepValues";

const ticket = {
  version: 7,
  kind: "quality_complaint",
  secondary_kind: null,
  severity: "minor",
  hazard: false,
  intake: "complete",
  demand: "exchange",
  assignee: null,
  department: "客服一线",
  details: { product: "热水器", fault: "漏水" },
  contact: { name: "王女士", phone: null, address: null },
  route: { department: "质量部", rule: "quality", source: "R3b-28" },
  case: {
    responsible_person: null,
    customer_accepted: false,
    solution: "上门修理",
    compensate_first: false,
    claim_amount: "80.00",
  },
} as unknown as TicketDetail;

describe("initialValues", () => {
  it("starts with what is on record", () => {
    expect(initialValues("propose", ticket)).toEqual({ solution: "上门修理" });
    expect(initialValues("set_responsibility", ticket)).toEqual({ department: "质量部" });
  });

  it("asks anew what has to be said each time", () => {
    expect(initialValues("settle", ticket)).toEqual({});
  });

  it("does not decide the kind of a bare transcript for the agent", () => {
    expect(initialValues("judge", ticket).kind).toBe("quality_complaint");
    expect(initialValues("judge", { ...ticket, intake: "raw" }).kind).toBeUndefined();
  });
});

describe("stepBody", () => {
  it("sends what is filled in, trimmed, with the version that was seen", () => {
    const values = { solution: " 换新 ", solution_amount: "0.00", concession: null, note: "  " };
    expect(stepBody("propose", values, 7)).toEqual({
      version: 7,
      solution: "换新",
      solution_amount: "0.00",
    });
  });

  it("sends a plain no", () => {
    expect(stepBody("judge", { demand_reasonable: false }, 1)).toEqual({
      version: 1,
      demand_reasonable: false,
    });
  });

  it("leaves out what is not asked when the customer refuses", () => {
    const values = { customer_accepted: false, reaction: "不同意", carried_out: "已修" };
    expect(stepBody("settle", values, 1)).not.toHaveProperty("carried_out");
    expect(stepBody("settle", { ...values, customer_accepted: true }, 1).carried_out).toBe("已修");
  });
});

it("sends a moment by the clock of Shanghai", () => {
  expect(stepBody("record_callback", { reached: false, at: "2026-11-23T10:05" }, 3)).toEqual({
    version: 3,
    reached: false,
    at: "2026-11-23T10:05:00+08:00",
  });
});

describe("correction", () => {
  const unchanged = initialValues("correct_facts", ticket);

  it("sends nothing when nothing was changed", () => {
    expect(correction(unchanged, ticket)).toEqual({ version: 7 });
  });

  it("sends only what differs, and null for what was emptied", () => {
    const values = {
      ...unchanged,
      customer_name: "",
      phone: "13812345678",
      claim_amount: "80.00",
      details: { product: "热水器", fault: "", model: "JSQ30" },
    };
    expect(correction(values, ticket)).toEqual({
      version: 7,
      customer_name: null,
      phone: "13812345678",
      details: { fault: null, model: "JSQ30" },
    });
  });
});

describe("what was typed", () => {
  const before = {
    severity: "minor",
    note: undefined,
    details: { product: "热水器", fault: "漏水" },
  };
  const values = {
    severity: "minor",
    note: "急",
    details: { product: "热水器", fault: undefined },
  };

  it("is kept apart from what stood there", () => {
    expect(typedOnly(values, before)).toEqual({ note: "急", details: { fault: null } });
    expect(typedOnly(before, before)).toEqual({});
  });

  it("is laid over what others have put on record since", () => {
    const now = { severity: "grave", details: { product: "燃气热水器", fault: "漏气" } };
    expect(withTyped(now, typedOnly(values, before))).toEqual({
      severity: "grave",
      note: "急",
      details: { product: "燃气热水器", fault: null },
    });
  });
});

it.each([
  ["judge", "grounds", ["grounds"]],
  ["judge", "product", null],
  ["notify_customer", "approval", null],
  ["correct_facts", "name", ["customer_name"]],
  ["correct_facts", "product", ["details", "product"]],
] as const)("%s lacks %s at %s", (step, fact, path) => {
  expect(fieldPath(step, fact, ["product"])).toEqual(path);
});

it("puts a number in, and takes it out again", () => {
  expect(toggled(["1", "2"], "3")).toEqual(["1", "2", "3"]);
  expect(toggled(["1", "2"], "1")).toEqual(["2"]);
});
