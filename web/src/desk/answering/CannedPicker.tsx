import "./answering.css";
import { App } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import { answeringApi, type CannedReply } from "../../api/answering";
import { cannedWords } from "../../messages/answering.zh-CN";
import { labelOf } from "../../shared/labels";
import { useCanned, useVariables } from "./answeringQueries";
import { matching, slashQuery } from "./cannedMatch";
import { fill } from "./fill";

interface CannedPickerProps {
  conversationId: string;
  /** What stands in the composer. */
  text: string;
  onPick(text: string): void;
}

interface ListKeys {
  move(by: number): void;
  take(): void;
  close(): void;
}

/** The keys are typed into the composer; while the list is open some of them are the list's. */
function useKeysOfList(open: boolean, keys: ListKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    if (!open) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
      const { move, take, close } = latest.current;
      if (event.key === "ArrowDown") move(1);
      else if (event.key === "ArrowUp") move(-1);
      else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") take();
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, [open]);
}

/** Canned replies over the composer, as soon as its text begins with a slash. */
export function CannedPicker({ conversationId, text, onPick }: CannedPickerProps) {
  const { message } = App.useApp();
  const [dismissed, setDismissed] = useState<string | null>(null);
  const [place, setPlace] = useState(0);
  const query = slashQuery(text);
  const wanted = query !== null && dismissed !== text;
  const { data: replies } = useCanned();
  const { data: variables } = useVariables(conversationId, wanted);
  const found = useMemo(
    () => (query === null ? [] : matching(replies ?? [], query)),
    [replies, query],
  );
  const open = wanted && found.length > 0;
  const chosen = Math.min(place, found.length - 1);

  // another search begins at its best find
  // biome-ignore lint/correctness/useExhaustiveDependencies: the query is what changes
  useEffect(() => setPlace(0), [query]);

  const pick = (reply: CannedReply) => {
    const filled = fill(reply.text, variables);
    onPick(filled.text);
    answeringApi.noteUse(reply.id).catch(() => undefined); // only counted
    if (filled.missing.length > 0) {
      const names = filled.missing.map((name) => labelOf(cannedWords.variables, name));
      void message.warning(cannedWords.unknown(names));
    }
  };
  useKeysOfList(open, {
    move: (by) => setPlace((chosen + by + found.length) % found.length),
    take: () => {
      const reply = found[chosen];
      if (reply) pick(reply);
    },
    close: () => setDismissed(text),
  });

  if (!wanted) return null;
  if (found.length === 0) {
    return replies ? <div className="canned-picker quiet">{cannedWords.none}</div> : null;
  }
  return (
    <div
      className="canned-picker"
      role="listbox"
      aria-label={cannedWords.picker}
      data-testid="canned-picker"
    >
      {found.map((reply, index) => (
        <button
          key={reply.id}
          type="button"
          role="option"
          aria-selected={index === chosen}
          tabIndex={-1}
          className="canned-line"
          data-testid="canned-line"
          onMouseDown={(event) => event.preventDefault()}
          onMouseEnter={() => setPlace(index)}
          onClick={() => pick(reply)}
        >
          <b>/{reply.shortcut}</b> <span>{reply.title}</span>
          <span className="canned-preview quiet">{fill(reply.text, variables).text}</span>
        </button>
      ))}
    </div>
  );
}
