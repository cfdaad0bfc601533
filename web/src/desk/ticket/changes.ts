/** What a timeline entry changed, in words. Pure. */
import type { TimelineEntry } from "../../api/types";
import { ticketWords } from "../../messages/desk.zh-CN";
import {
  demandLabels,
  fieldLabels,
  intakeLabels,
  kindLabels,
  severityLabels,
  stageLabels,
} from "../../messages/labels.zh-CN";
import { labelOf } from "../../shared/labels";

const VALUE_LABELS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  stage: stageLabels,
  kind: kindLabels,
  secondary_kind: kindLabels,
  severity: severityLabels,
  intake: intakeLabels,
  demand: demandLabels,
};

function valueText(field: string, value: unknown): string {
  if (value === null || value === undefined || value === "") return ticketWords.emptyValue;
  if (typeof value === "boolean") return value ? ticketWords.yes : ticketWords.no;
  if (typeof value === "object") return JSON.stringify(value);
  return labelOf(VALUE_LABELS[field] ?? {}, String(value));
}

/** One line for each field that is not as it was. */
export function changesOf(entry: Pick<TimelineEntry, "before" | "after">): string[] {
  const before = entry.before ?? {};
  const after = entry.after ?? {};
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  const lines: string[] = [];
  for (const field of fields) {
    const label = labelOf(fieldLabels, field);
    const now = valueText(field, after[field]);
    if (!(field in before)) lines.push(ticketWords.set(label, now));
    else if (JSON.stringify(before[field]) !== JSON.stringify(after[field])) {
      lines.push(ticketWords.change(label, valueText(field, before[field]), now));
    }
  }
  return lines;
}
