import "./ticket.css";
import { Skeleton } from "antd";
import { useEffect } from "react";
import { useNavigate, useParams } from "react-router";
import { deskWords, ticketWords } from "../../messages/desk.zh-CN";
import { ClockCard } from "../clocks/ClockCard";
import { ErrorPanel } from "../components/ErrorPanel";
import { EmergencyCard } from "../escalation/EmergencyCard";
import { EscalationCard } from "../escalation/EscalationCard";
import { useHotkeys } from "../keyboard/useHotkeys";
import { TicketOrders } from "../orders/TicketOrders";
import { StepBar, useOpenStep } from "../steps/StepBar";
import { useTicket } from "../tickets/ticketQueries";
import { WarrantyCard } from "../warranty/WarrantyCard";
import { CaseCard } from "./CaseCard";
import { CaseRecord } from "./CaseRecord";
import { ContactCard } from "./ContactCard";
import { Conversation } from "./Conversation";
import { StageProgress } from "./StageProgress";
import { isClosed } from "./stageSteps";
import { TicketAlerts } from "./TicketAlerts";
import { BackToList, TicketHeader } from "./TicketHeader";
import { TicketTimeline } from "./TicketTimeline";

function OneTicket({ number }: { number: string }) {
  const { data: ticket, error, refetch } = useTicket(number);
  const openStep = useOpenStep();
  const navigate = useNavigate();
  useHotkeys({ u: () => navigate("/tickets") });
  useEffect(() => {
    document.title = `${ticketWords.title(number)} · ${deskWords.title}`;
  }, [number]);

  if (!ticket) {
    return error ? (
      <>
        <BackToList />
        <ErrorPanel error={error} onRetry={() => void refetch()} />
      </>
    ) : (
      <Skeleton active paragraph={{ rows: 12 }} />
    );
  }
  const complete = () => openStep.open("correct_facts");
  return (
    <article className="ticket-page">
      <TicketHeader ticket={ticket} />
      <StageProgress ticket={ticket} />
      <TicketAlerts ticket={ticket} onComplete={complete} />
      <StepBar ticket={ticket} {...openStep} />
      <div className="ticket-areas">
        <div className="ticket-column area-case">
          <CaseCard ticket={ticket} />
          <CaseRecord ticket={ticket} />
        </div>
        <div className="ticket-column area-log">
          <Conversation ticket={ticket} />
          <TicketTimeline ticket={ticket} />
        </div>
        <div className="ticket-column area-side">
          <EmergencyCard number={number} />
          <ClockCard number={number} />
          <EscalationCard number={number} />
          <TicketOrders ticket={number} kind={ticket.kind} closed={isClosed(ticket.stage)} />
          <WarrantyCard ticket={ticket} onComplete={complete} />
          <ContactCard ticket={ticket} />
        </div>
      </div>
    </article>
  );
}

/** Forms and folds of one ticket are not carried over to the next. */
export function TicketPage() {
  const number = useParams().number ?? "";
  return <OneTicket key={number} number={number} />;
}
