import { Card, Empty } from "antd";
import type { Message, TicketDetail } from "../../api/types";
import { ticketWords } from "../../messages/desk.zh-CN";
import { senderLabels } from "../../messages/labels.zh-CN";
import { labelOf } from "../../shared/labels";
import { formatShortTime, formatTime } from "../../shared/time";
import { useNow } from "../components/useNow";
import { AttachmentView } from "../live/chat/AttachmentView";
import { useWatching } from "../live/chat/useReading";

function Bubble({ message }: { message: Message }) {
  const now = useNow();
  const { sender, text, attachments, quick_replies, created_at } = message;
  return (
    <li className={`bubble-line bubble-${sender}`} data-testid={`conversation-${sender}`}>
      <div className="bubble-meta quiet">
        {labelOf(senderLabels, sender)}{" "}
        <time dateTime={created_at} title={formatTime(created_at)}>
          {formatShortTime(created_at, now)}
        </time>
      </div>
      {text !== "" && <div className="bubble own-words">{text}</div>}
      {attachments && attachments.length > 0 && (
        <div className="bubble-attachments" data-testid="conversation-attachments">
          {attachments.map((attachment) => (
            <AttachmentView key={attachment.file_id ?? attachment.name} attachment={attachment} />
          ))}
        </div>
      )}
      {quick_replies.length > 0 && (
        <div className="bubble-meta quiet">
          {ticketWords.quickReplies(quick_replies.join(" / "))}
        </div>
      )}
    </li>
  );
}

/** The whole conversation that the ticket came from, pictures and files included. */
export function Conversation({ ticket }: { ticket: TicketDetail }) {
  useWatching(ticket.conversation_id);
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
