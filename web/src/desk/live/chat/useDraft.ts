import { useCallback, useState } from "react";
import { useLive } from "../LiveProvider";
import { type Draft, emptyDraft, keepDraft, readDraft } from "../model/drafts";

/** What is typed in a conversation, kept at every stroke. */
export function useDraft(id: string) {
  const { me } = useLive();
  const [draft, setDraft] = useState(() => readDraft(me.username, id, window.localStorage));
  const [kept, setKept] = useState(true);
  const change = useCallback(
    (changes: Partial<Draft> | ((before: Draft) => Partial<Draft>)) =>
      setDraft((before) => {
        const changed = typeof changes === "function" ? changes(before) : changes;
        const next = { ...before, ...changed };
        setKept(keepDraft(me.username, id, next, window.localStorage));
        return next;
      }),
    [me.username, id],
  );
  const clear = useCallback(
    () => change((before) => ({ ...emptyDraft, internal: before.internal })),
    [change],
  );
  return { draft, change, clear, kept };
}
