import { Card, Descriptions, Tag, Typography } from "antd";
import { Link } from "react-router";
import type { TicketDetail } from "../../api/types";
import { ticketWords } from "../../messages/desk.zh-CN";
import { demandLabels } from "../../messages/labels.zh-CN";
import { labelOf } from "../../shared/labels";
import { type DetailLine, detailLines, signalTags } from "./details";

function DetailValue({ line }: { line: DetailLine }) {
  if (line.key === "related_ticket") return <Link to={`/tickets/${line.value}`}>{line.value}</Link>;
  return <span className="own-words">{line.value}</span>;
}

/** What the customer said, wants, and told us. */
export function CaseCard({ ticket }: { ticket: TicketDetail }) {
  const lines = detailLines(ticket.details);
  const tags = signalTags(ticket.signals);
  return (
    <Card size="small" title={ticketWords.description}>
      <div className="own-words ticket-description" data-testid="ticket-description">
        {ticket.description}
      </div>
      {tags.length > 0 && (
        <div className="signal-tags" data-testid="ticket-signals">
          {tags.map((tag) => (
            <Tag key={tag.text} color={tag.grave ? "red" : "orange"}>
              {tag.text}
            </Tag>
          ))}
        </div>
      )}
      {ticket.demand && (
        <p className="ticket-demand" data-testid="ticket-demand">
          <Typography.Text type="secondary">{ticketWords.demand}</Typography.Text>{" "}
          <Typography.Text strong>{labelOf(demandLabels, ticket.demand)}</Typography.Text>
        </p>
      )}
      <div data-testid="ticket-details">
        {lines.length === 0 ? (
          <Typography.Text type="secondary">{ticketWords.noDetails}</Typography.Text>
        ) : (
          <Descriptions
            bordered
            size="small"
            column={{ xs: 1, sm: 1, md: 2, lg: 2, xl: 2, xxl: 2 }}
            items={lines.map((line) => ({
              key: line.key,
              label: line.label,
              children: <DetailValue line={line} />,
            }))}
          />
        )}
      </div>
    </Card>
  );
}
