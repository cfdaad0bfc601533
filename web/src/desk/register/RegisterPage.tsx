import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Card, Empty, Input, Spin, Typography } from "antd";
import { useEffect, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { deskApi } from "../../api/desk";
import type { RegisterFound } from "../../api/types";
import { deskWords } from "../../messages/desk.zh-CN";
import { mergeWords } from "../../messages/merging.zh-CN";
import { registerWords } from "../../messages/wall.zh-CN";
import { ErrorPanel } from "../components/ErrorPanel";
import { supervises } from "../session/roles";
import { useSession } from "../session/useSession";
import { CustomerDrawer } from "./CustomerDrawer";
import { CustomerTable, ProductTable, SaleTable } from "./RegisterTables";

const LONGEST = 100;

interface FoundProps {
  found: RegisterFound;
  onCustomer(id: string): void;
}

function Found({ found, onCustomer }: FoundProps) {
  const { customers, sales, products } = found;
  if (customers.length + sales.length + products.length === 0) {
    return <Empty description={registerWords.nothing} />;
  }
  return (
    <div className="ticket-column" data-testid="register-found">
      {customers.length > 0 && (
        <Card size="small" title={registerWords.customers}>
          <CustomerTable customers={customers} onOpen={onCustomer} />
        </Card>
      )}
      {sales.length > 0 && (
        <Card size="small" title={registerWords.sales}>
          <SaleTable sales={sales} onCustomer={onCustomer} />
        </Card>
      )}
      {products.length > 0 && (
        <Card size="small" title={registerWords.products}>
          <ProductTable products={products} />
        </Card>
      )}
    </div>
  );
}

/**
 * Customers, products and purchases by whatever is at hand. What is searched is not kept in the
 * address, for it may be a phone number; other pages may lead here with a serial number or a model.
 */
export function RegisterPage() {
  const [query] = useSearchParams();
  const role = useSession().data?.user.role;
  const asked = (query.get("text") ?? "").slice(0, LONGEST);
  const [text, setText] = useState(asked);
  const [customer, setCustomer] = useState<string | null>(query.get("customer"));
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ["register", text],
    queryFn: ({ signal }) => deskApi.searchRegister(text, signal),
    enabled: text !== "",
    placeholderData: keepPreviousData,
  });
  useEffect(() => setText(asked), [asked]);
  useEffect(() => {
    document.title = `${registerWords.title} · ${deskWords.title}`;
  }, []);
  return (
    <>
      <div className="page-head">
        <Typography.Title level={1}>{registerWords.title}</Typography.Title>
        {role !== undefined && supervises(role) && (
          <Link to="/register/merge">{mergeWords.open}</Link>
        )}
      </div>
      <search className="register-search">
        <Input.Search
          key={asked}
          allowClear
          autoFocus
          enterButton
          defaultValue={asked}
          maxLength={LONGEST}
          placeholder={registerWords.search}
          aria-label={registerWords.search}
          data-testid="register-search"
          loading={isFetching}
          onSearch={(value) => setText(value.trim())}
        />
      </search>
      {text === "" && <Empty description={registerWords.hint} />}
      {text !== "" && !data && !error && <Spin className="page-spin" />}
      {text !== "" && !data && error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {text !== "" && data && <Found found={data} onCustomer={setCustomer} />}
      {customer && (
        <CustomerDrawer id={customer} onOther={setCustomer} onClose={() => setCustomer(null)} />
      )}
    </>
  );
}
