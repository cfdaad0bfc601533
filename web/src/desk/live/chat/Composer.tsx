import { FileImageOutlined, MessageOutlined } from "@ant-design/icons";
import { Alert, Button, type GetRef, Input, Segmented } from "antd";
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type Ref,
  useImperativeHandle,
  useRef,
} from "react";
import type { Attachment } from "../../../api/types";
import { composerWords } from "../../../messages/live.zh-CN";
import { countCharacters, isBlank } from "../../../shared/text";
import { CannedPicker } from "../../answering/CannedPicker";
import { PendingFiles } from "./PendingFiles";
import type { useDraft } from "./useDraft";
import { useTypingSignal } from "./useTypingSignal";
import type { useUploads } from "./useUploads";

/** The API takes no more; counted in characters, not in UTF-16 units. */
export const LONGEST_REPLY = 4_000;
const LONGEST_NOTE = 2_000;
/** From here on the length is shown. */
const COUNTED_FROM = 0.5;

export interface ComposerHandle {
  focus(): void;
  openCanned(): void;
  writeNote(): void;
  /** Adds words to what is typed. */
  insert(text: string): void;
}

interface ComposerProps {
  ref?: Ref<ComposerHandle>;
  id: string;
  kept: ReturnType<typeof useDraft>;
  uploads: ReturnType<typeof useUploads>;
  /** False: only notes can be written here. */
  mayReply: boolean;
  saving: boolean;
  onReply(text: string, attachments: readonly Attachment[]): void;
  onNote(text: string): void;
  onNeighbour(by: 1 | -1): void;
}

/** Enter while an input method is still choosing characters belongs to the input method. */
const isComposing = (event: KeyboardEvent) =>
  event.nativeEvent.isComposing || event.keyCode === 229;

function Length({ count, most }: { count: number; most: number }) {
  if (count < most * COUNTED_FROM) return null;
  const over = count - most;
  return (
    <span className={over > 0 ? "tone-over" : "quiet"} role="status" data-testid="live-length">
      {over > 0 ? composerWords.tooLong(over) : composerWords.count(count, most)}
    </span>
  );
}

/** Where replies and notes are written. */
export function Composer(props: ComposerProps) {
  const { ref, id, kept, uploads, mayReply, saving, onReply, onNote, onNeighbour } = props;
  const { draft, change, clear } = kept;
  const input = useRef<GetRef<typeof Input.TextArea>>(null);
  const files = useRef<HTMLInputElement>(null);
  const signal = useTypingSignal(id);
  const internal = draft.internal || !mayReply;
  const most = internal ? LONGEST_NOTE : LONGEST_REPLY;
  const count = countCharacters(draft.text);
  const empty = isBlank(draft.text) && (internal || draft.attachments.length === 0);
  const sendable = !empty && count <= most && !uploads.busy && !saving;

  const focus = () => input.current?.focus({ cursor: "end" });
  const setText = (text: string) => {
    change({ text });
    requestAnimationFrame(focus);
  };
  useImperativeHandle(ref, () => ({
    focus,
    insert: (text) => {
      change((before) => ({
        internal: false,
        text: isBlank(before.text) ? text : `${before.text.trimEnd()}\n${text}`,
      }));
      requestAnimationFrame(focus);
    },
    openCanned: () => {
      change((before) => ({ internal: false, text: before.text === "" ? "/" : before.text }));
      requestAnimationFrame(focus);
    },
    writeNote: () => {
      change({ internal: true });
      requestAnimationFrame(focus);
    },
  }));

  const send = () => {
    if (!sendable) return;
    signal(false);
    if (internal) {
      onNote(draft.text);
      return;
    }
    onReply(draft.text, draft.attachments);
    clear();
    uploads.forgetFailed();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isComposing(event) || event.defaultPrevented) return;
    if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      onNeighbour(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      event.currentTarget.blur();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send();
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    const pasted = [...event.clipboardData.files];
    if (pasted.length === 0 || internal) return;
    event.preventDefault();
    uploads.add(pasted);
  };
  const onTyped = (text: string) => {
    change({ text });
    if (!internal) signal(text !== "");
  };

  return (
    <div className="live-composer" data-internal={internal} data-testid="live-composer">
      {!kept.kept && <Alert banner type="warning" title={composerWords.notKept} />}
      <PendingFiles
        attachments={internal ? [] : draft.attachments}
        uploads={uploads.uploads}
        onForget={uploads.forget}
        onRemove={(attachment) =>
          change((before) => ({
            attachments: before.attachments.filter((each) => each.file_id !== attachment.file_id),
          }))
        }
      />
      {!internal && <CannedPicker conversationId={id} text={draft.text} onPick={setText} />}
      <Input.TextArea
        ref={input}
        variant="borderless"
        autoSize={{ minRows: 2, maxRows: 10 }}
        value={draft.text}
        aria-label={internal ? composerWords.noteLabel : composerWords.label}
        placeholder={internal ? composerWords.notePlaceholder : composerWords.placeholder}
        data-testid="live-input"
        onChange={(event) => onTyped(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onBlur={() => signal(false)}
      />
      <div className="live-composer-tools">
        {mayReply && (
          <>
            <Segmented
              size="small"
              value={internal ? "note" : "reply"}
              options={[
                { value: "reply", label: composerWords.toReply },
                { value: "note", label: composerWords.toNote },
              ]}
              onChange={(mode) => {
                change({ internal: mode === "note" });
                focus();
              }}
            />
            <Button
              size="small"
              type="text"
              icon={<FileImageOutlined />}
              title={composerWords.attach}
              aria-label={composerWords.attach}
              disabled={internal}
              onClick={() => files.current?.click()}
            />
            <Button
              size="small"
              type="text"
              icon={<MessageOutlined />}
              title={composerWords.canned}
              aria-label={composerWords.canned}
              disabled={internal}
              onClick={() => setText(draft.text === "" ? "/" : draft.text)}
            />
          </>
        )}
        <input
          ref={files}
          type="file"
          multiple
          hidden
          data-testid="live-file"
          onChange={(event) => {
            uploads.add(event.target.files ?? []);
            event.target.value = "";
          }}
        />
        <span className="live-composer-end">
          <Length count={count} most={most} />
          <Button
            type="primary"
            size="small"
            disabled={!sendable}
            loading={saving}
            data-testid="live-send"
            onMouseDown={(event) => event.preventDefault()}
            onClick={send}
          >
            {internal ? composerWords.save : composerWords.send}
          </Button>
        </span>
      </div>
    </div>
  );
}
