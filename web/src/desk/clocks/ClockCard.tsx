import { Card, Collapse, Skeleton } from "antd";
import type { Clock } from "../../api/types";
import { clockWords } from "../../messages/case.zh-CN";
import { levelLabels } from "../../messages/labels.zh-CN";
import { labelOf } from "../../shared/labels";
import { formatShortTime } from "../../shared/time";
import { ErrorLine } from "../components/ErrorPanel";
import { useNow } from "../components/useNow";
import { ClauseTag } from "../policy/ClauseTag";
import { useClocks } from "./clockQueries";
import { TimeLeft } from "./TimeLeft";
import { isOpen } from "./timeLeft";

function when(clock: Clock, now: number): string {
  const ended = clock.stopped_at ?? null;
  if (ended !== null) return clockWords.ended(formatShortTime(ended, now));
  if (clock.paused_since !== null) return clockWords.paused;
  return clockWords.due(formatShortTime(clock.due_at, now));
}

function ClockLine({ clock, asOf }: { clock: Clock; asOf: number }) {
  const now = useNow();
  const tells = isOpen(clock) && clock.level !== null;
  return (
    <li className="clock-line" data-testid="clock" data-clock={clock.id} data-state={clock.state}>
      <div className="clock-head">
        <span>{clock.name}</span>
        <TimeLeft clock={clock} asOf={asOf} />
      </div>
      <div className="clock-head quiet">
        <span>
          {when(clock, now)}
          {tells && ` · ${clockWords.tells(labelOf(levelLabels, clock.level ?? ""))}`}
        </span>
        {clock.source && <ClauseTag id={clock.source} />}
      </div>
    </li>
  );
}

function ClockList({ clocks, asOf }: { clocks: readonly Clock[]; asOf: number }) {
  return (
    <ul className="clock-list">
      {clocks.map((clock) => (
        <ClockLine key={`${clock.id} ${clock.started_at}`} clock={clock} asOf={asOf} />
      ))}
    </ul>
  );
}

/** A ticket's clocks: those that run on top, the others folded away. */
export function ClockCard({ number }: { number: string }) {
  const { data: clocks, error, dataUpdatedAt } = useClocks(number);
  const running = clocks?.filter(isOpen) ?? [];
  const finished = clocks?.filter((clock) => !isOpen(clock)) ?? [];
  return (
    <Card size="small" title={clockWords.title} data-testid="clocks">
      {!clocks && !error && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
      {!clocks && error && <ErrorLine error={error} />}
      {clocks && running.length === 0 && <span className="quiet">{clockWords.none}</span>}
      <ClockList clocks={running} asOf={dataUpdatedAt} />
      {finished.length > 0 && (
        <Collapse
          ghost
          size="small"
          className="fold"
          items={[
            {
              key: "finished",
              label: <span className="quiet">{clockWords.finished(finished.length)}</span>,
              children: <ClockList clocks={finished} asOf={dataUpdatedAt} />,
            },
          ]}
        />
      )}
    </Card>
  );
}
