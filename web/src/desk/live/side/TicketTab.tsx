import "../../ticket/ticket.css";
import { Empty, Segmented, Skeleton } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { sideWords } from "../../../messages/live.zh-CN";
import { ClockCard } from "../../clocks/ClockCard";
import { ErrorPanel } from "../../components/ErrorPanel";
import { TicketOrders } from "../../orders/TicketOrders";
import { StepBar, useOpenStep } from "../../steps/StepBar";
import { CaseCard } from "../../ticket/CaseCard";
import { isClosed } from "../../ticket/stageSteps";
import { TicketAlerts } from "../../ticket/TicketAlerts";
import { AlertTags, KindTag, StageTag } from "../../tickets/badges";
import { useTicket } from "../../tickets/ticketQueries";

function OneTicket({ number }: { number: string }) {
  const { data: ticket, error, refetch } = useTicket(number);
  const openStep = useOpenStep();
  if (!ticket) {
    return error ? (
      <ErrorPanel error={error} onRetry={() => void refetch()} />
    ) : (
      <Skeleton active paragraph={{ rows: 6 }} />
    );
  }
  return (
    <div className="live-ticket" data-testid="live-ticket" data-number={number}>
      <div className="live-ticket-head">
        <Link to={`/tickets/${number}`} className="ticket-number" title={sideWords.openTicket}>
          {number}
        </Link>
        <StageTag stage={ticket.stage} />
        <KindTag ticket={ticket} />
        <AlertTags ticket={ticket} />
      </div>
      <TicketAlerts ticket={ticket} onComplete={() => openStep.open("correct_facts")} />
      <StepBar ticket={ticket} {...openStep} />
      <CaseCard ticket={ticket} />
      <ClockCard number={number} />
      <TicketOrders ticket={number} kind={ticket.kind} closed={isClosed(ticket.stage)} />
    </div>
  );
}

/** The tickets of the conversation, each with what can be done about it. */
export function TicketTab({ numbers }: { numbers: readonly string[] }) {
  const newest = numbers[numbers.length - 1];
  const [chosen, choose] = useState(newest);
  const shown = chosen !== undefined && numbers.includes(chosen) ? chosen : newest;
  if (shown === undefined) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={sideWords.noTicket} />;
  }
  return (
    <>
      {numbers.length > 1 && (
        <Segmented
          block
          size="small"
          className="live-ticket-choice"
          value={shown}
          options={[...numbers]}
          onChange={choose}
        />
      )}
      <OneTicket key={shown} number={shown} />
    </>
  );
}
