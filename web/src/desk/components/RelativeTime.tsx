import { Tooltip } from "antd";
import { formatRelative, formatTime } from "../../shared/time";
import { useNow } from "./useNow";

/** How long ago, with the exact time on hover. */
export function RelativeTime({ at }: { at: string }) {
  const now = useNow();
  return (
    <Tooltip title={formatTime(at)}>
      <time dateTime={at}>{formatRelative(at, now)}</time>
    </Tooltip>
  );
}
