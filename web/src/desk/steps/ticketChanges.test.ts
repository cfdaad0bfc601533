import { expect, it } from "vitest";
import type { TicketDetail } from "../../api/types";
import { entriesSince, matters } from "./ticketChanges";

const ticket = (values: object = {}) =>
  ({
    version: 1,
    stage: "recorded",
    case: { urged: 0 },
    timeline: [{ position: 1 }],
    ...values,
  }) as unknown as TicketDetail;

it("does not bother anybody about a warning of a clock", () => {
  const now = ticket({ version: 2, timeline: [{ position: 1 }, { position: 2 }] });
  expect(matters(ticket(), now)).toBe(false);
});

it("notices a step that somebody else took, and which entries are new", () => {
  const now = ticket({ stage: "judged", timeline: [{ position: 1 }, { position: 2 }] });
  expect(matters(ticket(), now)).toBe(true);
  expect(entriesSince(ticket(), now).map((entry) => entry.position)).toEqual([2]);
});

it("notices a changed fact of the case", () => {
  expect(matters(ticket(), ticket({ case: { urged: 1 } }))).toBe(true);
});
