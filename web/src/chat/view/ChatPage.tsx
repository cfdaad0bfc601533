import Chat from "@chatui/core";
import type { ComponentProps, ReactNode } from "react";
import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { chatWords } from "../../messages/chat.zh-CN";
import { type FileSource, FileSourceContext } from "../files/fileSource";
import type { Uploads } from "../files/Uploads";
import { quickReplies, type ViewMessage, viewMessages } from "../model/conversationView";
import type { ChatSession } from "../session/ChatSession";
import type { ChatStore } from "../session/store";
import { Banners } from "./Banners";
import { ChatComposer, type ChatComposerHandle } from "./ChatComposer";
import { ChatHeader } from "./ChatHeader";
import { ComposerContext, type ComposerHandlers } from "./composerContext";
import { renderMessageContent } from "./MessageContent";
import { QuickReplyBar } from "./QuickReplyBar";
import { StandingStrip } from "./StandingStrip";
import { TypingLine } from "./TypingLine";
import { UnsentContext, type UnsentHandlers } from "./unsentContext";

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
  const before: ChatProps["messages"] = [];
  if (message.firstNew) before.push({ _id: "new-below", type: "divider", position: "center" });
  if (message.change) {
    before.push({
      _id: `${message.key}-change`,
      type: "change",
      position: "center",
      content: message,
    });
  }
  return [...before, shown];
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

interface ContextsProps {
  unsent: UnsentHandlers;
  files: FileSource;
  composer: ComposerHandlers;
  children: ReactNode;
}

function Contexts({ unsent, files, composer, children }: ContextsProps) {
  return (
    <UnsentContext value={unsent}>
      <FileSourceContext value={files}>
        <ComposerContext value={composer}>{children}</ComposerContext>
      </FileSourceContext>
    </UnsentContext>
  );
}

interface ChatPageProps {
  session: ChatSession;
  store: ChatStore;
  uploads: Uploads;
  files: FileSource;
}

export function ChatPage({ session, store, uploads, files }: ChatPageProps) {
  const snapshot = useSyncExternalStore(session.subscribe, session.getSnapshot);
  const onTheirWay = useSyncExternalStore(uploads.subscribe, uploads.getSnapshot);
  const { log, outbox, readSeq, ready, agentSeenSeq, standing, typing } = snapshot;
  const messagesRef = useRef<MessagesHandle>(null);
  const composerRef = useRef<ChatComposerHandle>(null);
  const draft = useRef(store.loadDraft());

  const messages = useMemo(
    () =>
      viewMessages({ log, outbox, uploads: onTheirWay, readSeq, agentSeenSeq }).flatMap(
        toChatMessages,
      ),
    [log, outbox, onTheirWay, readSeq, agentSeenSeq],
  );
  const replies = useMemo(
    () => (standing.owner === "agent" ? [] : quickReplies(log, outbox)),
    [log, outbox, standing.owner],
  );
  const unsent = useMemo(
    () => ({
      edit: (id: string) => composerRef.current?.setText(session.discard(id) ?? ""),
      discard: (id: string) => {
        session.discard(id);
      },
      retryUpload: (id: string) => uploads.retry(id),
      discardUpload: (id: string) => uploads.discard(id),
    }),
    [session, uploads],
  );
  const composer = useMemo(
    () => ({ addFiles: (picked: readonly File[]) => uploads.add(picked) }),
    [uploads],
  );
  useMessageLog(messagesRef, ready);

  const typist =
    typing === "agent" ? (standing.agent_name ?? chatWords.senders.agent) : chatWords.senders.bot;
  const header = () => (
    <>
      <ChatHeader hasUnsent={outbox.length > 0} onNewConversation={() => session.startAnew()} />
      <Banners
        snapshot={snapshot}
        onRetry={session.retryNow}
        onCloseReplaced={() => session.dismissReplaced()}
      />
      <StandingStrip standing={standing} />
    </>
  );

  return (
    <Contexts unsent={unsent} files={files} composer={composer}>
      <Chat
        locale="zh-CN"
        colorScheme="auto"
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
            {typing && <TypingLine name={typist} />}
            <QuickReplyBar replies={replies} onPick={(text) => session.send(text)} />
          </>
        )}
        text={draft.current}
        onInputChange={(text: string) => {
          store.saveDraft(text);
          session.noteTyping(text);
        }}
        onSend={(_type: string, text: string) => session.send(text)}
      />
    </Contexts>
  );
}
