import "./wall.css";
import { Card, Col, Empty, Result, Row, Select, Spin, Statistic, Typography } from "antd";
import { useEffect } from "react";
import { useNavigate, useSearchParams } from "react-router";
import type { NextClocks } from "../../api/types";
import { deskWords } from "../../messages/desk.zh-CN";
import { wallWords } from "../../messages/wall.zh-CN";
import { formatTime } from "../../shared/time";
import { ErrorPanel } from "../components/ErrorPanel";
import { ListCount } from "../components/ListCount";
import { useNow } from "../components/useNow";
import { useListKeys } from "../keyboard/useListKeys";
import { LiveSection } from "../live/wall/LiveSection";
import { supervises } from "../session/roles";
import { useSession } from "../session/useSession";
import { RenewalsCard } from "./RenewalsCard";
import { CalledCard, DeliveriesCard, NoticesCard } from "./SideCards";
import { WallTable } from "./WallTable";
import { useNextClocks, useWaitingEscalations } from "./wallQueries";
import { counted, rowKey, wallRows } from "./wallRows";

interface WallProps {
  clocks: NextClocks;
  /** When the answer came, by this machine's clock. */
  asOf: number;
}

function Summary({ clocks, asOf, waiting }: WallProps & { waiting: number }) {
  const now = useNow();
  const { breached, warned, running } = counted(clocks, Math.max(0, now - asOf));
  const words = wallWords.summary;
  const figures = [
    { key: "over", title: words.breached, value: breached },
    { key: "warned", title: words.warned, value: warned },
    { key: "calm", title: words.running, value: running },
    { key: "over", title: words.waiting, value: waiting },
  ];
  return (
    <Row gutter={[12, 12]} className="wall-summary">
      {figures.map(({ key, title, value }) => (
        <Col key={title} xs={6}>
          <Card size="small">
            <Statistic title={title} value={value} className={value > 0 ? `tone-${key}` : ""} />
          </Card>
        </Col>
      ))}
    </Row>
  );
}

const CLOCK = "clock";

/** Which clocks are wanted; the address keeps the choice, none wants all. */
function useChosenClocks(): [string[], (chosen: string[]) => void] {
  const [query, setQuery] = useSearchParams();
  const choose = (chosen: string[]) =>
    setQuery(new URLSearchParams(chosen.map((id) => [CLOCK, id])), { replace: true });
  return [query.getAll(CLOCK), choose];
}

function ClockFilter({ known }: { known: NextClocks["clocks"] }) {
  const [chosen, choose] = useChosenClocks();
  return (
    <Select
      mode="multiple"
      size="small"
      allowClear
      className="wall-filter"
      maxTagCount="responsive"
      placeholder={wallWords.allClocks}
      aria-label={wallWords.columns.clock}
      showSearch={{ optionFilterProp: "label" }}
      options={known.map(({ id, name }) => ({ value: id, label: name }))}
      value={chosen}
      onChange={choose}
      data-testid="wall-filter"
    />
  );
}

function Wall({ clocks, asOf }: WallProps) {
  const now = useNow();
  const navigate = useNavigate();
  const called = useWaitingEscalations();
  const rows = wallRows(clocks.items, now);
  const openRow = (key: string) => {
    const row = rows.find((each) => rowKey(each) === key);
    if (row) void navigate(`/tickets/${row.ticket_number}`);
  };
  const chosen = useListKeys(rows.map(rowKey), openRow);
  return (
    <>
      <Summary clocks={clocks} asOf={asOf} waiting={called.data?.total ?? 0} />
      <Row gutter={[16, 16]}>
        <Col xs={24} lg={16}>
          <Card
            size="small"
            title={wallWords.due}
            extra={<ClockFilter known={clocks.clocks} />}
            className="wall-due"
          >
            {rows.length === 0 ? (
              <Empty description={wallWords.noDue} />
            ) : (
              <WallTable rows={rows} asOf={asOf} chosen={chosen} onOpen={openRow} />
            )}
            {clocks.total > rows.length && (
              <p className="wall-more">
                <ListCount shown={rows.length} total={clocks.total} />
              </p>
            )}
          </Card>
        </Col>
        <Col xs={24} lg={8} className="wall-side">
          <CalledCard called={called.data} error={called.error} />
          <RenewalsCard />
          <NoticesCard />
          <DeliveriesCard />
        </Col>
      </Row>
    </>
  );
}

/** What is due next over all tickets, who has not answered, and what reached nobody. */
export function WallPage() {
  const role = useSession().data?.user.role;
  const allowed = role !== undefined && supervises(role);
  const { data, error, dataUpdatedAt, refetch } = useNextClocks(allowed, useChosenClocks()[0]);
  useEffect(() => {
    document.title = `${wallWords.title} · ${deskWords.title}`;
  }, []);
  if (!allowed) return <Result status="403" title={wallWords.supervisorsOnly} />;
  return (
    <>
      <div className="page-head">
        <Typography.Title level={1}>{wallWords.title}</Typography.Title>
        {data && (
          <span className="quiet">
            {wallWords.updated(formatTime(new Date(dataUpdatedAt).toISOString()).slice(11))}
          </span>
        )}
      </div>
      <LiveSection />
      {!data && error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Spin className="page-spin" description={deskWords.loading} />}
      {data && <Wall clocks={data} asOf={dataUpdatedAt} />}
    </>
  );
}
