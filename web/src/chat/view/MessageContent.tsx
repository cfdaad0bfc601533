import { Bubble } from "@chatui/core";
import type { MessageProps } from "@chatui/core/lib/components/Message";
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { chatWords } from "../../messages/chat.zh-CN";
import type { ViewMessage } from "../model/conversationView";
import { foldText } from "../model/text";
import { UnsentActions } from "./UnsentActions";

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
  const name = chatWords.senders[message.sender];
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
      <Bubble data-testid="message-text">
        <MessageText text={message.text} />
      </Bubble>
      {message.delivery !== "done" && <UnsentActions message={message} />}
    </div>
  );
}

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
  return <SpokenContent message={message.content as ViewMessage} />;
}
