/** Finding a canned reply by what is typed after a slash. Pure. */
import type { CannedReply } from "../../api/answering";

const MOST = 8;
const SLASH = /^[/\uff0f]([^\s/\uff0f]{0,30})$/;

/** What is looked for; null when the text is no search but something to say. */
export function slashQuery(text: string): string | null {
  return SLASH.exec(text)?.[1]?.toLowerCase() ?? null;
}

/** Whether all characters come in this order, with others between them. */
function inOrder(content: string, query: string): boolean {
  let place = 0;
  for (const character of query) {
    place = content.indexOf(character, place);
    if (place < 0) return false;
    place += character.length;
  }
  return true;
}

/** How well a reply fits, lower is better; null when it does not. */
function rank(reply: CannedReply, query: string): number | null {
  const shortcut = reply.shortcut.toLowerCase();
  const title = reply.title.toLowerCase();
  if (shortcut === query) return 0;
  if (shortcut.startsWith(query)) return 1;
  if (title.includes(query)) return 2;
  if (inOrder(shortcut, query) || inOrder(title, query)) return 3;
  return reply.text.toLowerCase().includes(query) ? 4 : null;
}

/** The replies that fit best; among equals the order is kept, that is those used most. */
export function matching(replies: readonly CannedReply[], query: string): CannedReply[] {
  return replies
    .flatMap((reply) => {
      const fit = rank(reply, query);
      return fit === null ? [] : [{ reply, fit }];
    })
    .sort((one, other) => one.fit - other.fit)
    .slice(0, MOST)
    .map(({ reply }) => reply);
}

/** All that contain every word, for the page that lists them. */
export function containing(replies: readonly CannedReply[], text: string): CannedReply[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return replies.filter((reply) => {
    const content = `${reply.shortcut} ${reply.title} ${reply.text}`.toLowerCase();
    return words.every((word) => content.includes(word));
  });
}
