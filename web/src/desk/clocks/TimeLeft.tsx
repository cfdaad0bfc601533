import "./clocks.css";
import { Tooltip } from "antd";
import type { Clock } from "../../api/types";
import { clockWords } from "../../messages/case.zh-CN";
import { labelOf } from "../../shared/labels";
import { formatTime } from "../../shared/time";
import { useSecond } from "../components/useNow";
import { formatSpan, timeLeft } from "./timeLeft";

interface TimeLeftProps {
  clock: Pick<Clock, "state" | "due_at" | "remaining_seconds" | "measure">;
  /** When the server's answer came. */
  asOf: number;
}

/** What is left of a clock; ticks where every second counts. */
export function TimeLeft({ clock, asOf }: TimeLeftProps) {
  const now = useSecond();
  const left = timeLeft(clock, asOf, now);
  if (left === null) {
    return <span className="quiet">{labelOf(clockWords.states, clock.state)}</span>;
  }
  const span = formatSpan(left.seconds, left.ticking);
  const words = left.seconds < 0 ? clockWords.over(span) : clockWords.left(span);
  const working = clock.measure === "working_time";
  return (
    <Tooltip title={clockWords.due(formatTime(clock.due_at))}>
      <span className={`time-left tone-${left.tone}`} data-testid="time-left" role="timer">
        {words}
        {working && <span className="quiet"> {clockWords.working}</span>}
      </span>
    </Tooltip>
  );
}
