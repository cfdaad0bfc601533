/** What the bot has understood, as lines to show. Pure. */
import type { Understanding } from "../../../api/liveTypes";
import { hazardLabels } from "../../../messages/labels.zh-CN";
import { sideWords } from "../../../messages/live.zh-CN";
import { labelOf } from "../../../shared/labels";

export interface SignalTag {
  key: string;
  text: string;
  grave: boolean;
}

/** Only what stands out: anger above zero, and what is so. */
export function signalTags(signals: Understanding["signals"]): SignalTag[] {
  const words = sideWords.signals;
  const tags: SignalTag[] = [];
  const { hazard, hazard_kind: kind, anger } = signals ?? {};
  if (hazard) tags.push({ key: "hazard", text: words.hazard, grave: true });
  if (typeof kind === "string" && kind !== "") {
    tags.push({
      key: "hazard_kind",
      text: words.hazard_kind(labelOf(hazardLabels, kind)),
      grave: true,
    });
  }
  if (typeof anger === "number" && anger > 0) {
    tags.push({ key: "anger", text: words.anger(anger), grave: anger >= 2 });
  }
  for (const key of ["threat", "vulnerable", "repeated", "wants_human"] as const) {
    if (signals?.[key]) tags.push({ key, text: words[key], grave: key === "threat" });
  }
  return tags;
}

const UNSURE_BELOW = 0.6;

export function confidenceText(confidence: number | null | undefined): string | null {
  if (confidence == null) return null;
  const text = sideWords.confidence(Math.round(confidence * 100));
  return confidence < UNSURE_BELOW ? `${text} ${sideWords.unsure}` : text;
}

/** Filled slots first, then those that are missing. */
export function factLines(understanding: Understanding): { slot: string; value: string | null }[] {
  const filled = Object.entries(understanding.slots ?? {})
    .filter(([, value]) => value != null && value !== "")
    .map(([slot, value]) => ({ slot, value: String(value) }));
  const known = new Set(filled.map((line) => line.slot));
  const missing = (understanding.missing ?? []).filter((slot) => !known.has(slot));
  return [...filled, ...missing.map((slot) => ({ slot, value: null }))];
}
