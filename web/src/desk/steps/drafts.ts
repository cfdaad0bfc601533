/**
 * What was typed into a step's form and not sent: kept in this tab until it is sent or dropped, also
 * when the session runs out meanwhile.
 */
import type { Step } from "../../api/types";
import type { Values } from "./stepValues";

const PREFIX = "yingsheng.desk.step.";
export interface DraftOf {
  username: string;
  number: string;
  step: Step;
}

type Place = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const nameOf = ({ username, number, step }: DraftOf) => `${PREFIX}${username}.${number}.${step}`;

export function readDraft(draft: DraftOf, place: Place): Values | null {
  const stored = place.getItem(nameOf(draft));
  return stored === null ? null : (JSON.parse(stored) as Values);
}

export function keepDraft(draft: DraftOf, values: Values, place: Place): void {
  place.setItem(nameOf(draft), JSON.stringify(values));
}

export function dropDraft(draft: DraftOf, place: Place): void {
  place.removeItem(nameOf(draft));
}

/** Whoever logs out leaves nothing behind. */
export function dropAllDrafts(place: Place): void {
  const names = Array.from({ length: place.length }, (_, index) => place.key(index));
  for (const name of names) if (name?.startsWith(PREFIX)) place.removeItem(name);
}
