/** Where a notice leads. Pure. */
import type { InboxItem, User } from "../../api/types";
import { supervises } from "../session/roles";

/** To its ticket; what is about none, such as a contract that ends, to where one sees to it. */
export function noticePage(notice: Pick<InboxItem, "ticket_number">, role: User["role"]): string {
  if (notice.ticket_number !== null) return `/tickets/${notice.ticket_number}`;
  return supervises(role) ? "/wall" : "/register";
}
