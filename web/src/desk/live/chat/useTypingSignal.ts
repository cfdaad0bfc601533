import { useCallback, useEffect, useRef } from "react";
import { useLiveChannel } from "../../realtime/RealtimeProvider";

const AT_MOST_EVERY_MS = 3_000;

/** Tells the other side that somebody is typing, and when they stopped. */
export function useTypingSignal(id: string): (active: boolean) => void {
  const live = useLiveChannel();
  const toldAt = useRef(0);
  const tell = useCallback(
    (active: boolean) => {
      const now = Date.now();
      if (active && now - toldAt.current < AT_MOST_EVERY_MS) return;
      if (!active && toldAt.current === 0) return;
      toldAt.current = active ? now : 0;
      live.send("typing", { conversation_id: id, active });
    },
    [live, id],
  );
  useEffect(() => () => tell(false), [tell]);
  return tell;
}
