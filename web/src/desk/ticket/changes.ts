/** What a timeline entry changed, in words. Pure. */
import type { TimelineEntry } from "../../api/types";
import { ticketWords } from "../../messages/desk.zh-CN";
import {
  callbackOutcomeLabels,
  causeClassLabels,
  demandLabels,
  detailLabels,
  fieldLabels,
  groundsLabels,
  handoverLabels,
  intakeLabels,
  kindLabels,
  levelLabels,
  noticeLabels,
  priorityLabels,
  relationLabels,
  replyRequiredLabels,
  severityLabels,
  soldByLabels,
  stageLabels,
  subjectLabels,
  transportLabels,
} from "../../messages/labels.zh-CN";
import { labelOf } from "../../shared/labels";
import { formatTime } from "../../shared/time";

const VALUE_LABELS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  stage: stageLabels,
  kind: kindLabels,
  secondary_kind: kindLabels,
  severity: severityLabels,
  intake: intakeLabels,
  demand: demandLabels,
  stage_before_merge: stageLabels,
  priority: priorityLabels,
  level: levelLabels,
  approval_level: levelLabels,
  callback_outcome: callbackOutcomeLabels,
  cause_class: causeClassLabels,
  grounds: groundsLabels,
  subject: subjectLabels,
  sold_by: soldByLabels,
  notified_how: noticeLabels,
  reply_required: replyRequiredLabels,
  relation: relationLabels,
  called: levelLabels,
  handover: handoverLabels,
  transport: transportLabels,
};
const LABELS = { ...detailLabels, ...fieldLabels };

/** The fields of one side, each of a ticket's details as a field of its own. */
function fieldsOf(side: Record<string, unknown> | null | undefined): Record<string, unknown> {
  const { details, ...fields } = side ?? {};
  return typeof details === "object" ? { ...fields, ...details } : fields;
}

const FULL_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

/** A field's value in words. */
export function valueText(field: string, value: unknown): string {
  if (value === null || value === undefined || value === "") return ticketWords.emptyValue;
  if (typeof value === "boolean") return value ? ticketWords.yes : ticketWords.no;
  if (typeof value === "object") return JSON.stringify(value);
  const text = String(value);
  return FULL_TIME.test(text) ? formatTime(text) : labelOf(VALUE_LABELS[field] ?? {}, text);
}

/** One line for each field that is not as it was. */
export function changesOf(entry: Pick<TimelineEntry, "before" | "after">): string[] {
  const before = fieldsOf(entry.before);
  const after = fieldsOf(entry.after);
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  const lines: string[] = [];
  for (const field of fields) {
    const label = labelOf(LABELS, field);
    const now = valueText(field, after[field]);
    if (!(field in before)) lines.push(ticketWords.set(label, now));
    else if (JSON.stringify(before[field]) !== JSON.stringify(after[field])) {
      lines.push(ticketWords.change(label, valueText(field, before[field]), now));
    }
  }
  return lines;
}
