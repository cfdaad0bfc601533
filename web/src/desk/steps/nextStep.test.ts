import { expect, it } from "vitest";
import type { Step, StepOffer } from "../../api/types";
import { arranged, isAgain } from "./nextStep";

const offer = (step: Step, lacks: string[] = [], values: Partial<StepOffer> = {}): StepOffer => ({
  step,
  lacks,
  needs_level: null,
  own_proposal: false,
  ...values,
});
const steps = (offers: StepOffer[]) => offers.map((each) => each.step);

it("leads on along the workflow, with the rest beside and behind", () => {
  const offered = arranged("recorded", [offer("judge"), offer("assign"), offer("withdraw")]);
  expect(offered.next?.step).toBe("judge");
  expect(steps(offered.beside)).toEqual(["assign"]);
  expect(steps(offered.more)).toEqual(["withdraw"]);
});

it("leads to rejection where the grounds are insufficient", () => {
  const offers = [offer("set_responsibility", ["sufficient_grounds"]), offer("reject", ["text"])];
  expect(arranged("judged", offers).next?.step).toBe("reject");
});

it("does not lead to an approval that somebody else must give", () => {
  const approval = offer("approve", [], { own_proposal: true });
  const notice = offer("notify_customer", ["approval", "how"]);
  const offered = arranged("solution_proposed", [approval, notice]);
  expect(offered.next).toBeNull();
  expect(steps(offered.beside)).toEqual(["approve", "notify_customer"]);
});

it("leads to telling the customer once it is approved", () => {
  expect(arranged("solution_proposed", [offer("notify_customer", ["how"])]).next?.step).toBe(
    "notify_customer",
  );
});

it.each([
  ["judge", "recorded", false],
  ["judge", "reopened", false],
  ["judge", "judged", true],
  ["set_responsibility", "judged", false],
  ["propose", "customer_notified", true],
  ["approve", "solution_proposed", false],
] as const)("%s at %s is done over: %s", (step, stage, again) => {
  expect(isAgain(step, stage)).toBe(again);
});
