import { Confirm } from "@chatui/core";
import { useEffect, useRef, useState } from "react";
import { chatWords } from "../../messages/chat.zh-CN";

interface ChatHeaderProps {
  hasUnsent: boolean;
  onNewConversation(): void;
}

const words = chatWords.confirmNew;

/** Title, and the way to a new conversation, which asks first. */
export function ChatHeader({ hasUnsent, onNewConversation }: ChatHeaderProps) {
  const [asking, setAsking] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setAsking(false);
    opener.current?.focus();
  };
  useEffect(() => {
    if (!asking) return undefined;
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      setAsking(false);
      opener.current?.focus();
    };
    document.addEventListener("keydown", closeOnEscape);
    return () => document.removeEventListener("keydown", closeOnEscape);
  }, [asking]);

  return (
    <header className="chat-header">
      <h1>{chatWords.title}</h1>
      <button
        ref={opener}
        type="button"
        className="new-conversation"
        data-testid="chat-new"
        onClick={() => setAsking(true)}
      >
        {chatWords.newConversation}
      </button>
      <Confirm
        active={asking}
        title={words.title}
        onClose={close}
        actions={[
          { label: words.no, onClick: close },
          {
            label: words.yes,
            color: "primary",
            onClick: () => {
              close();
              onNewConversation();
            },
          },
        ]}
      >
        <p>{words.body}</p>
        {hasUnsent && <p>{words.unsent}</p>}
      </Confirm>
    </header>
  );
}
