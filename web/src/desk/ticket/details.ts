/** A ticket's details and signals in the order and words of the desk. Pure. */
import type { TicketDetail } from "../../api/types";
import { ticketWords } from "../../messages/desk.zh-CN";
import { detailLabels, hazardLabels, topicLabels } from "../../messages/labels.zh-CN";
import { areaLabels, serviceClassLabels } from "../../messages/orders.zh-CN";
import { labelOf } from "../../shared/labels";
import { formatTime } from "../../shared/time";

export interface DetailLine {
  key: string;
  label: string;
  value: string;
}

const FULL_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

function valueText(key: string, value: string): string {
  if (key === "topic") return labelOf(topicLabels, value);
  if (key === "service_class") return labelOf(serviceClassLabels, value);
  if (key === "area") return labelOf(areaLabels, value);
  return FULL_TIME.test(value) ? formatTime(value) : value;
}

/** Known fields first, in their order; unknown ones after them, under their own key. */
export function detailLines(details: Readonly<Record<string, string>>): DetailLine[] {
  const order = Object.keys(detailLabels);
  const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  return Object.keys(details)
    .filter((key) => details[key] !== "" && details[key] !== null)
    .sort((one, other) => rank(one) - rank(other))
    .map((key) => ({
      key,
      label: labelOf(detailLabels, key),
      value: valueText(key, String(details[key])),
    }));
}

export interface SignalTag {
  text: string;
  grave: boolean;
}

/** What the machine heard between the lines; only what holds is shown. */
export function signalTags(signals: TicketDetail["signals"]): SignalTag[] {
  const words = ticketWords.signals;
  const { hazard_kind, anger } = signals;
  const tags: SignalTag[] = [];
  if (typeof hazard_kind === "string" && hazard_kind !== "") {
    tags.push({ text: words.hazardKind(labelOf(hazardLabels, hazard_kind)), grave: true });
  } else if (signals.hazard === true) tags.push({ text: words.hazard, grave: true });
  if (signals.threat === true) tags.push({ text: words.threat, grave: true });
  if (typeof anger === "number" && anger > 0) {
    tags.push({ text: words.anger(anger), grave: anger >= 3 });
  }
  if (signals.vulnerable === true) tags.push({ text: words.vulnerable, grave: true });
  if (signals.repeated === true) tags.push({ text: words.repeated, grave: false });
  if (signals.wants_human === true) tags.push({ text: words.wantsHuman, grave: false });
  return tags;
}
