import "./orders.css";
import {
  Alert,
  Badge,
  Button,
  Empty,
  Input,
  Segmented,
  Select,
  Spin,
  Switch,
  Typography,
} from "antd";
import { useEffect, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { deskWords } from "../../messages/desk.zh-CN";
import { techWords, boardWords as words } from "../../messages/orders.zh-CN";
import { ErrorPanel } from "../components/ErrorPanel";
import { useNow } from "../components/useNow";
import { useHotkeys } from "../keyboard/useHotkeys";
import { useListKeys } from "../keyboard/useListKeys";
import { GROUPINGS, type Grouping, type Lane, lanesOf, matchesText } from "./boardLanes";
import { OrderCardView } from "./OrderCardView";
import { OrderDrawer } from "./OrderDrawer";
import { useBoard, useDispatchMap, useTechnicians } from "./orderQueries";
import { TechniciansDrawer } from "./TechniciansDrawer";

interface LanesProps {
  lanes: Lane[];
  asOf: number;
  onOpen(number: string): void;
}

function Lanes({ lanes, asOf, onOpen }: LanesProps) {
  const cards = lanes.flatMap((lane) => lane.cards.map((card) => card.number));
  const chosen = useListKeys(cards, onOpen);
  return (
    <div className="board-lanes">
      {lanes.map((lane) => (
        <section
          key={lane.key}
          className="board-lane"
          data-testid="board-lane"
          data-lane={lane.key}
        >
          <h2>
            {lane.title} <Badge count={lane.cards.length} color="#8a94a3" showZero />
          </h2>
          {lane.cards.length === 0 && <span className="quiet">{words.emptyLane}</span>}
          {lane.cards.map((card) => (
            <OrderCardView
              key={card.number}
              card={card}
              asOf={asOf}
              chosen={card.number === chosen}
              onOpen={onOpen}
            />
          ))}
        </section>
      ))}
    </div>
  );
}

/** What is looked at stands in the address, so that it can be passed on. */
function useBoardAddress() {
  const [params, setParams] = useSearchParams();
  const set = (name: string, value: string | null) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: name !== "order" },
    );
  const by = params.get("by") as Grouping | null;
  return {
    grouping: by && GROUPINGS.includes(by) ? by : "stage",
    technician: params.get("technician"),
    region: params.get("region"),
    all: params.get("all") === "1",
    order: params.get("order"),
    set,
  } as const;
}

function Filters({ text, onText }: { text: string; onText(text: string): void }) {
  const { grouping, technician, region, all, set } = useBoardAddress();
  const technicians = useTechnicians().data ?? [];
  const regions = useDispatchMap().data?.regions ?? [];
  return (
    <search className="filter-bar">
      <Segmented
        aria-label={words.groupBy}
        value={grouping}
        options={GROUPINGS.map((value) => ({ value, label: words.groups[value] }))}
        onChange={(value) => set("by", value)}
      />
      <Input
        type="search"
        allowClear
        className="filter-text"
        placeholder={words.search}
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
      <Select
        allowClear
        placeholder={words.anyTechnician}
        style={{ minWidth: 128 }}
        value={technician}
        options={technicians.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(value) => set("technician", value ?? null)}
      />
      <Select
        allowClear
        placeholder={words.anyRegion}
        style={{ minWidth: 128 }}
        value={region}
        options={regions.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(value) => set("region", value ?? null)}
      />
      <Switch
        checked={!all}
        checkedChildren={words.openOnly}
        unCheckedChildren={words.openOnly}
        onChange={(only) => set("all", only ? null : "1")}
      />
    </search>
  );
}

/** Service orders in the order of work, by where they stand, who is sent, where, or when. */
export function BoardPage() {
  const [text, setText] = useState("");
  const [staff, setStaff] = useState(false);
  const { grouping, technician, region, all, order, set } = useBoardAddress();
  const now = useNow();
  const map = useDispatchMap().data;
  const { data, error, dataUpdatedAt, refetch } = useBoard({
    ...(technician ? { technician_id: technician } : {}),
    ...(region ? { region } : {}),
    ...(all ? {} : { open_only: "true" }),
  });
  const byNumber = (at: number) => () => set("by", GROUPINGS[at] ?? null);
  useHotkeys({ "1": byNumber(0), "2": byNumber(1), "3": byNumber(2), "4": byNumber(3) });
  useEffect(() => {
    document.title = `${words.title} · ${deskWords.title}`;
  }, []);
  const cards = (data?.items ?? []).filter((card) => matchesText(card, text));
  return (
    <>
      <div className="page-head">
        <Typography.Title level={1}>{words.title}</Typography.Title>
        {data && <span className="quiet">{words.total(cards.length)}</span>}
        <Button size="small" onClick={() => setStaff(true)} data-testid="technicians">
          {words.technicians}
        </Button>
        <Link to="/tech">{techWords.nav}</Link>
      </div>
      <Filters text={text} onText={setText} />
      {data?.more && <Alert showIcon type="info" title={words.more} className="login-error" />}
      {!data && error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Spin className="page-spin" description={deskWords.loading} />}
      {data && cards.length === 0 && <Empty description={words.empty} />}
      {data && cards.length > 0 && (
        <Lanes
          lanes={lanesOf(cards, grouping, map, now)}
          asOf={dataUpdatedAt}
          onOpen={(number) => set("order", number)}
        />
      )}
      {order && <OrderDrawer number={order} onClose={() => set("order", null)} />}
      {staff && <TechniciansDrawer onClose={() => setStaff(false)} />}
    </>
  );
}
