import type { Step, TicketStage } from "../../api/types";
import { againLabels } from "../../messages/case.zh-CN";
import { stepLabels } from "../../messages/labels.zh-CN";
import { labelOf } from "../../shared/labels";
import { isAgain } from "./nextStep";

/** What a step is called on its button: doing something over is said so. */
export function stepName(step: Step, stage: TicketStage): string {
  return isAgain(step, stage) ? labelOf(againLabels, step) : stepLabels[step];
}
