/** Light, dark, or as the system is: kept in the browser, announced to every component. */
import { useSyncExternalStore } from "react";

export type ThemeMode = "system" | "light" | "dark";

const KEY = "yingsheng.desk.theme";
const listeners = new Set<() => void>();
const systemDark = window.matchMedia("(prefers-color-scheme: dark)");

export function parseMode(stored: string | null): ThemeMode {
  return stored === "light" || stored === "dark" ? stored : "system";
}

export function isDark(mode: ThemeMode, systemIsDark: boolean): boolean {
  return mode === "dark" || (mode === "system" && systemIsDark);
}

let mode = parseMode(window.localStorage.getItem(KEY));

export function setThemeMode(next: ThemeMode): void {
  mode = next;
  window.localStorage.setItem(KEY, next);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  systemDark.addEventListener("change", listener);
  return () => {
    listeners.delete(listener);
    systemDark.removeEventListener("change", listener);
  };
}

export function useThemeMode(): ThemeMode {
  return useSyncExternalStore(subscribe, () => mode);
}

export function useDark(): boolean {
  return useSyncExternalStore(subscribe, () => isDark(mode, systemDark.matches));
}
