import { Button, Card, Descriptions } from "antd";
import { useState } from "react";
import type { TicketDetail } from "../../api/types";
import { ticketWords } from "../../messages/desk.zh-CN";
import { channelLabels } from "../../messages/labels.zh-CN";
import { labelOf } from "../../shared/labels";
import { RelativeTime } from "../components/RelativeTime";
import { maskPhone } from "./details";

/** The number stays hidden from onlookers until it is needed. */
export function Phone({ phone }: { phone: string | null }) {
  const [shown, setShown] = useState(false);
  if (phone === null) return ticketWords.none;
  return (
    <span data-testid="ticket-phone">
      <span className="ticket-number">{shown ? phone : maskPhone(phone)}</span>{" "}
      <Button
        type="link"
        size="small"
        className="inline-button"
        data-testid="ticket-phone-show"
        onClick={() => setShown(!shown)}
      >
        {shown ? ticketWords.hidePhone : ticketWords.showPhone}
      </Button>
    </span>
  );
}

/** Whom to reach, and the bare facts of the ticket. */
export function ContactCard({ ticket }: { ticket: TicketDetail }) {
  const { contact } = ticket;
  const { facts } = ticketWords;
  const items = [
    { key: "name", label: ticketWords.name, children: contact.name ?? ticketWords.none },
    { key: "phone", label: ticketWords.phone, children: <Phone phone={contact.phone ?? null} /> },
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
    <Card size="small" title={ticketWords.contact} data-testid="ticket-contact">
      <Descriptions size="small" column={1} items={items} className="contact-lines" />
    </Card>
  );
}
