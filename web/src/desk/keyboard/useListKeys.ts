import { useEffect, useState } from "react";
import { useHotkeys } from "./useHotkeys";

/** j and k walk through a list, Enter opens. Returns the key of the chosen line, if any. */
export function useListKeys(lines: readonly string[], open: (line: string) => void): string | null {
  const [chosen, setChosen] = useState<string | null>(null);
  const at = chosen === null ? -1 : lines.indexOf(chosen);
  const go = (to: number) => setChosen(lines[Math.max(0, Math.min(to, lines.length - 1))] ?? null);
  useHotkeys({
    j: () => go(at + 1),
    k: () => go(at - 1),
    ...(at >= 0 && chosen !== null ? { Enter: () => open(chosen) } : {}),
  });
  useEffect(() => {
    if (chosen !== null) {
      document.querySelector("[data-chosen='true']")?.scrollIntoView({ block: "nearest" });
    }
  }, [chosen]);
  return at >= 0 ? chosen : null;
}
