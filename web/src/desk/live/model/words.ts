/** Sentences of the live desk that need a little arithmetic. Pure. */
import type { LiveCard, Stretch } from "../../../api/liveTypes";
import type { Attachment } from "../../../api/types";
import { detailLabels } from "../../../messages/labels.zh-CN";
import {
  attachmentWords,
  chatPaneWords,
  handReasonLabels,
  liveListWords,
  slotLabels,
  waitWords,
} from "../../../messages/live.zh-CN";
import { labelOf } from "../../../shared/labels";
import { formatTime } from "../../../shared/time";

export function waitText(seconds: number | null): string {
  if (seconds === null) return waitWords.none;
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return waitWords.seconds(whole);
  if (whole < 3_600) return waitWords.minutes(Math.floor(whole / 60), whole % 60);
  return waitWords.hours(Math.floor(whole / 3_600), Math.floor((whole % 3_600) / 60));
}

/** What to call somebody whose name nobody has asked yet. */
export function customerName(card: Pick<LiveCard, "id" | "channel" | "customer">): string {
  const { customer, channel, id } = card;
  const nobody = channel === "phone" ? liveListWords.withheld : liveListWords.visitor;
  return customer?.name || customer?.phone || nobody(id.slice(0, 4));
}

/** What a slot of the bot is called. */
export const slotName = (slot: string) => labelOf({ ...detailLabels, ...slotLabels }, slot);

const clock = (iso: string) => formatTime(iso).slice(11, 16);

function stretchText(stretch: Stretch): string {
  const { owner, started_at, ended_at, reason, agent } = stretch;
  const words = chatPaneWords;
  const to = ended_at === null ? words.now : clock(ended_at);
  if (reason === "closed") return words.closedAt(clock(started_at));
  if (owner === "bot") return words.spell(words.bot, clock(started_at), to);
  if (owner === "agent") {
    return words.spell(agent?.display_name ?? words.someone, clock(started_at), to);
  }
  const seconds = ended_at === null ? null : Date.parse(ended_at) - Date.parse(started_at);
  const waited = seconds === null ? words.waitingNow : words.waited(waitText(seconds / 1_000));
  return words.because(waited, labelOf(handReasonLabels, reason));
}

/** Who had the conversation from when to when, how long the customer waited and why. */
export const stretchLine = (stretches: readonly Stretch[]) =>
  stretches.map(stretchText).join(chatPaneWords.dot);

/** What something that a message carries is called. */
export function attachmentName(attachment: Attachment): string {
  const { kind, name, seconds } = attachment;
  if (kind === "image") return attachmentWords.image(name);
  if (kind === "voice") return attachmentWords.voice(seconds ?? null);
  if (kind === "file") return attachmentWords.file(name);
  return name || attachmentWords[kind];
}

export function fileSize(bytes: number): string {
  const megabytes = bytes / 1_048_576;
  if (megabytes >= 1) return attachmentWords.megabytes(megabytes.toFixed(1));
  return attachmentWords.kilobytes(Math.max(1, Math.round(bytes / 1_024)));
}
