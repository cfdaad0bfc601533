import { Badge, Button, Checkbox, Input, Popover, Select } from "antd";
import { useEffect, useState } from "react";
import { ticketListWords } from "../../messages/desk.zh-CN";
import {
  channelLabels,
  kindLabels,
  levelLabels,
  priorityLabels,
  severityLabels,
  stageLabels,
} from "../../messages/labels.zh-CN";
import { listWords } from "../../messages/lists.zh-CN";
import { labelOf } from "../../shared/labels";
import { useSession } from "../session/useSession";
import { useColleagues, useFilterValues } from "./filterQueries";
import { type Chosen, isFiltered, NOBODY, noChoice, type TicketFilters } from "./filters";

const words = ticketListWords.filters;
const { labels } = listWords;
const TYPING_PAUSE_MS = 350;

const optionsOf = <Word extends string>(known: Readonly<Record<Word, string>>) =>
  (Object.keys(known) as Word[]).map((value) => ({ value, label: known[value] }));

interface SearchBoxProps {
  text: string;
  onSearch(text: string): void;
}

/** Searches when typing pauses, and at once on Enter. */
function SearchBox({ text, onSearch }: SearchBoxProps) {
  const [typed, setTyped] = useState(text);
  const [composing, setComposing] = useState(false);
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (composing || typed.trim() === text.trim()) return undefined;
    const timer = setTimeout(() => onSearch(typed), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, text, composing, onSearch]);
  return (
    <Input.Search
      allowClear
      className="filter-text"
      maxLength={200}
      placeholder={words.text}
      aria-label={words.text}
      value={typed}
      data-testid="filter-text"
      onChange={(event) => setTyped(event.target.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
      onSearch={(value) => onSearch(value)}
    />
  );
}

interface ChoiceProps<Word extends string> {
  label: string;
  value: Word | null;
  options: { value: Word; label: string }[];
  name: string;
  onChoose(value: Word | null): void;
}

function Choice<Word extends string>({ label, value, options, name, onChoose }: ChoiceProps<Word>) {
  return (
    <Select
      allowClear
      showSearch={{ optionFilterProp: "label" }}
      className="filter-select"
      placeholder={label}
      aria-label={label}
      options={options}
      value={value}
      listHeight={400}
      data-testid={`filter-${name}`}
      onChange={(chosen) => onChoose(chosen ?? null)}
    />
  );
}

interface PartProps {
  filters: TicketFilters;
  change(part: Partial<Chosen>): void;
}

function People({ filters, change }: PartProps) {
  const me = useSession().data?.user;
  const { data: people = [] } = useColleagues();
  const mine = people.filter((each) => each.username === me?.username);
  const others = people.filter((each) => each.username !== me?.username);
  const options = [
    ...mine.map(({ username, display_name }) => ({
      value: username,
      label: listWords.me(display_name),
    })),
    { value: NOBODY, label: listWords.nobody },
    ...others.map(({ username, display_name }) => ({ value: username, label: display_name })),
  ];
  return (
    <Choice
      label={labels.assignee}
      name="assignee"
      value={filters.assignee}
      options={options}
      onChoose={(assignee) => change({ assignee })}
    />
  );
}

interface DayProps {
  label: string;
  value: string | null;
  onDay(day: string | null): void;
}

function Day({ label, value, onDay }: DayProps) {
  return (
    <Input
      type="date"
      aria-label={label}
      title={label}
      value={value ?? ""}
      onChange={(event) => onDay(event.target.value || null)}
    />
  );
}

function MoreFilters({ filters, change }: PartProps) {
  const { data: values } = useFilterValues();
  const plain = (known: readonly string[]) => known.map((value) => ({ value, label: value }));
  return (
    <div className="more-filters">
      <Choice
        label={labels.severity}
        name="severity"
        value={filters.severity}
        options={optionsOf(severityLabels)}
        onChoose={(severity) => change({ severity })}
      />
      <Choice
        label={labels.priority}
        name="priority"
        value={filters.priority}
        options={optionsOf(priorityLabels)}
        onChoose={(priority) => change({ priority })}
      />
      <Choice
        label={labels.level}
        name="level"
        value={filters.level}
        options={optionsOf(levelLabels)}
        onChoose={(level) => change({ level })}
      />
      <Choice
        label={labels.department}
        name="department"
        value={filters.department}
        options={plain(values?.departments ?? [])}
        onChoose={(department) => change({ department })}
      />
      <Choice
        label={labels.channel}
        name="channel"
        value={filters.channel}
        options={(values?.channels ?? []).map((value) => ({
          value,
          label: labelOf(channelLabels, value),
        }))}
        onChoose={(channel) => change({ channel })}
      />
      <span className="filter-days">
        <Day label={labels.from} value={filters.from} onDay={(from) => change({ from })} />
        <Day label={labels.to} value={filters.to} onDay={(to) => change({ to })} />
      </span>
      <Checkbox
        checked={filters.hazard}
        onChange={(event) => change({ hazard: event.target.checked })}
      >
        {labels.hazard}
      </Checkbox>
      <Checkbox
        checked={filters.byDue}
        onChange={(event) => change({ byDue: event.target.checked })}
      >
        {labels.byDue}
      </Checkbox>
    </div>
  );
}

function chosenBehind(filters: Chosen): number {
  const { severity, priority, level, department, channel, from, to } = filters;
  const words = [severity, priority, level, department, channel, from, to];
  return [...words.map((each) => each !== null), filters.hazard, filters.byDue].filter(Boolean)
    .length;
}

interface TicketFilterBarProps {
  filters: TicketFilters;
  onChange(filters: TicketFilters): void;
  onSearch(text: string): void;
}

export function TicketFilterBar({ filters, onChange, onSearch }: TicketFilterBarProps) {
  const change = (part: Partial<Chosen>) => onChange({ ...filters, ...part, page: 1 });
  const behind = chosenBehind(filters);
  return (
    <search className="filter-bar">
      <SearchBox text={filters.text} onSearch={onSearch} />
      <Choice
        label={words.kindLabel}
        name="kind"
        value={filters.kind}
        options={optionsOf(kindLabels)}
        onChoose={(kind) => change({ kind })}
      />
      <Choice
        label={words.stageLabel}
        name="stage"
        value={filters.stage}
        options={optionsOf(stageLabels)}
        onChoose={(stage) => change({ stage })}
      />
      <Choice
        label={labels.due}
        name="due"
        value={filters.due}
        options={optionsOf(listWords.dues)}
        onChoose={(due) => change({ due })}
      />
      <People filters={filters} change={change} />
      <Checkbox
        className="filter-check"
        checked={filters.openOnly}
        onChange={(event) => change({ openOnly: event.target.checked })}
      >
        {labels.open}
      </Checkbox>
      <Popover
        trigger="click"
        placement="bottomRight"
        content={<MoreFilters filters={filters} change={change} />}
      >
        <Badge count={behind} size="small">
          <Button data-testid="filter-more">{listWords.more}</Button>
        </Badge>
      </Popover>
      {isFiltered(filters) && (
        <Button
          type="link"
          onClick={() => onChange({ ...noChoice, page: 1, pageSize: filters.pageSize })}
        >
          {words.clear}
        </Button>
      )}
    </search>
  );
}
