import { Button } from "antd";
import { memo } from "react";
import type { LiveNote, Stretch } from "../../../api/liveTypes";
import type { Message } from "../../../api/types";
import { chatPaneWords } from "../../../messages/live.zh-CN";
import type { OutboxItem } from "../../../shared/outbox";
import { formatTime } from "../../../shared/time";
import { authorOf } from "../model/chatItems";
import { stretchLine } from "../model/words";
import { AttachmentView } from "./AttachmentView";

const clock = (iso: string) => formatTime(iso).slice(11, 16);

function speakerOf(message: Message): string {
  if (message.sender === "agent") return authorOf(message) ?? chatPaneWords.someone;
  return chatPaneWords[message.sender];
}

interface BubbleProps {
  sender: Message["sender"];
  text: string;
  attachments: Message["attachments"];
}

function Bubble({ sender, text, attachments }: BubbleProps) {
  return (
    <div className={`bubble own-words live-bubble-${sender}`}>
      {attachments.map((attachment, index) => (
        <div key={attachment.file_id ?? index}>
          <AttachmentView attachment={attachment} />
        </div>
      ))}
      {text}
    </div>
  );
}

interface MessageLineProps {
  message: Message;
  showTime: boolean;
  showName: boolean;
  /** The last of the desk's messages that the customer has seen. */
  seen: boolean;
}

export const MessageLine = memo(function MessageLine(props: MessageLineProps) {
  const { message, showTime, showName, seen } = props;
  const { sender, text, attachments, quick_replies: replies, created_at: at } = message;
  return (
    <li
      className={`live-message live-from-${sender}`}
      data-testid={`live-${sender}`}
      data-seq={message.seq}
    >
      {(showName || showTime) && sender !== "system" && (
        <div className="bubble-meta quiet">
          {speakerOf(message)}{" "}
          <time dateTime={at} title={formatTime(at)}>
            {clock(at)}
          </time>
        </div>
      )}
      <Bubble sender={sender} text={text} attachments={attachments} />
      {replies.length > 0 && (
        <div className="quiet">{chatPaneWords.quickReplies(replies.join(" / "))}</div>
      )}
      {seen && (
        <div className="quiet live-seen" data-testid="live-seen">
          {chatPaneWords.seen}
        </div>
      )}
    </li>
  );
});

/** Written for colleagues: looks like nothing a customer could see. */
export const NoteLine = memo(function NoteLine({ note }: { note: LiveNote }) {
  const kind = chatPaneWords.noteKinds[note.kind] ?? chatPaneWords.note;
  const who = note.author?.display_name ?? chatPaneWords.byRule;
  return (
    <li className="live-note" data-testid="live-note">
      <div className="quiet">
        {chatPaneWords.noteBy(kind, who)}{" "}
        <time dateTime={note.created_at} title={formatTime(note.created_at)}>
          {clock(note.created_at)}
        </time>
      </div>
      <div className="own-words">{note.text}</div>
    </li>
  );
});

/** Where the conversation changed hands. */
export function StretchLine({ stretches }: { stretches: readonly Stretch[] }) {
  return (
    <li className="live-stretch" data-testid="live-stretch">
      <span>{stretchLine(stretches)}</span>
    </li>
  );
}

interface UnsentLineProps {
  item: OutboxItem;
  onAgain(id: string): void;
  onEdit(id: string): void;
  onDiscard(id: string): void;
}

/** A message that the server has not confirmed yet, where it stands and what can be done. */
export function UnsentLine({ item, onAgain, onEdit, onDiscard }: UnsentLineProps) {
  const { clientMessageId: id, status, reason } = item;
  const words = chatPaneWords;
  return (
    <li
      className={`live-message live-from-agent live-unsent live-${status}`}
      data-testid="live-unsent"
      data-status={status}
    >
      <Bubble sender="agent" text={item.text} attachments={[...item.attachments]} />
      {status === "refused" ? (
        <div className="live-refused">
          {words.refused(reason ?? "")}
          <Button size="small" type="link" onClick={() => onAgain(id)}>
            {words.retry}
          </Button>
          <Button size="small" type="link" onClick={() => onEdit(id)}>
            {words.edit}
          </Button>
          <Button size="small" type="link" onClick={() => onDiscard(id)}>
            {words.discard}
          </Button>
        </div>
      ) : (
        <div className="quiet">{status === "waiting" ? words.waitingToSend : words.sending}</div>
      )}
    </li>
  );
}
