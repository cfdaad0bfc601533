import { expect, it } from "vitest";
import type { TicketDetail } from "../../api/types";
import { recordLines } from "./record";

const record = (values: object) => values as TicketDetail["case"];

it("tells what is known, in words, amounts with their unit", () => {
  const lines = recordLines(
    record({ grounds: "sufficient", claim_amount: "80.00", supplier: null, approval_level: "gm" }),
  );
  expect(lines.map((line) => [line.name, line.words])).toEqual([
    ["grounds", "成立"],
    ["claim_amount", "80.00 元"],
    ["approval_level", "总经理"],
  ]);
});

it("keeps a no that somebody said, and leaves out flags that were never set", () => {
  const lines = recordLines(
    record({
      demand_reasonable: false,
      customer_accepted: false,
      compensate_first: false,
      callback_attempts: 0,
    }),
  );
  expect(lines.map((line) => line.name)).toEqual(["demand_reasonable", "customer_accepted"]);
});

it("gives long texts a line of their own, and leaves out what the page tells elsewhere", () => {
  const lines = recordLines(record({ urged: 3, findings: "接头松动".repeat(8) }));
  expect(lines).toMatchObject([{ name: "findings", long: true }]);
});
