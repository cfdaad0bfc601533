import { Alert } from "antd";
import type { LiveDetail } from "../../api/liveTypes";
import { undeliveredWords as words } from "../../messages/deliveries.zh-CN";
import type { MessageLog } from "../../shared/messageLog";
import { formatShortTime } from "../../shared/time";
import { useNow } from "../components/useNow";
import { useFailedDeliveries } from "../wall/wallQueries";
import { CallFromChat } from "./CallCustomer";
import { type Undelivered, undelivered } from "./undelivered";

/** What is stored for these is delivered: their customers fetch it, or hear it. */
const NEVER_FAIL: ReadonlySet<string> = new Set(["web", "phone"]);

function line({ count, latest, wroteSince }: Undelivered, now: number): string {
  const time = formatShortTime(latest.updated_at, now);
  if (wroteSince) return words.lostBefore(count, time);
  return words.because(words.lost(count, time), latest.advice ?? latest.last_error ?? "");
}

interface UndeliveredBarProps {
  conversation: LiveDetail;
  log: MessageLog | undefined;
}

/** Over a chat: what its customer was not reached with, why, and the telephone instead. */
export function UndeliveredBar({ conversation, log }: UndeliveredBarProps) {
  const now = useNow();
  const { data } = useFailedDeliveries(!NEVER_FAIL.has(conversation.channel));
  const found = log ? undelivered(data?.items ?? [], conversation.id, log.messages, now) : null;
  if (!found) return null;
  return (
    <Alert
      banner
      type={found.wroteSince ? "warning" : "error"}
      title={line(found, now)}
      action={<CallFromChat key={conversation.id} conversationId={conversation.id} />}
      data-testid="undelivered"
    />
  );
}
