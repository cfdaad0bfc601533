import { Grid, Radio, Table } from "antd";
import type { CustomerFile } from "../../../api/types";
import { mergeWords as words } from "../../../messages/merging.zh-CN";
import { type Comparison, compare } from "./comparing";

export type Slot = "a" | "b";
const SLOTS: readonly Slot[] = ["a", "b"];

interface MergeTableProps {
  files: Readonly<Record<Slot, CustomerFile>>;
  kept: Slot;
  onKeep(slot: Slot): void;
}

/** Both files line by line, and what stands afterwards. */
export function MergeTable({ files, kept, onKeep }: MergeTableProps) {
  const wide = Grid.useBreakpoint().md ?? true;
  const other = kept === "a" ? "b" : "a";
  const said = (slot: Slot) => (row: Comparison) => (
    <span className="own-words">{slot === kept ? row.kept : row.other}</span>
  );
  const field = {
    key: "field",
    width: 96,
    render: (_: unknown, row: Comparison) => words.fields[row.field],
  };
  const result = {
    key: "result",
    title: words.result,
    render: (_: unknown, row: Comparison) => (
      <>
        <strong className="own-words">{row.result}</strong>
        {row.lost !== null && <div className="merge-lost own-words">{words.notKept(row.lost)}</div>}
      </>
    ),
  };
  const file = (slot: Slot) => ({
    key: slot,
    title: words.slots[slot],
    render: (_: unknown, row: Comparison) => said(slot)(row),
  });
  // a phone has room for what it comes to; what is lost stands there, too
  const columns = wide ? [field, ...SLOTS.map(file), result] : [field, result];
  const choice = (slot: Slot) => ({
    value: slot,
    label: <span data-testid={`keep-${slot}`}>{`${words.slots[slot]} · ${files[slot].name}`}</span>,
  });
  return (
    <>
      <div className="merge-keep">
        <span>{words.keepLabel}</span>
        <Radio.Group
          aria-label={words.keepLabel}
          value={kept}
          options={SLOTS.map(choice)}
          onChange={(event) => onKeep(event.target.value as Slot)}
        />
      </div>
      <Table<Comparison>
        size="small"
        rowKey="field"
        pagination={false}
        dataSource={compare(files[kept], files[other])}
        data-testid="merge-table"
        columns={columns}
      />
    </>
  );
}
