/** Pure helpers for what the customer types. */
import { countCharacters } from "../../shared/text";

/** The API takes no more; counted in characters, not in UTF-16 units. */
export const LONGEST_TEXT = 100_000;
/** From here on the length is shown. */
export const LONG_TEXT = 4_000;
/** A bubble longer than this is folded. */
export const FOLD_AFTER = 600;

export type TextSize =
  | { level: "normal" }
  | { level: "long"; count: number }
  | { level: "tooLong"; count: number };

export function measureText(text: string): TextSize {
  if (text.length <= LONG_TEXT) return { level: "normal" };
  const count = countCharacters(text);
  if (count > LONGEST_TEXT) return { level: "tooLong", count };
  return count > LONG_TEXT ? { level: "long", count } : { level: "normal" };
}

/** The beginning of a long text, cut between characters; null when it is short enough. */
export function foldText(text: string): string | null {
  if (text.length <= FOLD_AFTER) return null;
  const end = text.slice(0, FOLD_AFTER);
  return /[\uD800-\uDBFF]$/.test(end) ? end.slice(0, -1) : end;
}
