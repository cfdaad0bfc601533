import { useContext } from "react";
import { chatWords } from "../../messages/chat.zh-CN";
import type { ViewMessage } from "../model/conversationView";
import { UnsentContext } from "./unsentContext";

/** Where an unsent message stands, and what the customer can do about a refused one. */
export function UnsentActions({ message }: { message: ViewMessage }) {
  const { edit, discard } = useContext(UnsentContext);
  const { clientMessageId } = message;
  const words = chatWords.delivery;
  if (message.delivery !== "refused" || clientMessageId === null) {
    const text = message.delivery === "waiting" ? words.waiting : words.sending;
    return (
      <div className={`delivery delivery-${message.delivery}`} data-testid="message-delivery">
        {text}
      </div>
    );
  }
  return (
    <div className="delivery delivery-refused" data-testid="message-delivery">
      <span>{words.refused(message.reason ?? "")}</span>
      <button type="button" className="link-button" onClick={() => edit(clientMessageId)}>
        {words.edit}
      </button>
      <button type="button" className="link-button" onClick={() => discard(clientMessageId)}>
        {words.discard}
      </button>
    </div>
  );
}
