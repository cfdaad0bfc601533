import { useSyncExternalStore } from "react";

type Subscribe = (listener: () => void) => () => void;

/** One timer for all components that want to know the time that often. */
function ticker(everyMs: number): { subscribe: Subscribe; read: () => number } {
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const listeners = new Set<() => void>();
  const tick = () => {
    now = Date.now();
    for (const listener of listeners) listener();
  };
  const subscribe: Subscribe = (listener) => {
    if (listeners.size === 0) {
      now = Date.now();
      timer = setInterval(tick, everyMs);
    }
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) clearInterval(timer);
    };
  };
  return { subscribe, read: () => now };
}

const halfMinutes = ticker(30_000);
const seconds = ticker(1_000);

/** The present, refreshed every half minute. */
export function useNow(): number {
  return useSyncExternalStore(halfMinutes.subscribe, halfMinutes.read);
}

/** The present, refreshed every second. */
export function useSecond(): number {
  return useSyncExternalStore(seconds.subscribe, seconds.read);
}
