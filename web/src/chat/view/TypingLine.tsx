import { Typing } from "@chatui/core";
import { chatWords } from "../../messages/chat.zh-CN";

/** ChatUI 3.8 leaves the bubble of its own typing message empty, so it is shown under the list. */
export function TypingLine({ name }: { name: string }) {
  return (
    <div className="typing-line" data-testid="typing">
      <Typing text={chatWords.typing(name)} />
    </div>
  );
}
