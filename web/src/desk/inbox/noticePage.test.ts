import { expect, it } from "vitest";
import { noticePage } from "./noticePage";

it.each([
  ["26112300017", "agent", "/tickets/26112300017"],
  [null, "supervisor", "/wall"],
  [null, "agent", "/register"],
] as const)("a notice about %s leads %s to %s", (ticket_number, role, page) => {
  expect(noticePage({ ticket_number }, role)).toBe(page);
});
