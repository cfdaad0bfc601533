/** Parts of a customer's file, for the page as for the panel beside a chat. */
import { Empty, Tag } from "antd";
import { Link } from "react-router";
import type { CustomerPage } from "../../api/types";
import { customerWords as words } from "../../messages/customers.zh-CN";
import { channelLabels } from "../../messages/labels.zh-CN";
import { labelOf } from "../../shared/labels";
import { formatTime } from "../../shared/time";
import { RelativeTime } from "../components/RelativeTime";
import { RevealButton } from "../reveal/RevealButton";
import { AlertTags, KindTag, StageTag } from "../tickets/badges";

const STATE_COLORS = {
  in: "green",
  out: "red",
  unknown: "gold",
  contradictory: "volcano",
} as const;

function Nothing({ text }: { text: string }) {
  return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={text} />;
}

interface NumbersProps {
  customer: CustomerPage;
  reveal(reason: string | null): Promise<unknown>;
  onRevealed(): void;
}

export function Numbers({ customer, reveal, onRevealed }: NumbersProps) {
  const { phones, revealed, address } = customer;
  return (
    <>
      <span className="ticket-number" data-testid="customer-phones">
        {phones.join(words.list) || words.none}
      </span>
      {!revealed && (phones.length > 0 || address) && (
        <RevealButton reveal={reveal} onRevealed={onRevealed} />
      )}
    </>
  );
}

export function Products({ products }: { products: CustomerPage["products"] }) {
  if (products.length === 0) return <Nothing text={words.empty.products} />;
  return (
    <ul className="plain-list">
      {products.map(({ sale, state, until, sentence }) => (
        <li key={sale.id}>
          <div>
            <strong>{sale.product.name}</strong> <span className="quiet">{sale.product.model}</span>{" "}
            <Tag color={STATE_COLORS[state]}>{words.states[state]}</Tag>
            {until && <span className="quiet">{words.until(until)}</span>}
          </div>
          <div className="quiet">
            {words.bought(sale.purchase_date)} {sale.serial && words.serial(sale.serial)}
          </div>
          <div className="quiet">{sentence}</div>
        </li>
      ))}
    </ul>
  );
}

export function Tickets({ tickets }: { tickets: CustomerPage["tickets"] }) {
  if (tickets.length === 0) return <Nothing text={words.empty.tickets} />;
  return (
    <ul className="plain-list" data-testid="customer-tickets">
      {tickets.map((ticket) => (
        <li key={ticket.number}>
          <Link to={`/tickets/${ticket.number}`} className="ticket-number">
            {ticket.number}
          </Link>{" "}
          <StageTag stage={ticket.stage} />
          <KindTag ticket={ticket as never} />
          <AlertTags ticket={ticket as never} />
          <div>
            {ticket.title}{" "}
            <span className="quiet">
              <RelativeTime at={ticket.created_at} />
            </span>
          </div>
        </li>
      ))}
    </ul>
  );
}

export function Conversations({ threads }: { threads: CustomerPage["conversations"] }) {
  if (threads.length === 0) return <Nothing text={words.empty.conversations} />;
  return (
    <ul className="plain-list" data-testid="customer-conversations">
      {threads.map((thread) => (
        <li key={thread.id}>
          <Tag>{labelOf(channelLabels, thread.channel)}</Tag>
          <Link to={`/live/${thread.id}`}>{thread.opening ?? words.noWords}</Link>
          <div className="quiet">
            <RelativeTime at={thread.last_at ?? thread.started_at} /> ·{" "}
            {words.messages(thread.messages)}
          </div>
        </li>
      ))}
    </ul>
  );
}

export function Surveys({ surveys }: { surveys: CustomerPage["surveys"] }) {
  if (surveys.length === 0) return <Nothing text={words.empty.surveys} />;
  const rated = (survey: CustomerPage["surveys"][number]) =>
    (Object.keys(words.ratings) as (keyof typeof words.ratings)[])
      .map((name) => ({ label: words.ratings[name], points: survey[name] }))
      .flatMap(({ label, points }) => (points === null ? [] : [words.rating(label, points)]));
  return (
    <ul className="plain-list">
      {surveys.map((survey) => (
        <li key={survey.ticket}>
          <Link to={`/tickets/${survey.ticket}`} className="ticket-number">
            {survey.ticket}
          </Link>{" "}
          <Tag>{labelOf(words.outcomes, survey.outcome ?? "")}</Tag>
          <span className="quiet">{formatTime(survey.at)}</span>
          <div>{rated(survey).join(words.list)}</div>
          {survey.suggestion && <div className="own-words">{survey.suggestion}</div>}
        </li>
      ))}
    </ul>
  );
}
