import { Button, Input, Select } from "antd";
import { useEffect, useState } from "react";
import { ticketListWords } from "../../messages/desk.zh-CN";
import { kindLabels, stageLabels } from "../../messages/labels.zh-CN";
import { isFiltered, noFilters, type TicketFilters } from "./filters";

const words = ticketListWords.filters;
const TYPING_PAUSE_MS = 350;

const optionsOf = <Word extends string>(labels: Readonly<Record<Word, string>>) =>
  (Object.keys(labels) as Word[]).map((value) => ({ value, label: labels[value] }));

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

interface TicketFilterBarProps {
  filters: TicketFilters;
  onChange(filters: TicketFilters): void;
  onSearch(text: string): void;
}

export function TicketFilterBar({ filters, onChange, onSearch }: TicketFilterBarProps) {
  return (
    <search className="filter-bar">
      <Select
        allowClear
        className="filter-select"
        placeholder={words.kind}
        aria-label={words.kindLabel}
        options={optionsOf(kindLabels)}
        value={filters.kind}
        data-testid="filter-kind"
        onChange={(kind) => onChange({ ...filters, kind: kind ?? null, page: 1 })}
      />
      <Select
        allowClear
        className="filter-select"
        placeholder={words.stage}
        aria-label={words.stageLabel}
        options={optionsOf(stageLabels)}
        value={filters.stage}
        listHeight={400}
        data-testid="filter-stage"
        onChange={(stage) => onChange({ ...filters, stage: stage ?? null, page: 1 })}
      />
      <SearchBox text={filters.text} onSearch={onSearch} />
      {isFiltered(filters) && (
        <Button type="link" onClick={() => onChange({ ...noFilters, pageSize: filters.pageSize })}>
          {words.clear}
        </Button>
      )}
    </search>
  );
}
