import { expect, it } from "vitest";
import type { TicketStage } from "../../api/types";
import { stageSteps } from "./stageSteps";

const entry = (stage: TicketStage, at = "t", actor_name: string | null = null) => ({
  at,
  actor_name,
  after: { stage },
});
const statuses = (stage: TicketStage, ...history: TicketStage[]) =>
  stageSteps(
    stage,
    history.map((each) => entry(each)),
  ).steps.map((step) => step.status[0]);

it("has finished all up to the present step", () => {
  expect(statuses("investigated").join("")).toBe("ffffwwww");
  expect(statuses("improved").join("")).toBe("ffffffff");
  expect(statuses("recorded").join("")).toBe("fwwwwwww");
});

it("ends with an error where a ticket was rejected or cancelled", () => {
  expect(statuses("rejected", "recorded", "judged", "rejected").join("")).toBe("fewwwwww");
  expect(statuses("cancelled", "recorded", "cancelled").join("")).toBe("ewwwwwww");
  expect(statuses("cancelled").join("")).toBe("ewwwwwww");
});

it("starts over when reopened, whatever happened before", () => {
  expect(statuses("reopened", "recorded", "settled", "reopened").join("")).toBe("fwwwwwww");
  const again = statuses("cancelled", "settled", "reopened", "cancelled");
  expect(again.join("")).toBe("ewwwwwww");
});

it("may step back within the path", () => {
  expect(statuses("investigated", "solution_proposed", "investigated").join("")).toBe("ffffwwww");
});

it("says when and by whom, the last time", () => {
  const { steps } = stageSteps("judged", [
    entry("recorded", "t1"),
    entry("judged", "t2", "甲"),
    entry("judged", "t3", "乙"),
  ]);
  expect(steps[1]).toMatchObject({ at: "t3", actor: "乙" });
  expect(steps[2]).toMatchObject({ at: null, actor: null });
});
