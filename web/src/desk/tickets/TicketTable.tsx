import { Table, type TableColumnsType } from "antd";
import type { HTMLAttributes } from "react";
import { Link, useNavigate } from "react-router";
import type { TicketSummary } from "../../api/types";
import { ticketListWords } from "../../messages/desk.zh-CN";
import { NextDue } from "../clocks/NextDue";
import { RelativeTime } from "../components/RelativeTime";
import { AlertTags, KindTag, LevelTag, PriorityTag, StageTag } from "./badges";

const { columns: words, none } = ticketListWords;

const COLUMNS: TableColumnsType<TicketSummary> = [
  {
    title: words.number,
    width: 120,
    render: (_, { number, created_at }) => (
      <div className="two-lines">
        <Link to={`/tickets/${number}`} className="ticket-number">
          {number}
        </Link>
        <span className="quiet">
          <RelativeTime at={created_at} />
        </span>
      </div>
    ),
  },
  { title: words.kind, width: 96, render: (_, ticket) => <KindTag ticket={ticket} /> },
  {
    title: words.title,
    render: (_, ticket) => (
      <div className="two-lines">
        <span className="ticket-title" title={ticket.title}>
          {ticket.title}
        </span>
        <span>
          <AlertTags ticket={ticket} />
        </span>
      </div>
    ),
  },
  {
    title: words.priority,
    width: 72,
    render: (_, ticket) => <PriorityTag priority={ticket.priority} />,
  },
  { title: words.level, width: 92, render: (_, ticket) => <LevelTag level={ticket.level} /> },
  { title: words.stage, width: 104, render: (_, ticket) => <StageTag stage={ticket.stage} /> },
  { title: words.nextDue, width: 172, render: (_, ticket) => <NextDue ticket={ticket} /> },
  {
    title: words.customer,
    width: 116,
    render: (_, ticket) => (
      <div className="two-lines">
        <span>{ticket.customer_name ?? ticketListWords.anonymous}</span>
        <span className="quiet">{ticket.phone_masked}</span>
      </div>
    ),
  },
  {
    title: words.department,
    width: 108,
    render: (_, ticket) => (
      <div className="two-lines">
        <span>{ticket.department ?? none}</span>
        <span className="quiet">{ticket.assignee}</span>
      </div>
    ),
  },
];

type RowAttributes = HTMLAttributes<HTMLElement> & Record<`data-${string}`, string>;

interface TicketListProps {
  tickets: TicketSummary[];
  highlighted: ReadonlySet<string>;
  chosen: string | null;
  loading: boolean;
  empty: string;
  ticked: readonly string[];
  onTick(numbers: string[]): void;
}

export function TicketTable({
  tickets,
  highlighted,
  chosen,
  loading,
  empty,
  ticked,
  onTick,
}: TicketListProps) {
  const navigate = useNavigate();
  return (
    <Table<TicketSummary>
      size="small"
      rowKey="number"
      tableLayout="fixed"
      columns={COLUMNS}
      dataSource={tickets}
      loading={loading}
      pagination={false}
      rowSelection={{
        selectedRowKeys: [...ticked],
        onChange: (keys) => onTick(keys.map(String)),
        columnWidth: 36,
      }}
      scroll={{ x: 1180 }}
      locale={{ emptyText: empty }}
      rowClassName={(ticket) => (highlighted.has(ticket.number) ? "ticket-row new" : "ticket-row")}
      onRow={(ticket): RowAttributes => ({
        "data-testid": "ticket-row",
        "data-number": ticket.number,
        "data-chosen": String(ticket.number === chosen),
        onClick: (event) => {
          const onLink =
            (event.target as HTMLElement).closest("a, .ant-table-selection-column") !== null;
          const selecting = window.getSelection()?.toString() !== "";
          if (!onLink && !selecting) navigate(`/tickets/${ticket.number}`);
        },
      })}
    />
  );
}
