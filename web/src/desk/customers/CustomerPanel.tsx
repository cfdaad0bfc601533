import "./customers.css";
import { useQueryClient } from "@tanstack/react-query";
import { Descriptions, Empty, Skeleton, Tag, Typography } from "antd";
import { Link } from "react-router";
import { listsApi } from "../../api/lists";
import { customerWords as words } from "../../messages/customers.zh-CN";
import { ErrorLine } from "../components/ErrorPanel";
import { Conversations, Numbers, Products, Tickets } from "./CustomerParts";
import { chatCustomerKey, useCustomerInChat } from "./customerQueries";

const SHOWN = 5;

interface MoreProps {
  to: string;
  count: number;
  words(count: number): string;
}

/** What the panel has no room for stands on the customer's page. */
function More({ to, count, words }: MoreProps) {
  if (count <= 0) return null;
  return (
    <Link to={to} className="quiet" data-testid="list-more">
      {words(count)}
    </Link>
  );
}

interface CustomerPanelProps {
  conversationId: string;
  /** The chat shows numbers too from now on. */
  onRevealed(): void;
}

/** Beside a chat: whom we talk to, what they own, and what there was before. */
export function CustomerPanel({ conversationId, onRevealed }: CustomerPanelProps) {
  const client = useQueryClient();
  const { data: customer, error } = useCustomerInChat(conversationId);
  if (customer === undefined) {
    return error ? <ErrorLine error={error} /> : <Skeleton active paragraph={{ rows: 6 }} />;
  }
  if (customer === null) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words.panel.unknown} />;
  }
  const earlier = customer.conversations.filter((thread) => thread.id !== conversationId);
  const { products, tickets, totals } = customer;
  const page = `/customers/${customer.key}`;
  const allEarlier = totals.conversations - (customer.conversations.length - earlier.length);
  const items = [
    {
      key: "phones",
      label: words.facts.phones,
      children: (
        <Numbers
          customer={customer}
          reveal={(reason) => listsApi.revealInChat(conversationId, reason)}
          onRevealed={() => {
            void client.invalidateQueries({ queryKey: chatCustomerKey(conversationId) });
            onRevealed();
          }}
        />
      ),
    },
    { key: "address", label: words.facts.address, children: customer.address ?? words.none },
    ...(customer.unit ? [{ key: "unit", label: words.facts.unit, children: customer.unit }] : []),
  ];
  return (
    <section className="customer-panel" data-testid="customer-panel">
      <Typography.Title level={5}>
        {customer.name ?? words.unnamed}{" "}
        {customer.key_customer && <Tag color="gold">{words.keyCustomer}</Tag>}
        <Tag>{customer.registered ? words.registered : words.phoneOnly}</Tag>
      </Typography.Title>
      <Descriptions size="small" column={1} items={items} className="contact-lines" />
      {products.length > 0 && (
        <>
          <h4>{words.sections.products}</h4>
          <Products products={products.slice(0, SHOWN)} />
          <More to={page} count={products.length - SHOWN} words={words.panel.moreProducts} />
        </>
      )}
      {tickets.length > 0 && (
        <>
          <h4>{words.panel.openTickets}</h4>
          <Tickets tickets={tickets.slice(0, SHOWN)} />
          <More to={page} count={totals.tickets - SHOWN} words={words.panel.moreTickets} />
        </>
      )}
      {earlier.length > 0 && (
        <>
          <h4>{words.panel.earlier}</h4>
          <Conversations threads={earlier.slice(0, SHOWN)} />
          <More to={page} count={allEarlier - SHOWN} words={words.panel.moreConversations} />
        </>
      )}
      <Link to={page}>{words.panel.more}</Link>
    </section>
  );
}
