/** Who may take up what, and what an escalation waits for. Pure. */
import type { Escalation, User } from "../../api/types";
import { escalationWords } from "../../messages/case.zh-CN";
import { levelLabels, priorityLabels } from "../../messages/labels.zh-CN";
import { policyWords } from "../../messages/wall.zh-CN";
import { labelOf } from "../../shared/labels";

const LEVELS: readonly string[] = Object.keys(levelLabels);

/** Whether somebody of this role answers for a level; administrators answer for none. */
export function reaches(role: User["role"], level: string): boolean {
  const rank = LEVELS.indexOf(role);
  return rank >= 0 && rank >= LEVELS.indexOf(level);
}

type Waiting = Pick<Escalation, "ack_due_at" | "acknowledged_at" | "passed_on_at">;

/** Called and not taken up; what was passed on is waited for one level higher. */
export function isWaiting(escalation: Waiting): boolean {
  const { ack_due_at, acknowledged_at, passed_on_at } = escalation;
  return ack_due_at !== null && acknowledged_at === null && passed_on_at === null;
}

function named(action: string, value: unknown): string {
  if (Array.isArray(value)) {
    return value
      .map((each) => labelOf(escalationWords.targets, String(each)))
      .join(policyWords.list);
  }
  if (action === "level") return labelOf(levelLabels, String(value));
  return action === "priority" ? labelOf(priorityLabels, String(value)) : String(value);
}

/** What a rule did, in words. */
export function actionWords(actions: Escalation["actions"]): string[] {
  const words: Readonly<Record<string, string | ((value: string) => string)>> =
    escalationWords.actions;
  return Object.entries(actions).map(([action, value]) => {
    const known = Object.keys(words).includes(action) ? words[action] : undefined;
    if (known === undefined) return `${action} ${String(value)}`;
    return typeof known === "string" ? known : known(named(action, value));
  });
}
