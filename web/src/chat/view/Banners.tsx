import { chatWords } from "../../messages/chat.zh-CN";
import { hasWaiting } from "../../shared/outbox";
import type { ChatSnapshot } from "../session/ChatState";

interface BannersProps {
  snapshot: ChatSnapshot;
  onRetry(): void;
  onCloseReplaced(): void;
}

const words = chatWords.banner;

function troubleText(snapshot: ChatSnapshot): string {
  if (!hasWaiting(snapshot.outbox)) return words.reconnecting;
  return snapshot.durable ? words.saved : words.kept;
}

/** Quiet notices under the header; they never cover the conversation. */
export function Banners({ snapshot, onRetry, onCloseReplaced }: BannersProps) {
  return (
    <div className="banners" role="status">
      {snapshot.troubled && (
        <div className="banner banner-trouble" data-testid="chat-banner">
          <span>{troubleText(snapshot)}</span>
          <button type="button" className="link-button" onClick={onRetry}>
            {words.retry}
          </button>
        </div>
      )}
      {snapshot.replaced && (
        <div className="banner" data-testid="chat-replaced">
          <span>{words.replaced}</span>
          <button type="button" className="link-button" onClick={onCloseReplaced}>
            {words.close}
          </button>
        </div>
      )}
    </div>
  );
}
