import "./admin.css";
import { useQuery } from "@tanstack/react-query";
import { Badge, Card, Col, Empty, Result, Row, Skeleton, Statistic, Table, Typography } from "antd";
import { useEffect } from "react";
import { Link } from "react-router";
import { adminApi } from "../../api/admin";
import { deskApi } from "../../api/desk";
import type { Health } from "../../api/types";
import { adminWords, channelHealthWords as words } from "../../messages/admin.zh-CN";
import { deskWords } from "../../messages/desk.zh-CN";
import { channelLabels } from "../../messages/labels.zh-CN";
import { labelOf } from "../../shared/labels";
import { ErrorPanel } from "../components/ErrorPanel";
import { ListCount } from "../components/ListCount";
import { RelativeTime } from "../components/RelativeTime";
import { DeliveryDeeds } from "../deliveries/CallCustomer";
import { supervises } from "../session/roles";
import { useSession } from "../session/useSession";

const REFRESH_MS = 15_000;

type Channel = Health["channels"][number];

const moment = (at: string | null) => (at ? <RelativeTime at={at} /> : words.none);

function Summary({ health }: { health: Health }) {
  const { waiting, running, failed } = health.jobs;
  const figures = [
    { title: words.waiting, value: waiting },
    { title: words.running, value: running },
    { title: words.failedJobs, value: failed, bad: failed > 0 },
  ];
  return (
    <Row gutter={[12, 12]} className="health-summary">
      <Col xs={12} sm={6}>
        <Card size="small">
          <div className="quiet">{words.bot}</div>
          <Badge
            status={health.bot ? "success" : "error"}
            text={health.bot ? words.up : words.down}
          />
        </Card>
      </Col>
      {figures.map(({ title, value, bad }) => (
        <Col key={title} xs={12} sm={6}>
          <Card size="small">
            <Statistic title={title} value={value} className={bad ? "tone-over" : ""} />
          </Card>
        </Col>
      ))}
    </Row>
  );
}

function Failed() {
  const { data } = useQuery({
    queryKey: ["deliveries"],
    queryFn: ({ signal }) => deskApi.failedDeliveries(signal),
    refetchInterval: REFRESH_MS,
  });
  const { items = [], total = 0 } = data ?? {};
  return (
    <Card
      size="small"
      title={words.failedTitle}
      extra={<ListCount shown={items.length} total={total} />}
    >
      {total === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words.noFailed} />
      ) : (
        <ul className="failed-list">
          {items.map((delivery) => (
            <li key={delivery.id}>
              {labelOf(channelLabels, delivery.channel)}{" "}
              {delivery.ticket_number && (
                <Link to={`/tickets/${delivery.ticket_number}`}>{delivery.ticket_number}</Link>
              )}{" "}
              <span className="quiet">
                {words.attempts(delivery.attempts)} <RelativeTime at={delivery.updated_at} />
              </span>
              <div className="own-words">{delivery.advice ?? delivery.last_error}</div>
              <DeliveryDeeds conversationId={delivery.conversation_id} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Which channels are on, whether they live, and what did not arrive. */
export function ChannelsPage() {
  const role = useSession().data?.user.role;
  const allowed = role !== undefined && supervises(role);
  const { data, error, refetch } = useQuery({
    queryKey: ["channel-health"],
    queryFn: ({ signal }) => adminApi.health(signal),
    enabled: allowed,
    refetchInterval: REFRESH_MS,
  });
  useEffect(() => {
    document.title = `${adminWords.channels} · ${deskWords.title}`;
  }, []);
  if (!allowed) return <Result status="403" title={adminWords.forbidden} />;
  const { columns } = words;
  return (
    <>
      <div className="page-head">
        <Typography.Title level={1}>{adminWords.channels}</Typography.Title>
      </div>
      {!data && error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton active paragraph={{ rows: 6 }} />}
      {data && (
        <div className="ticket-column">
          <Summary health={data} />
          <Table<Channel>
            size="small"
            rowKey="channel"
            pagination={false}
            dataSource={data.channels}
            scroll={{ x: "max-content" }}
            data-testid="channels"
            columns={[
              { title: columns.channel, render: (_, one) => labelOf(channelLabels, one.channel) },
              {
                title: columns.state,
                render: (_, one) => (
                  <Badge
                    status={one.configured ? "success" : "default"}
                    text={one.configured ? words.configured : words.off}
                  />
                ),
              },
              { title: columns.lastIn, render: (_, one) => moment(one.last_in_at) },
              { title: columns.lastOut, render: (_, one) => moment(one.last_out_at) },
              { title: columns.day, dataIndex: "messages_day" },
              { title: columns.pending, dataIndex: "pending" },
              {
                title: columns.failed,
                render: (_, { failed }) => (
                  <span className={failed > 0 ? "tone-over" : ""}>{failed}</span>
                ),
              },
            ]}
          />
          <Failed />
        </div>
      )}
    </>
  );
}
