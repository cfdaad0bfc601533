import { Card, Empty } from "antd";
import type { Message, TicketDetail } from "../../api/types";
import { ticketWords } from "../../messages/desk.zh-CN";
import { senderLabels } from "../../messages/labels.zh-CN";
import { labelOf } from "../../shared/labels";
import { formatShortTime, formatTime } from "../../shared/time";
import { useNow } from "../components/useNow";

function Bubble({ message }: { message: Message }) {
  const now = useNow();
  const { sender, text, quick_replies, created_at } = message;
  return (
    <li className={`bubble-line bubble-${sender}`} data-testid={`conversation-${sender}`}>
      <div className="bubble-meta quiet">
        {labelOf(senderLabels, sender)}{" "}
        <time dateTime={created_at} title={formatTime(created_at)}>
          {formatShortTime(created_at, now)}
        </time>
      </div>
      <div className="bubble own-words">{text}</div>
      {quick_replies.length > 0 && (
        <div className="bubble-meta quiet">
          {ticketWords.quickReplies(quick_replies.join(" / "))}
        </div>
      )}
    </li>
  );
}

/** The whole conversation that the ticket came from, as text. */
export function Conversation({ ticket }: { ticket: TicketDetail }) {
  return (
    <Card size="small" title={ticketWords.conversation}>
      {ticket.messages.length === 0 ? (
        <Empty description={ticketWords.noMessages} />
      ) : (
        <ol className="conversation" data-testid="ticket-conversation">
          {ticket.messages.map((message) => (
            <Bubble key={message.seq} message={message} />
          ))}
        </ol>
      )}
    </Card>
  );
}
