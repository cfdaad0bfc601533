import { Bubble } from "@chatui/core";
import type { MessageProps } from "@chatui/core/lib/components/Message";
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { chatWords } from "../../messages/chat.zh-CN";
import type { Delivery, ViewMessage } from "../model/conversationView";
import { foldText } from "../model/text";
import { Attachments } from "./Attachments";
import { UnsentActions } from "./UnsentActions";
import { UploadBubble } from "./UploadBubble";

/**
 * ChatUI makes every message an assertive alert, so that a screen reader would shout the whole
 * history. The list itself is a polite log instead (see ChatPage).
 */
function useQuiet(element: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const content = element.current?.closest(".Message-content");
    for (const name of ["role", "aria-live", "aria-atomic"]) content?.removeAttribute(name);
  }, [element]);
}

function MessageText({ text }: { text: string }) {
  const [open, setOpen] = useState(false);
  const folded = foldText(text);
  if (folded === null) return <p>{text}</p>;
  return (
    <>
      <p>{open ? text : `${folded}…`}</p>
      <button
        type="button"
        className="link-button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {open ? chatWords.fold.less : chatWords.fold.more}
      </button>
    </>
  );
}

/** The speaker's name: before the first of several, and for screen readers before each. */
function Speaker({ message }: { message: ViewMessage }) {
  const name = message.author ?? chatWords.senders[message.sender];
  const shown = message.showName && (message.sender === "bot" || message.sender === "agent");
  if (shown) return <span className={`speaker speaker-${message.sender}`}>{name}</span>;
  return <span className="for-screen-readers">{chatWords.spokenBy(name)}</span>;
}

function SpokenContent({ message }: { message: ViewMessage }) {
  const element = useRef<HTMLDivElement>(null);
  useQuiet(element);
  return (
    <div
      ref={element}
      className={`spoken spoken-${message.sender}`}
      data-testid={`message-${message.sender}`}
      data-delivery={message.delivery}
    >
      <Speaker message={message} />
      {message.upload && <UploadBubble item={message.upload} />}
      {message.attachments.length > 0 && <Attachments attachments={message.attachments} />}
      {hasText(message) && (
        <Bubble data-testid="message-text">
          <MessageText text={message.text} />
        </Bubble>
      )}
      {UNSENT.has(message.delivery) && <UnsentActions message={message} />}
      {message.seen && <span className="seen">{chatWords.seen}</span>}
    </div>
  );
}

/** Somebody else speaks from here on. */
function ChangeLine({ message }: { message: ViewMessage }) {
  const element = useRef<HTMLDivElement>(null);
  useQuiet(element);
  const { joined, handedBack } = chatWords.standing;
  return (
    <div ref={element} className="change-line" data-testid="chat-change">
      {message.change === "joined"
        ? joined(message.author ?? "")
        : handedBack(chatWords.senders.bot)}
    </div>
  );
}

const UNSENT: ReadonlySet<Delivery> = new Set<Delivery>(["sending", "waiting", "refused"]);

const hasText = (message: ViewMessage) =>
  message.upload === null && (message.text !== "" || message.attachments.length === 0);

function NewBelow() {
  const element = useRef<HTMLDivElement>(null);
  useQuiet(element);
  return (
    <div ref={element} className="new-below">
      {chatWords.newBelow}
    </div>
  );
}

/** Renders one ChatUI message; customers' and servers' words are text, never markup. */
export function renderMessageContent(message: MessageProps) {
  if (message.type === "divider") return <NewBelow />;
  if (message.type === "change") return <ChangeLine message={message.content as ViewMessage} />;
  return <SpokenContent message={message.content as ViewMessage} />;
}
