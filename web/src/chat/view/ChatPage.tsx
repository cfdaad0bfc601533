import Chat from "@chatui/core";
import type { ComponentProps } from "react";
import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { chatWords } from "../../messages/chat.zh-CN";
import { quickReplies, type ViewMessage, viewMessages } from "../model/conversationView";
import type { ChatSession } from "../session/ChatSession";
import type { ChatStore } from "../session/store";
import { Banners } from "./Banners";
import { ChatComposer, type ChatComposerHandle } from "./ChatComposer";
import { ChatHeader } from "./ChatHeader";
import { renderMessageContent } from "./MessageContent";
import { QuickReplyBar } from "./QuickReplyBar";
import { TypingLine } from "./TypingLine";
import { UnsentContext } from "./unsentContext";

type ChatProps = ComponentProps<typeof Chat>;
type MessagesRef = NonNullable<ChatProps["messagesRef"]>;
type MessagesHandle = MessagesRef extends React.RefObject<infer Handle> ? Handle : never;

const POSITIONS = { customer: "right", bot: "left", agent: "left", system: "center" } as const;

function toChatMessages(message: ViewMessage): ChatProps["messages"] {
  const shown = {
    _id: message.key,
    type: message.sender === "system" ? "notice" : "text",
    position: POSITIONS[message.sender],
    content: message,
    createdAt: message.at,
    hasTime: message.showTime,
  };
  if (!message.firstNew) return [shown];
  return [{ _id: "new-below", type: "divider", position: "center" }, shown];
}

/** The list announces what is new, politely, and not the history that is loaded with the page. */
function useMessageLog(messagesRef: React.RefObject<MessagesHandle | null>, ready: boolean): void {
  useEffect(() => {
    const list = messagesRef.current?.ref.current;
    if (!list) return undefined;
    list.setAttribute("role", "log");
    list.setAttribute("aria-label", chatWords.history);
    list.setAttribute("aria-live", "off");
    if (!ready) return undefined;
    messagesRef.current?.scrollToEnd({ animated: false, force: true });
    const timer = setTimeout(() => list.setAttribute("aria-live", "polite"), 500);
    return () => clearTimeout(timer);
  }, [messagesRef, ready]);
}

interface ChatPageProps {
  session: ChatSession;
  store: ChatStore;
}

export function ChatPage({ session, store }: ChatPageProps) {
  const snapshot = useSyncExternalStore(session.subscribe, session.getSnapshot);
  const { log, outbox, readSeq, ready } = snapshot;
  const messagesRef = useRef<MessagesHandle>(null);
  const composerRef = useRef<ChatComposerHandle>(null);
  const draft = useRef(store.loadDraft());

  const messages = useMemo(
    () => viewMessages(log, outbox, readSeq).flatMap(toChatMessages),
    [log, outbox, readSeq],
  );
  const replies = useMemo(() => quickReplies(log, outbox), [log, outbox]);
  const unsent = useMemo(
    () => ({
      edit: (id: string) => composerRef.current?.setText(session.discard(id) ?? ""),
      discard: (id: string) => {
        session.discard(id);
      },
    }),
    [session],
  );
  useMessageLog(messagesRef, ready);

  const header = () => (
    <>
      <ChatHeader hasUnsent={outbox.length > 0} onNewConversation={() => session.startAnew()} />
      <Banners
        snapshot={snapshot}
        onRetry={session.retryNow}
        onCloseReplaced={() => session.dismissReplaced()}
      />
    </>
  );

  return (
    <UnsentContext value={unsent}>
      <Chat
        locale="zh-CN"
        colorScheme="light"
        messagesRef={messagesRef as MessagesRef}
        composerRef={composerRef as unknown as ChatProps["composerRef"]}
        Composer={ChatComposer}
        renderNavbar={header}
        renderBeforeMessageList={() =>
          ready || messages.length > 0 ? null : <p className="connecting">{chatWords.connecting}</p>
        }
        messages={messages}
        renderMessageContent={renderMessageContent}
        renderQuickReplies={() => (
          <>
            {snapshot.typing && <TypingLine />}
            <QuickReplyBar replies={replies} onPick={(text) => session.send(text)} />
          </>
        )}
        text={draft.current}
        onInputChange={(text: string) => store.saveDraft(text)}
        onSend={(_type: string, text: string) => session.send(text)}
      />
    </UnsentContext>
  );
}
