import "./chat.css";
import { Grid, Skeleton } from "antd";
import {
  type DragEvent,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { LiveDetail } from "../../../api/liveTypes";
import type { Attachment } from "../../../api/types";
import { composerWords, liveWords } from "../../../messages/live.zh-CN";
import { confirmedIds, emptyLog, lastSeq } from "../../../shared/messageLog";
import { withoutConfirmed } from "../../../shared/outbox";
import { ErrorPanel } from "../../components/ErrorPanel";
import { UndeliveredBar } from "../../deliveries/UndeliveredBar";
import { supervises } from "../../session/roles";
import { useConversation, useMessages } from "../data/liveQueries";
import { type Deeds, quietly, useDeeds } from "../data/useDeeds";
import { useLive } from "../LiveProvider";
import { standing } from "../model/standing";
import { CallBar } from "./CallBar";
import { ChatHeader } from "./ChatHeader";
import { Composer, type ComposerHandle } from "./Composer";
import { actionsOf, DeedBar } from "./DeedBar";
import { DeedDialog, type DialogName } from "./DeedDialogs";
import { LockBar } from "./LockBar";
import { MessageList } from "./MessageList";
import { TypingLine } from "./TypingLine";
import { useDraft } from "./useDraft";
import { useSeen, useWatching } from "./useReading";
import { useUploads } from "./useUploads";

/** What keys and the side panel ask of the open conversation. */
export interface ChatHandle extends ComposerHandle {
  /** Does a deed by its name, if it may be done now. */
  act(key: string): void;
}

interface ChatPaneProps {
  ref?: Ref<ChatHandle>;
  id: string;
  /** Whoever looks has it now. */
  onTaken(): void;
  onBack(): void;
  onSide(): void;
  onNeighbour(by: 1 | -1): void;
}

/** What is unsent here, less what the log shows already. */
function useUnsent(id: string, log: ReturnType<typeof useMessages>["data"]) {
  const { outboxes } = useLive();
  const box = outboxes.of(id);
  const all = useSyncExternalStore(box.subscribe, box.getSnapshot);
  const confirmed = useMemo(() => confirmedIds(log ?? emptyLog), [log]);
  useEffect(() => box.confirmed(confirmed), [box, confirmed]);
  return { box, outbox: withoutConfirmed(all, confirmed) };
}

/** Files that are let go over the conversation go into it. */
function useDrop(add: ((files: Iterable<File>) => void) | null) {
  const [over, setOver] = useState(false);
  const hasFiles = (event: DragEvent) => add !== null && event.dataTransfer.types.includes("Files");
  return {
    over,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: (event: DragEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      },
      onDrop: (event: DragEvent) => {
        setOver(false);
        if (!hasFiles(event)) return;
        event.preventDefault();
        add?.(event.dataTransfer.files);
      },
    },
  };
}

/** Calls once when the conversation becomes one's own while it is open. */
function useTaken(mine: boolean, onTaken: () => void): void {
  const before = useRef(mine);
  useEffect(() => {
    if (mine && !before.current) onTaken();
    before.current = mine;
  }, [mine, onTaken]);
}

/** What was typed while the note was on its way stays. */
function saveNote(deeds: Deeds, text: string, change: ReturnType<typeof useDraft>["change"]): void {
  const clear = () => change((now) => (now.text === text ? { text: "" } : {}));
  quietly(deeds.note(text).then(clear));
}

function OpenChat({ conversation, ...props }: ChatPaneProps & { conversation: LiveDetail }) {
  const { ref, id, onNeighbour } = props;
  const { me } = useLive();
  const { md: wide = true, xxl: broad = false } = Grid.useBreakpoint();
  const { data: log } = useMessages(id);
  const { box, outbox } = useUnsent(id, log);
  const deeds = useDeeds(id);
  const kept = useDraft(id);
  const { change } = kept;
  const attach = useCallback(
    (attachment: Attachment) =>
      change((before) => ({ attachments: [...before.attachments, attachment] })),
    [change],
  );
  const uploads = useUploads(id, attach);
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const composer = useRef<ComposerHandle>(null);
  const may = standing(conversation, me.username, supervises(me.role));
  const actions = actionsOf(may, deeds, setDialog);
  useTaken(may.state === "mine", props.onTaken);
  const drop = useDrop(may.canWrite ? uploads.add : null);
  useWatching(id);
  useSeen(conversation, lastSeq(log ?? emptyLog), may.state === "mine");

  useImperativeHandle(ref, () => ({
    focus: () => composer.current?.focus(),
    openCanned: () => composer.current?.openCanned(),
    writeNote: () => composer.current?.writeNote(),
    insert: (text) => composer.current?.insert(text),
    act: (key) => actions.find((action) => action.key === key)?.act(),
  }));
  const edit = (messageId: string) => {
    const item = box.discard(messageId);
    if (!item) return;
    change((before) => ({
      internal: false,
      text: [before.text, item.text].filter(Boolean).join("\n"),
      attachments: [...before.attachments, ...item.attachments],
    }));
    composer.current?.focus();
  };

  return (
    <section className="live-chat" data-testid="live-chat" data-id={id} {...drop.handlers}>
      <ChatHeader
        conversation={conversation}
        may={may}
        narrow={!wide}
        onBack={props.onBack}
        onSide={props.onSide}
      >
        <DeedBar actions={actions} pending={deeds.pending} room={wide ? (broad ? 5 : 3) : 1} />
      </ChatHeader>
      <CallBar conversation={conversation} />
      <UndeliveredBar conversation={conversation} log={log} />
      <MessageList
        conversation={conversation}
        log={log}
        outbox={outbox}
        onAgain={(messageId) => box.again(messageId)}
        onEdit={edit}
        onDiscard={(messageId) => void box.discard(messageId)}
      />
      <TypingLine id={id} />
      <LockBar may={may} />
      <Composer
        ref={composer}
        id={id}
        kept={kept}
        uploads={uploads}
        mayReply={may.canWrite}
        saving={deeds.pending === "note"}
        onReply={(text, attachments) => box.add(text, attachments)}
        onNote={(text) => saveNote(deeds, text, change)}
        onNeighbour={onNeighbour}
      />
      {drop.over && <div className="live-drop">{composerWords.dropHere}</div>}
      {dialog && (
        <DeedDialog
          name={dialog}
          conversation={conversation}
          deeds={deeds}
          onClose={() => setDialog(null)}
        />
      )}
    </section>
  );
}

/** One conversation: its words, and where one answers. */
export function ChatPane(props: ChatPaneProps) {
  const { data: conversation, error, refetch } = useConversation(props.id);
  if (conversation) return <OpenChat {...props} conversation={conversation} />;
  return (
    <section className="live-chat" data-testid="live-chat">
      {error ? (
        <ErrorPanel
          error={error}
          onRetry={() => void refetch()}
          extra={<span key="gone">{liveWords.gone}</span>}
        />
      ) : (
        <Skeleton active className="live-skeleton" paragraph={{ rows: 10 }} />
      )}
    </section>
  );
}
