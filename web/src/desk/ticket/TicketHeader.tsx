import { ArrowLeftOutlined } from "@ant-design/icons";
import { Flex, Typography } from "antd";
import { Link } from "react-router";
import type { TicketDetail } from "../../api/types";
import { ticketWords } from "../../messages/desk.zh-CN";
import { NextDueTag } from "../clocks/NextDue";
import { AlertTags, KindTag, LevelTag, PriorityTag, StageTag } from "../tickets/badges";

export function BackToList() {
  return (
    <Link to="/tickets" className="back-link">
      <ArrowLeftOutlined /> {ticketWords.back}
    </Link>
  );
}

export function TicketHeader({ ticket }: { ticket: TicketDetail }) {
  return (
    <header className="ticket-header">
      <BackToList />
      <Typography.Title level={1} data-testid="ticket-title">
        {ticket.title}
      </Typography.Title>
      <Flex wrap gap="4px 8px" align="center">
        <Typography.Text
          className="ticket-number"
          data-testid="ticket-number"
          copyable={{ text: ticket.number, tooltips: [ticketWords.copy, ticketWords.copied] }}
        >
          {ticket.number}
        </Typography.Text>
        <KindTag ticket={ticket} />
        <StageTag stage={ticket.stage} />
        <AlertTags ticket={ticket} />
        <PriorityTag priority={ticket.priority} />
        <LevelTag level={ticket.level} />
        <NextDueTag number={ticket.number} />
      </Flex>
    </header>
  );
}
