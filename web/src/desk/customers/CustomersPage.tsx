import "./customers.css";
import { Card, Empty, Input, Spin, Tag, Typography } from "antd";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import type { CustomerLine } from "../../api/types";
import { customerWords as words } from "../../messages/customers.zh-CN";
import { deskWords } from "../../messages/desk.zh-CN";
import { ErrorPanel } from "../components/ErrorPanel";
import { RelativeTime } from "../components/RelativeTime";
import { useCustomerSearch } from "./customerQueries";

const LONGEST = 100;

function Line({ customer }: { customer: CustomerLine }) {
  const { key, name, registered, key_customer, phones_masked, address_masked, last_at } = customer;
  return (
    <li>
      <Link to={`/customers/${key}`} className="customer-line" data-testid="customer-line">
        <span>
          <strong>{name ?? words.unnamed}</strong>{" "}
          {key_customer && <Tag color="gold">{words.keyCustomer}</Tag>}
          <Tag>{registered ? words.registered : words.phoneOnly}</Tag>
        </span>
        <span className="ticket-number">{phones_masked.join(words.list)}</span>
        <span className="quiet">{address_masked}</span>
        <span className="quiet">
          {words.tickets(customer.open_tickets, customer.tickets)}{" "}
          {last_at && <RelativeTime at={last_at} />}
        </span>
      </Link>
    </li>
  );
}

/** Finding a customer. What is searched is not kept in the address, for it may be a phone number. */
export function CustomersPage() {
  const [text, setText] = useState("");
  const { data: found, error, isFetching, refetch } = useCustomerSearch(text);
  useEffect(() => {
    document.title = `${words.title} · ${deskWords.title}`;
  }, []);
  return (
    <>
      <div className="page-head">
        <Typography.Title level={1}>{words.title}</Typography.Title>
      </div>
      <search className="customer-search">
        <Input.Search
          allowClear
          autoFocus
          enterButton
          maxLength={LONGEST}
          placeholder={words.search}
          aria-label={words.search}
          data-testid="customer-search"
          loading={isFetching}
          onSearch={(value) => setText(value.trim())}
        />
      </search>
      {text === "" && <Empty description={words.hint} />}
      {text !== "" && !found && !error && <Spin className="page-spin" />}
      {text !== "" && !found && error && (
        <ErrorPanel error={error} onRetry={() => void refetch()} />
      )}
      {text !== "" && found?.items.length === 0 && <Empty description={words.nothing} />}
      {text !== "" && found && found.items.length > 0 && (
        <Card size="small" title={words.found(found.items.length, found.more)}>
          <ul className="plain-list" data-testid="customers-found">
            {found.items.map((customer) => (
              <Line key={customer.key} customer={customer} />
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
