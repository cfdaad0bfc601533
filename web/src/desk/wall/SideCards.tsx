import { Badge, Card, Tag } from "antd";
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { WaitingEscalations } from "../../api/types";
import { channelLabels, levelLabels, transportLabels } from "../../messages/labels.zh-CN";
import { wallWords } from "../../messages/wall.zh-CN";
import { labelOf } from "../../shared/labels";
import { formatShortTime } from "../../shared/time";
import { ErrorLine } from "../components/ErrorPanel";
import { ListCount } from "../components/ListCount";
import { useNow } from "../components/useNow";
import { DeliveryDeeds } from "../deliveries/CallCustomer";
import { useFailedDeliveries, useFailedNotices } from "./wallQueries";

interface SideCardProps {
  title: string;
  /** How many lines there are, and how many in all. */
  shown: number;
  total: number;
  empty: string;
  error?: unknown;
  testId: string;
  children: ReactNode;
}

export function SideCard({ title, shown, total, empty, error, testId, children }: SideCardProps) {
  return (
    <Card
      size="small"
      title={title}
      extra={<Badge count={total} showZero={false} overflowCount={999} />}
      data-testid={testId}
    >
      {error ? <ErrorLine error={error} /> : null}
      {!error && total === 0 && <span className="quiet">{empty}</span>}
      <ul className="side-list">{children}</ul>
      {total > shown && <ListCount shown={shown} total={total} />}
    </Card>
  );
}

/** Levels that were called and have not answered. */
export function CalledCard({
  called,
  error,
}: {
  called: WaitingEscalations | undefined;
  error: unknown;
}) {
  const now = useNow();
  const { items = [], total = 0 } = called ?? {};
  return (
    <SideCard
      title={wallWords.escalations}
      shown={items.length}
      total={total}
      empty={wallWords.noEscalations}
      error={error}
      testId="wall-escalations"
    >
      {items.map((escalation) => (
        <li key={escalation.id}>
          <Link to={`/tickets/${escalation.ticket_number}`} className="side-line">
            <span>
              <Tag color="volcano">{labelOf(levelLabels, escalation.level)}</Tag>
              {escalation.name}
            </span>
            <span className="quiet side-meta">
              <span>
                {escalation.ticket_number} {escalation.title}
              </span>
              <span>{wallWords.ackBy(formatShortTime(escalation.ack_due_at ?? "", now))}</span>
            </span>
          </Link>
        </li>
      ))}
    </SideCard>
  );
}

/** The ticket that a line is about, if it is known. */
function TicketOf({ number }: { number: string | null }) {
  return number === null ? null : <Link to={`/tickets/${number}`}>{number}</Link>;
}

export function NoticesCard() {
  const now = useNow();
  const { data, error } = useFailedNotices();
  const { items = [], total = 0 } = data ?? {};
  return (
    <SideCard
      title={wallWords.notices}
      shown={items.length}
      total={total}
      empty={wallWords.noNotices}
      error={error}
      testId="wall-notices"
    >
      {items.map((notice) => (
        <li key={notice.id} className="side-line">
          <span>
            <TicketOf number={notice.ticket_number} /> {notice.title}
          </span>
          <span className="quiet side-meta">
            <span>
              {labelOf(transportLabels, notice.transport)} · {wallWords.attempts(notice.attempts)}
            </span>
            <span>{formatShortTime(notice.updated_at, now)}</span>
          </span>
          <span className="quiet side-error">{notice.last_error}</span>
        </li>
      ))}
    </SideCard>
  );
}

export function DeliveriesCard() {
  const now = useNow();
  const { data, error } = useFailedDeliveries();
  const { items = [], total = 0 } = data ?? {};
  return (
    <SideCard
      title={wallWords.deliveries}
      shown={items.length}
      total={total}
      empty={wallWords.noDeliveries}
      error={error}
      testId="wall-deliveries"
    >
      {items.map((delivery) => (
        <li key={delivery.id} className="side-line">
          <span className="side-meta">
            <span>
              <TicketOf number={delivery.ticket_number} />{" "}
              {labelOf(channelLabels, delivery.channel)} · {wallWords.attempts(delivery.attempts)}
            </span>
            <span className="quiet">{formatShortTime(delivery.updated_at, now)}</span>
          </span>
          <span className="quiet side-error">{delivery.advice ?? delivery.last_error}</span>
          <DeliveryDeeds conversationId={delivery.conversation_id} />
        </li>
      ))}
    </SideCard>
  );
}
