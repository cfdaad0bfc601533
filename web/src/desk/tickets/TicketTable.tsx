import { Table, type TableColumnsType } from "antd";
import type { HTMLAttributes } from "react";
import { Link, useNavigate } from "react-router";
import type { TicketSummary } from "../../api/types";
import { ticketListWords } from "../../messages/desk.zh-CN";
import { RelativeTime } from "../components/RelativeTime";
import { AlertTags, KindTag, StageTag } from "./badges";

const { columns: words, none } = ticketListWords;

const COLUMNS: TableColumnsType<TicketSummary> = [
  {
    title: words.number,
    dataIndex: "number",
    width: 128,
    render: (number: string) => (
      <Link to={`/tickets/${number}`} className="ticket-number">
        {number}
      </Link>
    ),
  },
  { title: words.kind, width: 104, render: (_, ticket) => <KindTag ticket={ticket} /> },
  { title: words.title, dataIndex: "title", ellipsis: { showTitle: true } },
  { title: words.badges, width: 152, render: (_, ticket) => <AlertTags ticket={ticket} /> },
  { title: words.stage, width: 112, render: (_, ticket) => <StageTag stage={ticket.stage} /> },
  {
    title: words.customer,
    width: 132,
    render: (_, ticket) => (
      <div className="ticket-customer">
        <span>{ticket.customer_name ?? ticketListWords.anonymous}</span>
        <span className="quiet">{ticket.phone_masked}</span>
      </div>
    ),
  },
  {
    title: words.department,
    dataIndex: "department",
    width: 112,
    ellipsis: true,
    render: (department: string | null) => department ?? none,
  },
  {
    title: words.createdAt,
    width: 112,
    render: (_, ticket) => <RelativeTime at={ticket.created_at} />,
  },
];

type RowAttributes = HTMLAttributes<HTMLElement> & Record<`data-${string}`, string>;

interface TicketListProps {
  tickets: TicketSummary[];
  highlighted: ReadonlySet<string>;
  loading: boolean;
  empty: string;
}

export function TicketTable({ tickets, highlighted, loading, empty }: TicketListProps) {
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
      scroll={{ x: 1040 }}
      locale={{ emptyText: empty }}
      rowClassName={(ticket) => (highlighted.has(ticket.number) ? "ticket-row new" : "ticket-row")}
      onRow={(ticket): RowAttributes => ({
        "data-testid": "ticket-row",
        "data-number": ticket.number,
        onClick: (event) => {
          const onLink = (event.target as HTMLElement).closest("a") !== null;
          const selecting = window.getSelection()?.toString() !== "";
          if (!onLink && !selecting) navigate(`/tickets/${ticket.number}`);
        },
      })}
    />
  );
}
