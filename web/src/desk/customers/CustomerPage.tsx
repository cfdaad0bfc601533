import "./customers.css";
import { ArrowLeftOutlined } from "@ant-design/icons";
import { Card, Descriptions, Empty, Skeleton, Tag, Typography } from "antd";
import { useEffect } from "react";
import { Link, useParams } from "react-router";
import { listsApi } from "../../api/lists";
import type { CustomerPage as Customer } from "../../api/types";
import { customerWords as words } from "../../messages/customers.zh-CN";
import { deskWords } from "../../messages/desk.zh-CN";
import { orderStageLabels } from "../../messages/orders.zh-CN";
import { registerWords } from "../../messages/wall.zh-CN";
import { labelOf } from "../../shared/labels";
import { formatTime } from "../../shared/time";
import { ErrorPanel } from "../components/ErrorPanel";
import { ListCount } from "../components/ListCount";
import { Conversations, Numbers, Products, Surveys, Tickets } from "./CustomerParts";
import { useCustomer } from "./customerQueries";

function Orders({ orders }: { orders: Customer["orders"] }) {
  if (orders.length === 0) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words.empty.orders} />;
  }
  return (
    <ul className="plain-list">
      {orders.map((order) => (
        <li key={order.number}>
          <Link to={`/board?order=${order.number}`} className="ticket-number">
            {order.number}
          </Link>{" "}
          <Tag>{labelOf(orderStageLabels, order.stage)}</Tag>
          {order.satisfied !== null && (
            <Tag color={order.satisfied ? "green" : "red"}>
              {order.satisfied ? words.satisfied : words.unsatisfied}
            </Tag>
          )}
          <div className="quiet">
            {[
              order.technician,
              order.visit_at && words.visit(formatTime(order.visit_at)),
              Number(order.bill_total) > 0 && words.yuan(String(order.bill_total)),
            ]
              .filter(Boolean)
              .join(" · ")}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Entries({ customer }: { customer: Customer }) {
  return (
    <>
      {customer.contracts.map((contract) => (
        <div key={contract.number}>
          {words.sections.contracts} {contract.number}{" "}
          <span className="quiet">
            {registerWords.contractTerm(contract.starts_on, contract.ends_on)}
          </span>
        </div>
      ))}
      <ul className="plain-list">
        {customer.entries.map((entry) => (
          <li key={entry.id}>
            <Tag>{labelOf(registerWords.entryKinds, entry.kind)}</Tag>
            <span className="own-words">{entry.text}</span>
            <div className="quiet">
              {entry.author} {formatTime(entry.at)}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function Whole({ customer, onRevealed }: { customer: Customer; onRevealed(): void }) {
  const { facts, sections } = words;
  const { tickets, orders, surveys, conversations, totals } = customer;
  const known = [
    ["unit", customer.unit],
    ["region", customer.region],
    ["agreement", customer.technical_agreement],
  ] as const;
  const items = [
    {
      key: "phones",
      label: facts.phones,
      children: (
        <Numbers
          customer={customer}
          reveal={(reason) => listsApi.revealCustomer(customer.key, reason)}
          onRevealed={onRevealed}
        />
      ),
    },
    { key: "address", label: facts.address, children: customer.address ?? words.none },
    ...known.flatMap(([key, value]) =>
      value ? [{ key, label: facts[key], children: value }] : [],
    ),
  ];
  return (
    <div className="customer-areas">
      <div className="ticket-column">
        <Card size="small" data-testid="customer-facts">
          <Descriptions size="small" column={1} items={items} className="contact-lines" />
        </Card>
        <Card size="small" title={sections.products}>
          <Products products={customer.products} />
        </Card>
        {customer.entries.length + customer.contracts.length > 0 && (
          <Card size="small" title={sections.entries}>
            <Entries customer={customer} />
          </Card>
        )}
      </div>
      <div className="ticket-column">
        <Card
          size="small"
          title={sections.tickets}
          extra={<ListCount shown={tickets.length} total={totals.tickets} />}
        >
          <Tickets tickets={tickets} />
        </Card>
        <Card
          size="small"
          title={sections.orders}
          extra={<ListCount shown={orders.length} total={totals.orders} />}
        >
          <Orders orders={orders} />
        </Card>
        <Card
          size="small"
          title={sections.surveys}
          extra={<ListCount shown={surveys.length} total={totals.surveys} />}
        >
          <Surveys surveys={surveys} />
        </Card>
      </div>
      <Card
        size="small"
        title={sections.conversations}
        extra={<ListCount shown={conversations.length} total={totals.conversations} />}
      >
        <Conversations threads={conversations} />
      </Card>
    </div>
  );
}

/** Everything there was between us and a customer, by all channels. */
export function CustomerPage() {
  const key = useParams().id ?? "";
  const { data: customer, error, refetch } = useCustomer(key);
  useEffect(() => {
    document.title = `${customer?.name ?? words.title} · ${deskWords.title}`;
  }, [customer]);
  return (
    <article>
      <Link to="/customers" className="back-link">
        <ArrowLeftOutlined /> {words.back}
      </Link>
      {!customer && error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!customer && !error && <Skeleton active paragraph={{ rows: 10 }} />}
      {customer && (
        <>
          <div className="page-head">
            <Typography.Title level={1} data-testid="customer-name">
              {customer.name ?? words.unnamed}
            </Typography.Title>
            {customer.key_customer && <Tag color="gold">{words.keyCustomer}</Tag>}
            <Tag>{customer.registered ? words.registered : words.phoneOnly}</Tag>
          </div>
          <Whole customer={customer} onRevealed={() => void refetch()} />
        </>
      )}
    </article>
  );
}
