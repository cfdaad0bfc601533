import "./ticket.css";
import { Col, Row, Skeleton } from "antd";
import { useEffect } from "react";
import { useParams } from "react-router";
import { deskWords, ticketWords } from "../../messages/desk.zh-CN";
import { ErrorPanel } from "../components/ErrorPanel";
import { useTicket } from "../tickets/ticketQueries";
import { CaseCard } from "./CaseCard";
import { ContactCard } from "./ContactCard";
import { Conversation } from "./Conversation";
import { StageProgress } from "./StageProgress";
import { BackToList, TicketHeader } from "./TicketHeader";
import { TicketTimeline } from "./TicketTimeline";

export function TicketPage() {
  const number = useParams().number ?? "";
  const { data: ticket, error, refetch } = useTicket(number);
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
  return (
    <article className="ticket-page">
      <TicketHeader ticket={ticket} />
      <StageProgress ticket={ticket} />
      <Row gutter={[16, 16]}>
        <Col xs={24} lg={15} className="ticket-column">
          <CaseCard ticket={ticket} />
          <Conversation ticket={ticket} />
        </Col>
        <Col xs={24} lg={9} className="ticket-column">
          <ContactCard ticket={ticket} />
          <TicketTimeline ticket={ticket} />
        </Col>
      </Row>
    </article>
  );
}
