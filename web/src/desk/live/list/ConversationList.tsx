import "./list.css";
import { Button, Empty, Input, Segmented, Select, Skeleton } from "antd";
import { useEffect, useState } from "react";
import type { LiveCard, LiveList, LiveView } from "../../../api/liveTypes";
import { liveListWords } from "../../../messages/live.zh-CN";
import { ErrorPanel } from "../../components/ErrorPanel";
import { supervises } from "../../session/roles";
import { MOST, useGroups } from "../data/liveQueries";
import { useLive } from "../LiveProvider";
import type { ListFilter } from "../model/cards";
import { OfflineHint } from "../presence/OfflineHint";
import { CardLine } from "./CardLine";

const TYPING_PAUSE_MS = 350;
const ALWAYS: readonly LiveView[] = ["mine", "queue", "bot", "closed"];
const SUPERVISORS: readonly LiveView[] = ["mine", "queue", "bot", "all", "closed"];

interface ViewsProps {
  view: LiveView;
  counts: LiveList["counts"] | undefined;
  onChange(view: LiveView): void;
}

function Views({ view, counts, onChange }: ViewsProps) {
  const { me } = useLive();
  const countOf: Partial<Record<LiveView, number>> = counts ?? {};
  const views = supervises(me.role) ? SUPERVISORS : ALWAYS;
  return (
    <Segmented<LiveView>
      block
      size="small"
      value={view}
      aria-label={liveListWords.viewsLabel}
      onChange={onChange}
      options={views.map((value) => ({
        value,
        label: (
          <span data-testid={`view-${value}`}>
            {liveListWords.views[value]}
            {countOf[value] ? <b className="live-count">{countOf[value]}</b> : null}
          </span>
        ),
      }))}
    />
  );
}

function SearchBox({ text, onSearch }: { text: string; onSearch(text: string): void }) {
  const [typed, setTyped] = useState(text);
  const [composing, setComposing] = useState(false);
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (composing || typed.trim() === text) return undefined;
    const timer = setTimeout(() => onSearch(typed.trim()), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, text, composing, onSearch]);
  return (
    <Input
      allowClear
      size="small"
      type="search"
      maxLength={200}
      value={typed}
      placeholder={liveListWords.search}
      aria-label={liveListWords.search}
      data-testid="live-search"
      onChange={(event) => setTyped(event.target.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
      onPressEnter={() => onSearch(typed.trim())}
    />
  );
}

interface ConversationListProps {
  filter: ListFilter;
  list: LiveList | undefined;
  error: unknown;
  limit: number;
  openId: string | null;
  pathTo(id: string): string;
  onFilter(values: Partial<ListFilter>): void;
  onMore(): void;
  onRetry(): void;
}

function Cards({
  items,
  openId,
  pathTo,
}: Pick<ConversationListProps, "openId" | "pathTo"> & {
  items: readonly LiveCard[];
}) {
  return (
    <ul className="live-cards" aria-label={liveListWords.list}>
      {items.map((card) => (
        <CardLine key={card.id} card={card} to={pathTo(card.id)} open={card.id === openId} />
      ))}
    </ul>
  );
}

/** The conversations of one view, with its filters. */
export function ConversationList(props: ConversationListProps) {
  const { filter, list, error, limit, onFilter } = props;
  const { data: groups = [] } = useGroups();
  const items = list?.items ?? [];
  const filtered = filter.group !== null || filter.text !== "";
  return (
    <section className="live-list" aria-label={liveListWords.list}>
      <search className="live-list-head">
        <Views
          view={filter.view}
          counts={list?.counts}
          onChange={(view) => onFilter({ view, group: null })}
        />
        <div className="live-filters">
          <SearchBox text={filter.text} onSearch={(text) => onFilter({ text })} />
          <Select
            allowClear
            size="small"
            className="live-group"
            placeholder={liveListWords.anyGroup}
            aria-label={liveListWords.groupLabel}
            value={filter.group}
            popupMatchSelectWidth={false}
            options={groups.map(({ id, name, waiting }) => ({
              value: id,
              label: waiting > 0 ? liveListWords.groupWaiting(name, waiting) : name,
            }))}
            onChange={(group) => onFilter({ group: group ?? null })}
          />
        </div>
      </search>
      <OfflineHint />
      <div className="live-list-body">
        {!list && error ? <ErrorPanel error={error} onRetry={props.onRetry} /> : null}
        {!list && !error && <Skeleton active className="live-skeleton" paragraph={{ rows: 8 }} />}
        {list && items.length === 0 && (
          <Empty
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description={filtered ? liveListWords.emptyFiltered : liveListWords.empty[filter.view]}
          />
        )}
        <Cards items={items} openId={props.openId} pathTo={props.pathTo} />
        {items.length >= limit && limit < MOST && (
          <Button block type="text" onClick={props.onMore}>
            {liveListWords.more}
          </Button>
        )}
        {items.length >= MOST && <p className="quiet live-fewer">{liveListWords.fewer(MOST)}</p>}
      </div>
    </section>
  );
}
