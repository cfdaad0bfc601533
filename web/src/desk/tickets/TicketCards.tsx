import { Checkbox, Empty, Spin } from "antd";
import { Link } from "react-router";
import type { TicketSummary } from "../../api/types";
import { ticketListWords } from "../../messages/desk.zh-CN";
import { bulkWords } from "../../messages/lists.zh-CN";
import { NextDue } from "../clocks/NextDue";
import { RelativeTime } from "../components/RelativeTime";
import { AlertTags, KindTag, LevelTag, PriorityTag, StageTag } from "./badges";

interface TicketCardsProps {
  tickets: TicketSummary[];
  highlighted: ReadonlySet<string>;
  loading: boolean;
  empty: string;
  ticked: readonly string[];
  onTick(numbers: string[]): void;
}

interface TicketCardProps {
  ticket: TicketSummary;
  isNew: boolean;
  isTicked: boolean;
  onTick(isTicked: boolean): void;
}

function TicketCard({ ticket, isNew, isTicked, onTick }: TicketCardProps) {
  const { number, customer_name, department } = ticket;
  const people = [customer_name ?? ticketListWords.anonymous, department].filter(Boolean);
  return (
    <li className="ticket-card-row">
      <Checkbox
        checked={isTicked}
        aria-label={bulkWords.tick(number)}
        onChange={(event) => onTick(event.target.checked)}
      />
      <Link
        to={`/tickets/${number}`}
        className={isNew ? "ticket-card new" : "ticket-card"}
        data-testid="ticket-row"
        data-number={number}
      >
        <span className="ticket-card-line">
          <span className="ticket-number">{number}</span>
          <span className="quiet">
            <RelativeTime at={ticket.created_at} />
          </span>
        </span>
        <span className="ticket-card-title">{ticket.title}</span>
        <span className="ticket-card-tags">
          <KindTag ticket={ticket} />
          <AlertTags ticket={ticket} />
          <PriorityTag priority={ticket.priority} />
          <LevelTag level={ticket.level} />
          <StageTag stage={ticket.stage} />
        </span>
        <span className="ticket-card-line">
          <span className="quiet">{people.join(" · ")}</span>
          <NextDue ticket={ticket} />
        </span>
      </Link>
    </li>
  );
}

/** The list on a phone. */
export function TicketCards({
  tickets,
  highlighted,
  loading,
  empty,
  ticked,
  onTick,
}: TicketCardsProps) {
  if (!loading && tickets.length === 0) return <Empty description={empty} />;
  return (
    <Spin spinning={loading}>
      <ul className="ticket-cards">
        {tickets.map((ticket) => (
          <TicketCard
            key={ticket.number}
            ticket={ticket}
            isNew={highlighted.has(ticket.number)}
            isTicked={ticked.includes(ticket.number)}
            onTick={(isTicked) =>
              onTick(
                isTicked
                  ? [...ticked, ticket.number]
                  : ticked.filter((each) => each !== ticket.number),
              )
            }
          />
        ))}
      </ul>
    </Spin>
  );
}
