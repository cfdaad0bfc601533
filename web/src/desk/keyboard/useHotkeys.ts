import { useEffect, useRef } from "react";

export type Hotkeys = Readonly<Record<string, () => unknown>>;

const SEQUENCE_MS = 1_200;
const TYPED_IN = "input, textarea, select, [contenteditable='true'], [role='combobox']";
const IN_FRONT = ".ant-drawer-open, .ant-modal-wrap:not([style*='display: none'])";

function isForPage(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  if (event.target instanceof Element && event.target.closest(TYPED_IN)) return false;
  return document.querySelector(IN_FRONT) === null;
}

/** Single keys, and two in a row such as `g t`; not while something is typed or lies in front. */
export function useHotkeys(keys: Hotkeys): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    let before = "";
    let pressedAt = 0;
    const onKey = (event: KeyboardEvent) => {
      if (!isForPage(event)) return;
      const pair = event.timeStamp - pressedAt < SEQUENCE_MS ? `${before} ${event.key}` : "";
      const afterGo = before === "g" && pair !== "";
      before = event.key;
      pressedAt = event.timeStamp;
      const act = current.current[pair] ?? (afterGo ? undefined : current.current[event.key]);
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
