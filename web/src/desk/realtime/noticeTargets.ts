/** To whom at the desk a notice is shown. Pure. */
import type { User } from "../../api/types";

const EVERYBODY = "all_hands";
const OF_AGENTS = "front_desk";

/** The targets of policy/escalation.yml are named after the roles, besides two that are groups. */
export function isFor(target: string, role: User["role"]): boolean {
  if (target === EVERYBODY) return true;
  return target === OF_AGENTS ? role === "agent" : target === role;
}
