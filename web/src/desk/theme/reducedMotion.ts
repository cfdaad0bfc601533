/** Whether the system asks for less motion. */
import { useSyncExternalStore } from "react";

const systemReduces = window.matchMedia("(prefers-reduced-motion: reduce)");

function subscribe(listener: () => void): () => void {
  systemReduces.addEventListener("change", listener);
  return () => systemReduces.removeEventListener("change", listener);
}

export function useReducedMotion(): boolean {
  return useSyncExternalStore(subscribe, () => systemReduces.matches);
}
