import { Input } from "@chatui/core";
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type Ref,
  useContext,
  useDeferredValue,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import { chatWords } from "../../messages/chat.zh-CN";
import { isBlank } from "../../shared/text";
import { ACCEPTED } from "../files/limits";
import { LONGEST_TEXT, measureText } from "../model/text";
import { ComposerContext } from "./composerContext";
import { PictureIcon } from "./icons";

/** The button for pictures and files; picking the same file twice works, too. */
function FileButton() {
  const { addFiles } = useContext(ComposerContext);
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className="chat-attach"
        data-testid="chat-attach"
        aria-label={chatWords.files.add}
        title={chatWords.files.add}
        onClick={() => picker.current?.click()}
      >
        <PictureIcon />
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        multiple
        accept={ACCEPTED}
        data-testid="chat-file"
        onChange={(event) => {
          addFiles(Array.from(event.target.files ?? []));
          event.target.value = "";
        }}
      />
    </>
  );
}

export interface ChatComposerHandle {
  setText(text: string): void;
}

interface ChatComposerProps {
  ref?: Ref<ChatComposerHandle>;
  text?: string;
  onSend(type: string, text: string): void;
  onChange?(text: string): void;
  onFocus?(event: React.FocusEvent<HTMLTextAreaElement>): void;
}

const words = chatWords.composer;

/** Enter while an input method is still choosing characters belongs to the input method. */
function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229;
}

function LengthNotice({ text }: { text: string }) {
  const size = measureText(text);
  if (size.level === "normal") return null;
  return (
    <div className={`length-notice length-${size.level}`} role="status" data-testid="chat-length">
      {size.level === "long" ? words.long(size.count) : words.tooLong(size.count, LONGEST_TEXT)}
    </div>
  );
}

/** Takes the place of ChatUI's composer: one labelled button that is always there, and a draft. */
export function ChatComposer({ ref, text: draft, onSend, onChange, onFocus }: ChatComposerProps) {
  const { addFiles } = useContext(ComposerContext);
  const [text, setText] = useState(draft ?? "");
  const input = useRef<HTMLTextAreaElement>(null);
  const measured = useDeferredValue(text);
  const sendable = !isBlank(text) && measureText(text).level !== "tooLong";

  const change = (value: string) => {
    setText(value);
    onChange?.(value);
  };
  useImperativeHandle(ref, () => ({
    setText(value: string) {
      setText(value);
      input.current?.focus();
    },
  }));

  const send = () => {
    if (!sendable) return;
    onSend("text", text);
    change("");
    input.current?.focus();
  };
  const handlePaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const files = Array.from(event.clipboardData.files);
    if (files.length === 0) return;
    event.preventDefault();
    addFiles(files);
  };
  const handleKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== "Enter" || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    send();
  };

  return (
    <div className="chat-composer">
      <LengthNotice text={measured} />
      <div className="chat-composer-row">
        <FileButton />
        <Input
          ref={input as unknown as Ref<HTMLInputElement>}
          className="chat-input"
          data-testid="chat-input"
          aria-label={words.label}
          placeholder={words.placeholder}
          enterKeyHint="send"
          autoComplete="off"
          autoSize
          rows={1}
          maxRows={6}
          value={text}
          onChange={change}
          onPaste={handlePaste as unknown as React.ClipboardEventHandler<HTMLInputElement>}
          onKeyDown={handleKeyDown as unknown as React.KeyboardEventHandler<HTMLInputElement>}
          onFocus={onFocus as unknown as React.FocusEventHandler<HTMLInputElement>}
        />
        <button
          type="button"
          className="chat-send"
          data-testid="chat-send"
          disabled={!sendable}
          onMouseDown={(event) => event.preventDefault()}
          onClick={send}
        >
          {words.send}
        </button>
      </div>
    </div>
  );
}
