import { chatWords } from "../../messages/chat.zh-CN";

interface QuickReplyBarProps {
  replies: readonly string[];
  onPick(text: string): void;
}

/** Answers at a touch; they wrap, so that none hides outside the screen. */
export function QuickReplyBar({ replies, onPick }: QuickReplyBarProps) {
  if (replies.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring form semantics along
    <div className="quick-replies" role="group" aria-label={chatWords.quickReplies}>
      {replies.map((reply) => (
        <button
          key={reply}
          type="button"
          className="quick-reply"
          data-testid="quick-reply"
          onClick={() => onPick(reply)}
        >
          {reply}
        </button>
      ))}
    </div>
  );
}
