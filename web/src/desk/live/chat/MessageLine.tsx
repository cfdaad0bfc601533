import "./undelivered.css";
import { Button, Typography } from "antd";
import { memo, useState } from "react";
import type { LiveNote, Lost, Stretch } from "../../../api/liveTypes";
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

function CopyWords({ text }: { text: string }) {
  const words = chatPaneWords;
  if (text === "") return null;
  return (
    <Typography.Text
      className="live-copy"
      copyable={{ text, icon: [words.copy, words.copied], tooltips: false }}
    />
  );
}

interface LostLineProps {
  lost: Lost;
  text: string;
  /** None: whoever reads may not write to the customer. */
  onSayAgain: (() => void) | null;
}

/** Why a message is not with the customer, and what can be done with its words. */
function LostLine({ lost, text, onSayAgain }: LostLineProps) {
  const [said, setSaid] = useState(false);
  const words = chatPaneWords;
  return (
    <div className="live-refused" data-testid="live-lost-line">
      {words.lost[lost]}
      {said && <span className="quiet live-said-again">{words.saidAgain}</span>}
      {onSayAgain && !said && (
        <Button
          size="small"
          type="link"
          onClick={() => {
            setSaid(true);
            onSayAgain();
          }}
        >
          {words.sayAgain}
        </Button>
      )}
      <CopyWords text={text} />
    </div>
  );
}

interface MessageLineProps {
  message: Message;
  showTime: boolean;
  showName: boolean;
  /** The last of the desk's messages that the customer has seen. */
  seen: boolean;
  /** The customer never got it. */
  lost: Lost | null;
  onSayAgain: ((message: Message) => void) | null;
}

export const MessageLine = memo(function MessageLine(props: MessageLineProps) {
  const { message, showTime, showName, seen, lost, onSayAgain } = props;
  const { sender, text, attachments, quick_replies: replies, created_at: at } = message;
  return (
    <li
      className={`live-message live-from-${sender}${lost ? " live-undelivered" : ""}`}
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
      {lost && (
        <LostLine lost={lost} text={text} onSayAgain={onSayAgain && (() => onSayAgain(message))} />
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
      className={`live-message live-from-agent live-unsent${status === "refused" ? " live-undelivered" : ""}`}
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
          <CopyWords text={item.text} />
        </div>
      ) : (
        <div className="quiet">{status === "waiting" ? words.waitingToSend : words.sending}</div>
      )}
    </li>
  );
}
