/** What the live desk reads and is told. */
import type {
  AgentState,
  Call,
  LiveDetailAnswer,
  LiveGroup,
  LiveListAnswer,
  Message,
} from "./types";

export type { AgentState, Call, LiveGroup, LiveWall } from "./types";

type CardAnswer = LiveListAnswer["items"][number];

export type Owner = CardAnswer["owner"];
export type CallDeed = Call["deeds"][number];
export type PresenceState = AgentState["state"];
export type LiveView = "mine" | "queue" | "bot" | "all" | "closed";
export type AgentName = NonNullable<CardAnswer["agent"]>;
export type Stretch = LiveDetailAnswer["stretches"][number];
/** Why a customer never got a message: no vendor took it, or a person took over before it was said. */
export type Lost = LiveDetailAnswer["undelivered"][number]["state"];
export type LiveNote = LiveDetailAnswer["notes"][number];

/** What the bot has understood so far; the API passes on what the bot's actions write. */
export interface Understanding {
  kind: string | null;
  secondary_kind?: string | null;
  stage?: string | null;
  asked?: string | null;
  slots?: Record<string, string>;
  missing?: string[];
  signals?: Record<string, string | number | boolean | null>;
  warranty?: string | null;
  confidence?: number | null;
  ticket?: string | null;
  summary?: string | null;
}

type Understood<Answer> = Omit<Answer, "understanding"> & { understanding: Understanding | null };

export type LiveCard = Understood<CardAnswer>;
export type LiveDetail = Understood<LiveDetailAnswer>;
export type LiveList = Omit<LiveListAnswer, "items"> & { items: LiveCard[] };

/** What Socket.IO says about live conversations, by name. */
export interface LiveEvents {
  "conversation.changed": { card: LiveCard };
  /** Numbers in it are hidden (`veiled`): who has revealed them fetches it. */
  "conversation.message": { conversation_id: string; message: Message; veiled: boolean };
  "conversation.note": { conversation_id: string; note: LiveNote };
  "conversation.typing": {
    conversation_id: string;
    who: "customer" | "bot" | "agent";
    name: string | null;
    active: boolean;
  };
  "conversation.seen": { conversation_id: string; by: "customer" | "agent"; seq: number };
  "conversation.watchers": { conversation_id: string; watchers: AgentName[] };
  /** How a telephone call stands. */
  "live.call": { conversation_id: string; call_id: string; state: string };
  "presence.changed": { agent: AgentState };
  "queue.changed": { groups: LiveGroup[] };
}
export type LiveEventName = keyof LiveEvents;
/** What the desk says over Socket.IO. */
export interface LiveCommands {
  /** Answered with where the conversation stands. */
  watch: { conversation_id: string };
  unwatch: { conversation_id: string };
  typing: { conversation_id: string; active: boolean };
  heartbeat: Record<string, never>;
}
