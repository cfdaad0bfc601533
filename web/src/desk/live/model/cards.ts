/** Which conversations stand in a list, in which order, and what news does to it. Pure. */
import type { LiveCard, LiveList, LiveView } from "../../../api/liveTypes";

export interface ListFilter {
  view: LiveView;
  group: string | null;
  text: string;
}

/** Lower comes first. */
const PRIORITIES: Readonly<Record<string, number>> = { urgent: 0, high: 1, normal: 2 };

export const isHazard = (card: LiveCard) => Boolean(card.understanding?.signals?.hazard);

const rank = (card: LiveCard) =>
  isHazard(card) || card.group === "hazard" ? -1 : (PRIORITIES[card.priority] ?? 2);

const time = (iso: string | null) => (iso === null ? 0 : Date.parse(iso));

/** Those who wait: danger first, then weight, then who has waited longest. All others: latest first. */
export function compareCards(view: LiveView): (one: LiveCard, other: LiveCard) => number {
  if (view !== "queue") return (one, other) => time(other.updated_at) - time(one.updated_at);
  return (one, other) =>
    rank(one) - rank(other) || time(one.waiting_since) - time(other.waiting_since);
}

/** "maybe": a text is searched, which only the server can do. */
export function belongs(card: LiveCard, filter: ListFilter, me: string): "yes" | "no" | "maybe" {
  if (filter.group !== null && card.group !== filter.group) return "no";
  const open = card.closed_at === null;
  const inView = {
    mine: open && card.owner === "agent" && card.agent?.username === me,
    queue: open && card.owner === "queue",
    bot: open && card.owner === "bot",
    all: open,
    closed: !open,
  }[filter.view];
  if (!inView) return "no";
  return filter.text === "" ? "yes" : "maybe";
}

const isOlder = (card: LiveCard, shown: LiveCard) =>
  card.version < shown.version ||
  (card.version === shown.version && card.last_seq < shown.last_seq);

export interface CardChange {
  items: LiveCard[];
  /** Somebody came or went: the figures beside the lists are no longer right. */
  moved: boolean;
}

/** One conversation is not as it was. An older or repeated state of it changes nothing. */
export function applyCard(
  items: LiveCard[],
  filter: ListFilter,
  card: LiveCard,
  me: string,
): CardChange {
  const shown = items.find((each) => each.id === card.id);
  if (shown && isOlder(card, shown)) return { items, moved: false };
  const match = belongs(card, filter, me);
  if (match === "no" || (match === "maybe" && !shown)) {
    return shown
      ? { items: items.filter((each) => each !== shown), moved: true }
      : { items, moved: false };
  }
  const others = items.filter((each) => each !== shown);
  return { items: [...others, card].sort(compareCards(filter.view)), moved: !shown };
}

/** The next or previous conversation of a list; beyond its ends there is nothing. */
export function neighbour(
  items: readonly LiveCard[],
  id: string | null,
  by: 1 | -1,
): string | null {
  if (items.length === 0) return null;
  const at = items.findIndex((each) => each.id === id);
  if (at < 0) return items[by === 1 ? 0 : items.length - 1]?.id ?? null;
  return items[at + by]?.id ?? null;
}

/** How many messages of all conversations in a list nobody has read. */
export function unreadOf(list: LiveList | undefined): number {
  return (list?.items ?? []).reduce((sum, card) => sum + card.unread, 0);
}

/** Seconds that a customer has waited for a person; null when nobody waits. */
export function waitedSeconds(card: LiveCard, now: number): number | null {
  if (card.owner !== "queue" || card.waiting_since === null) return null;
  return Math.max(0, Math.floor((now - Date.parse(card.waiting_since)) / 1_000));
}

const WARN_AFTER = 60;
const OVER_AFTER = 180;

/** How pressing a wait has become. */
export function waitTone(seconds: number): "calm" | "warned" | "over" {
  if (seconds >= OVER_AFTER) return "over";
  return seconds >= WARN_AFTER ? "warned" : "calm";
}
