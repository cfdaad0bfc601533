/** To whom at the desk a notice is shown. Pure. */
import type { User } from "../../api/types";

const EVERYBODY = "all_hands";
const OF_AGENTS = "front_desk";
const PERSON = "person:";

type Reader = Pick<User, "role" | "username">;

/**
 * The targets of policy/escalation.yml are named after the roles, besides two that are groups; a
 * person is told by user name.
 */
export function isFor(target: string, { role, username }: Reader): boolean {
  if (target === EVERYBODY || target === PERSON + username) return true;
  return target === OF_AGENTS ? role === "agent" : target === role;
}
