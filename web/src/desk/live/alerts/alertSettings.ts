/** Sound and desktop notifications: chosen on this machine, kept in the browser. */
import { useSyncExternalStore } from "react";

export interface AlertSettings {
  sound: boolean;
  desktop: boolean;
}

const KEY = "yingsheng.desk.alerts";
const listeners = new Set<() => void>();

export function parseSettings(stored: string | null): AlertSettings {
  const chosen = (stored ?? "sound").split(" ");
  return { sound: chosen.includes("sound"), desktop: chosen.includes("desktop") };
}

let current = parseSettings(window.localStorage.getItem(KEY));

export const alertSettings = () => current;

export function setAlertSettings(next: AlertSettings): void {
  current = next;
  const names = Object.entries(next).flatMap(([name, on]) => (on ? [name] : []));
  window.localStorage.setItem(KEY, names.join(" "));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function useAlertSettings(): AlertSettings {
  return useSyncExternalStore(subscribe, alertSettings);
}
