import { useQueryClient } from "@tanstack/react-query";
import { Card, Descriptions, Tag } from "antd";
import { listsApi } from "../../api/lists";
import type { TicketDetail } from "../../api/types";
import { ticketWords } from "../../messages/desk.zh-CN";
import { channelLabels } from "../../messages/labels.zh-CN";
import { revealWords } from "../../messages/lists.zh-CN";
import { labelOf } from "../../shared/labels";
import { RelativeTime } from "../components/RelativeTime";
import { RevealButton } from "../reveal/RevealButton";
import { ticketKey } from "../tickets/ticketQueries";

/** Whom to reach, and the bare facts of the ticket. */
export function ContactCard({ ticket }: { ticket: TicketDetail }) {
  const { contact } = ticket;
  const { facts } = ticketWords;
  const client = useQueryClient();
  const hides = !ticket.revealed && Boolean(contact.phone ?? contact.address);
  const items = [
    { key: "name", label: ticketWords.name, children: contact.name ?? ticketWords.none },
    {
      key: "phone",
      label: ticketWords.phone,
      children: (
        <span data-testid="ticket-phone" className="ticket-number">
          {contact.phone ?? ticketWords.none}
        </span>
      ),
    },
    { key: "address", label: ticketWords.address, children: contact.address ?? ticketWords.none },
    { key: "department", label: facts.department, children: ticket.department ?? ticketWords.none },
    { key: "assignee", label: facts.assignee, children: ticket.assignee ?? ticketWords.none },
    { key: "channel", label: facts.channel, children: labelOf(channelLabels, ticket.channel) },
    {
      key: "created",
      label: facts.createdAt,
      children: <RelativeTime at={ticket.created_at} />,
    },
    {
      key: "updated",
      label: facts.updatedAt,
      children: <RelativeTime at={ticket.updated_at} />,
    },
    { key: "policy", label: facts.policyVersion, children: ticket.policy_version },
  ];
  return (
    <Card
      size="small"
      title={ticketWords.contact}
      data-testid="ticket-contact"
      extra={
        hides ? (
          <RevealButton
            reveal={(reason) => listsApi.revealTicket(ticket.number, reason)}
            onRevealed={() => void client.invalidateQueries({ queryKey: ticketKey(ticket.number) })}
          />
        ) : (
          ticket.revealed && <Tag title={revealWords.open}>{revealWords.shown}</Tag>
        )
      }
    >
      <Descriptions size="small" column={1} items={items} className="contact-lines" />
    </Card>
  );
}
