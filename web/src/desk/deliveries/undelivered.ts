/** What of a conversation did not reach its customer, and whether they have written since. Pure. */
import type { Delivery, Message } from "../../api/types";

/** As long as WeChat's window: after that, what was lost and answered is no news any more. */
const REMEMBERED_MS = 48 * 3_600_000;

export interface Undelivered {
  count: number;
  /** The one that failed last. */
  latest: Delivery;
  /** The customer wrote after all of them: they can be reached again. */
  wroteSince: boolean;
}

/** `deliveries` are those that failed, latest first; null if all that matters has arrived. */
export function undelivered(
  deliveries: readonly Delivery[],
  conversationId: string,
  messages: readonly Message[],
  now: number,
): Undelivered | null {
  const wroteAt = Math.max(
    ...messages
      .filter((each) => each.sender === "customer")
      .map((each) => Date.parse(each.created_at)),
  );
  const failedAt = (each: Delivery) => Date.parse(each.updated_at);
  const lost = deliveries.filter(
    (each) =>
      each.conversation_id === conversationId &&
      (failedAt(each) > wroteAt || failedAt(each) > now - REMEMBERED_MS),
  );
  const [latest] = lost;
  return latest ? { count: lost.length, latest, wroteSince: failedAt(latest) <= wroteAt } : null;
}
