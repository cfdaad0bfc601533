import { useEffect, useLayoutEffect, useState } from "react";
import { useHref, useLocation } from "react-router";
import { type Address, HeldKeys, type Hotkeys } from "./HeldKeys";

const TYPED_IN = "input, textarea, select, [contenteditable='true'], [role='combobox']";
const IN_FRONT = ".ant-drawer-open, .ant-modal-wrap:not([style*='display: none'])";
/** The router's name for the entry of the history that a page was opened with. */
const FIRST_ENTRY = "default";

const nothingInFront = () => document.querySelector(IN_FRONT) === null;

function isForPage(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  if (event.target instanceof Element && event.target.closest(TYPED_IN)) return false;
  return nothingInFront();
}

const nothingTypedInto = () => !document.activeElement?.closest(TYPED_IN);

/** The router writes each address into the history at once, and tells pages of it when it draws them. */
function addressNow(): Address {
  const state = window.history.state as { key?: string } | null;
  return { entry: state?.key ?? FIRST_ENTRY, path: window.location.pathname };
}

function useDrawnAddress(): Address {
  const { key, pathname } = useLocation();
  return { entry: key, path: useHref(pathname) };
}

/** Single keys, and two in a row such as `g t`; not while something is typed or lies in front. */
export function useHotkeys(keys: Hotkeys): void {
  const address = useDrawnAddress();
  const [held] = useState(
    () =>
      new HeldKeys({
        address: addressNow,
        free: () => nothingInFront() && nothingTypedInto(),
        now: () => performance.now(),
      }),
  );
  useLayoutEffect(() => held.draw(keys, address));
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isForPage(event) && held.press(event.key, event.timeStamp)) event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [held]);
}
