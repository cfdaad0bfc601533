/** What is worth interrupting somebody for. Pure. */
import type { LiveCard } from "../../../api/liveTypes";

export type Alert = "given_to_me" | "customer_wrote" | "waiting";

export interface Watcher {
  username: string;
  /** Groups whose queue concerns this person; none: all of them. */
  groups: readonly string[];
  /** The conversation before their eyes, if the page is. */
  looking: string | null;
}

const isMine = (card: LiveCard | null, username: string) =>
  card?.owner === "agent" && card.agent?.username === username && card.closed_at === null;

const concerns = (card: LiveCard, groups: readonly string[]) =>
  groups.length === 0 || card.group === null || groups.includes(card.group);

/** `before`: the conversation as this page knew it; null: not at all. */
export function alertFor(before: LiveCard | null, now: LiveCard, who: Watcher): Alert | null {
  if (before && now.version <= before.version) return null;
  const looking = who.looking === now.id;
  if (isMine(now, who.username)) {
    if (!isMine(before, who.username)) return looking ? null : "given_to_me";
    const last = now.last_messages[now.last_messages.length - 1];
    const isNew = now.last_seq > (before?.last_seq ?? 0) && last?.sender === "customer";
    return isNew && !looking ? "customer_wrote" : null;
  }
  const joins = now.owner === "queue" && now.closed_at === null && before?.owner !== "queue";
  return joins && concerns(now, who.groups) ? "waiting" : null;
}
