/**
 * What somebody has typed into a conversation and not sent: kept in the browser over a reload and a
 * session that runs out, per person and conversation.
 */
import type { Attachment } from "../../../api/types";

const PREFIX = "yingsheng.desk.live.";
/** Unsent messages, per person and conversation; see shared/outboxStorage. */
export const outboxPrefix = (username: string, conversationId: string) =>
  `${PREFIX}${username}.outbox.${conversationId}.`;

export interface Draft {
  text: string;
  /** Written for colleagues only. */
  internal: boolean;
  /** Files that the server has already. */
  attachments: readonly Attachment[];
}

type Place = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

export const emptyDraft: Draft = { text: "", internal: false, attachments: [] };

const nameOf = (username: string, conversationId: string) =>
  `${PREFIX}${username}.draft.${conversationId}`;

export function readDraft(username: string, conversationId: string, place: Place): Draft {
  const stored = place.getItem(nameOf(username, conversationId));
  if (stored === null) return emptyDraft;
  try {
    const value = JSON.parse(stored) as Partial<Draft> | null;
    if (typeof value?.text !== "string") return emptyDraft;
    const attachments = Array.isArray(value.attachments) ? value.attachments : [];
    return { text: value.text, internal: value.internal === true, attachments };
  } catch (cause) {
    if (cause instanceof SyntaxError) return emptyDraft;
    throw cause;
  }
}

/** False when the browser has no room: a reload would lose it. */
export function keepDraft(
  username: string,
  conversationId: string,
  draft: Draft,
  place: Place,
): boolean {
  const name = nameOf(username, conversationId);
  if (draft.text === "" && !draft.internal && draft.attachments.length === 0) {
    place.removeItem(name);
    return true;
  }
  try {
    place.setItem(name, JSON.stringify(draft));
    return true;
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
    return false;
  }
}

/** Where a person's unsent messages wait. */
export function conversationsWithUnsent(username: string, place: Place): string[] {
  const found = new Set<string>();
  const prefix = outboxPrefix(username, "").slice(0, -1);
  for (let index = 0; index < place.length; index += 1) {
    const name = place.key(index);
    if (name?.startsWith(prefix)) found.add(name.slice(prefix.length).split(".")[0] ?? "");
  }
  return [...found];
}

/** Whoever logs out leaves nothing behind. */
export function dropLiveDrafts(place: Place): void {
  const names = Array.from({ length: place.length }, (_, index) => place.key(index));
  for (const name of names) if (name?.startsWith(PREFIX)) place.removeItem(name);
}
