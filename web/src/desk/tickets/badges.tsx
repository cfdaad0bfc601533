import { Tag } from "antd";
import type { TicketSummary } from "../../api/types";
import { ticketListWords } from "../../messages/desk.zh-CN";
import {
  intakeLabels,
  kindLabels,
  levelLabels,
  priorityLabels,
  severityLabels,
  stageLabels,
} from "../../messages/labels.zh-CN";
import { labelOf } from "../../shared/labels";

const KIND_COLORS: Readonly<Record<string, string>> = {
  quality_complaint: "volcano",
  service_complaint: "magenta",
  suggestion: "green",
  repair_request: "blue",
  return_exchange: "purple",
  inquiry: "cyan",
};
const STAGE_COLORS: Readonly<Record<string, string>> = {
  settled: "success",
  improved: "success",
  rejected: "default",
  cancelled: "default",
  reopened: "warning",
};
const PRIORITY_COLORS: Readonly<Record<string, string>> = { high: "orange", urgent: "red" };
const SEVERITY_COLORS: Readonly<Record<string, string>> = { serious: "orange", grave: "red" };

export function KindTag({ ticket }: { ticket: TicketSummary }) {
  const { kind, secondary_kind } = ticket;
  return (
    <>
      <Tag color={KIND_COLORS[kind]}>{labelOf(kindLabels, kind)}</Tag>
      {secondary_kind && (
        <Tag variant="outlined">{ticketListWords.also(labelOf(kindLabels, secondary_kind))}</Tag>
      )}
    </>
  );
}

export function StageTag({ stage }: { stage: TicketSummary["stage"] }) {
  return <Tag color={STAGE_COLORS[stage] ?? "processing"}>{labelOf(stageLabels, stage)}</Tag>;
}

/** What an agent must not overlook: danger, weight, and what is missing. */
export function AlertTags({ ticket }: { ticket: TicketSummary }) {
  const { hazard, severity, intake } = ticket;
  return (
    <>
      {hazard && (
        <Tag color="red" variant="solid">
          {ticketListWords.hazard}
        </Tag>
      )}
      {severity !== "minor" && (
        <Tag color={SEVERITY_COLORS[severity]}>{labelOf(severityLabels, severity)}</Tag>
      )}
      {intake !== "complete" && (
        <Tag color="gold" variant="outlined">
          {labelOf(intakeLabels, intake)}
        </Tag>
      )}
    </>
  );
}

/** Nothing for what is as usual: only what stands out is worth a tag. */
export function PriorityTag({ priority }: { priority: TicketSummary["priority"] }) {
  if (priority === "normal") return null;
  return <Tag color={PRIORITY_COLORS[priority]}>{labelOf(priorityLabels, priority)}</Tag>;
}

export function LevelTag({ level }: { level: TicketSummary["level"] }) {
  if (level === "agent") return null;
  return (
    <Tag variant="outlined" color="geekblue">
      {labelOf(levelLabels, level)}
    </Tag>
  );
}
