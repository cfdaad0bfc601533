import { Grid, Table, type TableColumnsType } from "antd";
import type { HTMLAttributes } from "react";
import { Link } from "react-router";
import type { NextClock } from "../../api/types";
import { ticketListWords } from "../../messages/desk.zh-CN";
import { severityLabels } from "../../messages/labels.zh-CN";
import { wallWords } from "../../messages/wall.zh-CN";
import { labelOf } from "../../shared/labels";
import { formatShortTime } from "../../shared/time";
import { TimeLeft } from "../clocks/TimeLeft";
import { useNow } from "../components/useNow";
import { rowKey } from "./wallRows";

const words = wallWords.columns;

function Due({ clock }: { clock: NextClock }) {
  const now = useNow();
  return <span className="quiet">{formatShortTime(clock.due_at, now)}</span>;
}

function TicketCell({ clock }: { clock: NextClock }) {
  return (
    <div className="two-lines">
      <span>
        <Link to={`/tickets/${clock.ticket_number}`} className="ticket-number">
          {clock.ticket_number}
        </Link>
        {clock.severity !== "minor" && (
          <span className="tone-warned"> {labelOf(severityLabels, clock.severity)}</span>
        )}
      </span>
      <span className="ticket-title">{clock.title}</span>
    </div>
  );
}

function columnsFor(asOf: number, wide: boolean): TableColumnsType<NextClock> {
  const left = (clock: NextClock) => <TimeLeft clock={clock} asOf={asOf} />;
  const who = (clock: NextClock) => (
    <div className="two-lines">
      <span>{clock.department ?? ticketListWords.none}</span>
      <span className="quiet">{clock.assignee ?? wallWords.nobody}</span>
    </div>
  );
  if (!wide) {
    const both = (clock: NextClock) => (
      <div className="two-lines">
        {left(clock)}
        <span>{clock.name}</span>
      </div>
    );
    return [
      { key: "left", title: words.left, width: 148, render: (_, clock) => both(clock) },
      { key: "ticket", title: words.ticket, render: (_, clock) => <TicketCell clock={clock} /> },
    ];
  }
  return [
    { key: "left", title: words.left, width: 168, render: (_, clock) => left(clock) },
    { key: "clock", title: words.clock, dataIndex: "name", width: 132 },
    { key: "ticket", title: words.ticket, render: (_, clock) => <TicketCell clock={clock} /> },
    { key: "who", title: words.who, width: 112, render: (_, clock) => who(clock) },
    { key: "due", title: words.due, width: 96, render: (_, clock) => <Due clock={clock} /> },
  ];
}

type RowAttributes = HTMLAttributes<HTMLElement> & Record<`data-${string}`, string>;

interface WallTableProps {
  rows: NextClock[];
  asOf: number;
  chosen: string | null;
  onOpen(key: string): void;
}

/** Running clocks of all tickets, each a line. */
export function WallTable({ rows, asOf, chosen, onOpen }: WallTableProps) {
  const wide = Grid.useBreakpoint().md ?? true;
  return (
    <Table<NextClock>
      size="small"
      rowKey={rowKey}
      tableLayout="fixed"
      columns={columnsFor(asOf, wide)}
      dataSource={rows}
      pagination={{ pageSize: 50, hideOnSinglePage: true, size: "small" }}
      rowClassName="ticket-row"
      onRow={(clock): RowAttributes => ({
        "data-testid": "wall-row",
        "data-number": clock.ticket_number,
        "data-clock": clock.id,
        "data-chosen": String(rowKey(clock) === chosen),
        onClick: (event) => {
          const onLink = (event.target as HTMLElement).closest("a") !== null;
          if (!onLink) onOpen(rowKey(clock));
        },
      })}
    />
  );
}
