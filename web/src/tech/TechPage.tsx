import "./tech.css";
import { Alert, Button, Empty, Flex, Spin, Tag, Typography } from "antd";
import { useEffect } from "react";
import { Link, useNavigate, useParams } from "react-router";
import type { Order } from "../api/orders";
import { ErrorPanel } from "../desk/components/ErrorPanel";
import { useNow } from "../desk/components/useNow";
import { deskWords } from "../messages/desk.zh-CN";
import { orderStageLabels, techWords as words } from "../messages/orders.zh-CN";
import { labelOf } from "../shared/labels";
import { formatShortTime } from "../shared/time";
import { actionsOf, expectedStage } from "./actions";
import { type Technician, useOnline, useTechnician } from "./useTechnician";
import { VisitView } from "./VisitView";

const PAPER: readonly string[] = ["signed", "reported", "audited"];
const DAY_MS = 86_400_000;
const ZONE_MS = 8 * 3_600_000;
const dayOf = (at: number) => Math.floor((at + ZONE_MS) / DAY_MS);

type Part = "today" | "later" | "paper";

function partOf(order: Order, now: number): Part {
  if (PAPER.includes(order.stage)) return "paper";
  const begun = order.stage !== "dispatched";
  const soon = order.visit_at === null || dayOf(Date.parse(order.visit_at)) <= dayOf(now);
  return begun || soon ? "today" : "later";
}

function VisitLine({ order, technician }: { order: Order; technician: Technician }) {
  const now = useNow();
  const unsent = actionsOf(technician.actions, order.number).length;
  return (
    <Link
      to={`/tech/${order.number}`}
      className="visit-card visit-line"
      data-testid="visit-line"
      data-number={order.number}
    >
      <Flex justify="space-between" gap="small">
        <strong>{order.customer_name ?? order.title}</strong>
        <Tag color="blue">
          {labelOf(orderStageLabels, expectedStage(order, technician.actions))}
        </Tag>
      </Flex>
      <span>{order.visit_at && words.started(formatShortTime(order.visit_at, now))}</span>
      <span className="quiet">{order.address}</span>
      <span>{order.title}</span>
      {unsent > 0 && <Tag color="orange">{words.unsent(unsent)}</Tag>}
    </Link>
  );
}

function Parts({ orders, technician }: { orders: Order[]; technician: Technician }) {
  const now = useNow();
  const parts = (["today", "later", "paper"] as const).map((part) => ({
    part,
    mine: orders.filter((order) => partOf(order, now) === part),
  }));
  if (orders.length === 0) {
    return (
      <Empty
        description={
          <span>
            {words.none}
            <br />
            {words.noneHint}
          </span>
        }
      />
    ); // prettier-ignore
  }
  return parts
    .filter(({ mine }) => mine.length > 0)
    .map(({ part, mine }) => (
      <section key={part}>
        <h2 className="visit-part">{words[part]}</h2>
        {mine.map((order) => (
          <VisitLine key={order.number} order={order} technician={technician} />
        ))}
      </section>
    ));
}

function Notices({ technician }: { technician: Technician }) {
  const online = useOnline();
  const { actions, forgetful, queue, error, dataUpdatedAt } = technician;
  const now = useNow();
  const old = new Date(dataUpdatedAt).toISOString();
  return (
    <>
      {forgetful && <Alert type="error" title={words.keepsLocal} />}
      {(!online || error) && (
        <Alert
          type="warning"
          data-testid="tech-offline"
          title={words.offline}
          description={dataUpdatedAt > 0 && words.stale(formatShortTime(old, now))}
        />
      )}
      {actions.length > 0 && (
        <Alert
          type="info"
          data-testid="tech-unsent"
          title={words.unsent(actions.length)}
          action={
            <Button size="small" onClick={() => queue.soon()}>
              {words.sendNow}
            </Button>
          }
        />
      )}
    </>
  );
}

/** The technician's page, made for a phone: the visits ahead, and one of them. */
export function TechPage() {
  const number = useParams().number;
  const navigate = useNavigate();
  const technician = useTechnician();
  const { data, error, isFetching, refetch } = technician;
  const order = data?.items.find((one) => one.number === number);
  useEffect(() => {
    document.title = `${words.title} · ${deskWords.title}`;
  }, []);
  return (
    <div className="tech-page">
      <header className="tech-head">
        {number ? (
          <Button onClick={() => void navigate("/tech")} data-testid="tech-back">
            {words.back}
          </Button>
        ) : (
          <Typography.Title level={1}>{words.title}</Typography.Title>
        )}
        <span className="tech-head-space" />
        <Button loading={isFetching} onClick={() => void refetch()}>
          {words.refresh}
        </Button>
        <Link to="/tickets">{words.desk}</Link>
      </header>
      <main className="tech-main">
        <Notices technician={technician} />
        {!data && error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Spin className="page-spin" description={deskWords.loading} />}
        {data && !number && <Parts orders={data.items} technician={technician} />}
        {data && number && order && (
          <VisitView key={number} order={order} technician={technician} />
        )}
        {data && number && !order && <Empty description={words.done} />}
      </main>
    </div>
  );
}
