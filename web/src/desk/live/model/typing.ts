/** Who is typing in which conversation. Pure. */

export interface Typing {
  who: "customer" | "bot" | "agent";
  name: string | null;
  /** Milliseconds since the epoch; the end of a "typing" may get lost. */
  until: number;
}

export type TypingLog = readonly Typing[];

const LASTS_MS = 12_000;

const isSame = (one: Typing, other: Pick<Typing, "who" | "name">) =>
  one.who === other.who && one.name === other.name;

export function typingChanged(
  log: TypingLog,
  event: Pick<Typing, "who" | "name"> & { active: boolean },
  now: number,
): TypingLog {
  const others = log.filter((each) => !isSame(each, event) && each.until > now);
  if (!event.active) return others;
  return [...others, { who: event.who, name: event.name, until: now + LASTS_MS }];
}

/** Somebody spoke: what they were typing is here. */
export function spoken(log: TypingLog, who: string): TypingLog {
  const left = log.filter((each) => each.who !== who);
  return left.length === log.length ? log : left;
}

export function stillTyping(log: TypingLog, now: number): TypingLog {
  const left = log.filter((each) => each.until > now);
  return left.length === log.length ? log : left;
}
