import { useQueryClient } from "@tanstack/react-query";
import { Card, Descriptions, Tag } from "antd";
import { Link } from "react-router";
import { listsApi } from "../../api/lists";
import type { TicketDetail } from "../../api/types";
import { caseWords } from "../../messages/case.zh-CN";
import { fieldLabels, relationLabels } from "../../messages/labels.zh-CN";
import { labelOf } from "../../shared/labels";
import { CallCustomer } from "../deliveries/CallCustomer";
import { ticketKey } from "../tickets/ticketQueries";
import { recordLines } from "./record";

function TicketLink({ number }: { number: string }) {
  return (
    <Link to={`/tickets/${number}`} className="ticket-number">
      {number}
    </Link>
  );
}

interface NoticeProps {
  number: string;
  notice: NonNullable<TicketDetail["notice"]>;
}

function Notice({ number, notice }: NoticeProps) {
  const client = useQueryClient();
  return (
    <>
      <Tag color={notice.delivery === "failed" ? "red" : "blue"}>
        {labelOf(caseWords.delivery, notice.delivery)}
      </Tag>
      <span className="own-words">{notice.message.text}</span>
      {notice.delivery === "failed" && (
        <CallCustomer
          ask={(reason) => listsApi.revealTicket(number, reason)}
          onRevealed={() => void client.invalidateQueries({ queryKey: ticketKey(number) })}
        />
      )}
    </>
  );
}

function Related({ ticket }: { ticket: TicketDetail }) {
  return (
    <span className="related">
      {ticket.linked.map((link) => (
        <span key={`${link.number} ${link.relation}`}>
          <TicketLink number={link.number} />{" "}
          <span className="quiet">{labelOf(relationLabels, link.relation)}</span>
        </span>
      ))}
      {ticket.merged_from.map((number) => (
        <span key={number}>
          <TicketLink number={number} /> <span className="quiet">{caseWords.mergedFrom}</span>
        </span>
      ))}
    </span>
  );
}

/** What the steps have brought to record so far. */
export function CaseRecord({ ticket }: { ticket: TicketDetail }) {
  const items = recordLines(ticket.case).map(({ name, words, long }) => ({
    key: name,
    label: labelOf(fieldLabels, name),
    span: long ? ("filled" as const) : 1,
    children: <span className="own-words">{words}</span>,
  }));
  const related = ticket.linked.length + ticket.merged_from.length > 0;
  return (
    <Card size="small" title={caseWords.record} data-testid="case-record">
      {items.length === 0 && !related ? (
        <span className="quiet">{caseWords.noRecord}</span>
      ) : (
        <Descriptions
          bordered
          size="small"
          column={{ xs: 1, sm: 1, md: 2, lg: 2, xl: 2, xxl: 3 }}
          items={[
            ...items,
            ...(ticket.notice
              ? [
                  {
                    key: "notice",
                    label: caseWords.notice,
                    span: "filled" as const,
                    children: <Notice number={ticket.number} notice={ticket.notice} />,
                  },
                ]
              : []),
            ...(related
              ? [
                  {
                    key: "related",
                    label: caseWords.linked,
                    span: "filled" as const,
                    children: <Related ticket={ticket} />,
                  },
                ]
              : []),
          ]}
        />
      )}
    </Card>
  );
}
