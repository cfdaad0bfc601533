/** Carries news of live conversations into the cache, so that every page shows them at once. */
import type { QueryClient } from "@tanstack/react-query";
import type {
  AgentState,
  LiveCard,
  LiveDetail,
  LiveEventName,
  LiveEvents,
  LiveGroup,
  LiveList,
} from "../../../api/liveTypes";
import type { Message } from "../../../api/types";
import { hasGap, type MessageLog, revise } from "../../../shared/messageLog";
import { applyCard, type ListFilter } from "../model/cards";
import { spoken, type TypingLog, typingChanged } from "../model/typing";
import {
  agentsKey,
  callKey,
  conversationKey,
  groupsKey,
  listsKey,
  liveKey,
  liveWallKey,
  messagesKey,
  presenceKey,
  typingKey,
} from "./liveKeys";

/** In a rush, figures beside the lists are asked for once for all that happened. */
const GATHER_MS = 3_000;

let gathering: ReturnType<typeof setTimeout> | undefined;

function figuresChanged(client: QueryClient): void {
  if (gathering !== undefined) return;
  gathering = setTimeout(() => {
    gathering = undefined;
    void client.invalidateQueries({ queryKey: listsKey });
    void client.invalidateQueries({ queryKey: liveWallKey });
  }, GATHER_MS);
}

const inOtherHands = (one: LiveCard, other: LiveCard) =>
  one.owner !== other.owner ||
  one.agent?.username !== other.agent?.username ||
  one.closed_at !== other.closed_at;

/** The conversation as this page last knew it, from wherever it stands. */
export function knownCard(client: QueryClient, id: string): LiveCard | null {
  const open = client.getQueryData<LiveDetail>(conversationKey(id));
  if (open) return open;
  for (const [, list] of client.getQueriesData<LiveList>({ queryKey: listsKey })) {
    const card = list?.items.find((each) => each.id === id);
    if (card) return card;
  }
  return null;
}

export function cardChanged(client: QueryClient, card: LiveCard, me: string): void {
  for (const [key, list] of client.getQueriesData<LiveList>({ queryKey: listsKey })) {
    if (!list) continue;
    const change = applyCard(list.items, key[2] as ListFilter, card, me);
    if (change.items !== list.items) {
      client.setQueryData<LiveList>(key, { ...list, items: change.items });
    }
    if (change.moved) figuresChanged(client);
  }
  const open = client.getQueryData<LiveDetail>(conversationKey(card.id));
  if (!open || card.version < open.version) return;
  const { understanding } = open.revealed ? open : card;
  client.setQueryData<LiveDetail>(conversationKey(card.id), { ...open, ...card, understanding });
  const moved = inOtherHands(open, card);
  if (moved || open.revealed) {
    void client.invalidateQueries({ queryKey: conversationKey(card.id) });
  }
  if (moved) figuresChanged(client);
}

export function messagePushed(client: QueryClient, id: string, message: Message): void {
  const known = client.getQueryData<MessageLog>(messagesKey(id));
  if (!known) return;
  const log = revise(known, message);
  if (log === known) return;
  client.setQueryData(messagesKey(id), log);
  if (hasGap(log)) void client.invalidateQueries({ queryKey: messagesKey(id) });
}

/** Numbers in it are hidden, and this page shows them: the message is fetched. */
function fetchInFull(client: QueryClient, id: string, { seq }: Message): void {
  const known = client.getQueryData<MessageLog>(messagesKey(id));
  const queryKey = messagesKey(id);
  if (known && seq <= known.contiguousSeq) void client.resetQueries({ queryKey });
  else void client.invalidateQueries({ queryKey });
}

/** From now on this page is told the numbers of a conversation: all that hid them is fetched anew. */
export function numbersRevealed(client: QueryClient, id: string): void {
  void client.invalidateQueries({ queryKey: conversationKey(id) });
  void client.resetQueries({ queryKey: messagesKey(id) });
}

const showsNumbers = (client: QueryClient, id: string) =>
  client.getQueryData<LiveDetail>(conversationKey(id))?.revealed === true;

function changeDetail(
  client: QueryClient,
  id: string,
  change: (open: LiveDetail) => LiveDetail,
): void {
  client.setQueryData<LiveDetail>(conversationKey(id), (open) => open && change(open));
}

function changeTyping(client: QueryClient, id: string, change: (log: TypingLog) => TypingLog) {
  client.setQueryData<TypingLog>(typingKey(id), (log) => change(log ?? []));
}

function messageArrived(client: QueryClient, event: LiveEvents["conversation.message"]): void {
  const { conversation_id: id, message, veiled } = event;
  if (veiled && showsNumbers(client, id)) fetchInFull(client, id, message);
  else messagePushed(client, id, message);
  changeTyping(client, id, (log) => spoken(log, message.sender));
}

function noteWritten(client: QueryClient, event: LiveEvents["conversation.note"]): void {
  if (showsNumbers(client, event.conversation_id)) {
    void client.invalidateQueries({ queryKey: conversationKey(event.conversation_id) });
  }
  changeDetail(client, event.conversation_id, (open) =>
    open.notes.some((note) => note.id === event.note.id)
      ? open
      : { ...open, notes: [...open.notes, event.note] },
  );
}

function seen(client: QueryClient, event: LiveEvents["conversation.seen"]): void {
  const field = event.by === "customer" ? "customer_seen_seq" : "agent_seen_seq";
  changeDetail(client, event.conversation_id, (open) =>
    open[field] >= event.seq ? open : { ...open, [field]: event.seq },
  );
}

function presenceChanged(client: QueryClient, agent: AgentState, me: string): void {
  client.setQueryData<AgentState[]>(
    agentsKey,
    (agents) =>
      agents &&
      [...agents.filter((each) => each.username !== agent.username), agent].sort((one, other) =>
        one.username.localeCompare(other.username),
      ),
  );
  if (agent.username === me) client.setQueryData(presenceKey, agent);
  void client.invalidateQueries({ queryKey: liveWallKey });
}

type Handlers = {
  [Name in LiveEventName]: (client: QueryClient, event: LiveEvents[Name], me: string) => void;
};

const HANDLERS: Handlers = {
  "conversation.changed": (client, { card }, me) => cardChanged(client, card, me),
  "conversation.message": messageArrived,
  "conversation.note": noteWritten,
  "conversation.typing": (client, event) =>
    changeTyping(client, event.conversation_id, (log) => typingChanged(log, event, Date.now())),
  "conversation.seen": seen,
  "conversation.watchers": (client, { conversation_id: id, watchers }) =>
    changeDetail(client, id, (open) => ({ ...open, watchers })),
  "live.call": (client, { conversation_id: id }) =>
    void client.invalidateQueries({ queryKey: callKey(id) }),
  "presence.changed": (client, { agent }, me) => presenceChanged(client, agent, me),
  "queue.changed": (client, { groups }) => {
    client.setQueryData<LiveGroup[]>(groupsKey, groups);
    figuresChanged(client);
  },
};

export function liveNews<Name extends LiveEventName>(
  client: QueryClient,
  name: Name,
  event: LiveEvents[Name],
  me: string,
): void {
  HANDLERS[name](client, event, me);
}

/** Before the socket was there, or while it was away, something may have been missed. */
export function fetchLiveAgain(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: liveKey });
}
