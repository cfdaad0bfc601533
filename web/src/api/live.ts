/** Requests of the live desk: conversations, who owns them, and who is at work. */
import { deskRequest } from "./deskRequest";
import { toQuery } from "./http";
import type {
  AgentState,
  Call,
  CallDeed,
  LiveDetail,
  LiveGroup,
  LiveList,
  LiveView,
  LiveWall,
  PresenceState,
} from "./liveTypes";
import type { AgentMessage, Attachment, Message, TransferTo } from "./types";

export type { AgentMessage, TransferTo } from "./types";

const BASE = "/api/v1/live";
/** A photo over a phone's network takes its time. */
const UPLOAD_TIMEOUT_MS = 120_000;

export interface LiveQuery {
  view: LiveView;
  group?: string;
  q?: string;
  before?: string;
  limit?: number;
}

const one = (id: string) => `${BASE}/conversations/${encodeURIComponent(id)}`;
const post = <Answer>(path: string, body: unknown) =>
  deskRequest<Answer>(path, { method: "POST", body });

export const liveApi = {
  conversations: (query: LiveQuery, signal?: AbortSignal) =>
    deskRequest<LiveList>(`${BASE}/conversations${toQuery({ ...query })}`, { signal }),

  conversation: (id: string, signal?: AbortSignal) => deskRequest<LiveDetail>(one(id), { signal }),

  async messagesSince(id: string, since: number, signal?: AbortSignal): Promise<Message[]> {
    const path = `${one(id)}/messages${toQuery({ since })}`;
    return (await deskRequest<{ messages: Message[] }>(path, { signal })).messages;
  },

  send: (id: string, message: AgentMessage) => post<Message>(`${one(id)}/messages`, message),

  async upload(id: string, file: File): Promise<Attachment> {
    const body = new FormData();
    body.append("file", file);
    const path = `${one(id)}/files`;
    const timeoutMs = UPLOAD_TIMEOUT_MS;
    return (await deskRequest<{ file: Attachment }>(path, { method: "POST", body, timeoutMs }))
      .file;
  },

  fileUrl: (fileId: string) => `/api/v1/files/${encodeURIComponent(fileId)}`,

  call: (id: string, signal?: AbortSignal) => deskRequest<Call>(`${one(id)}/call`, { signal }),
  callDeed: (id: string, deed: CallDeed) =>
    post<Call>(`${one(id)}/call/${deed.replace("_", "-")}`, {}),

  claim: (id: string) => post<LiveDetail>(`${one(id)}/claim`, {}),
  takeOver: (id: string, note: string | null) => post<LiveDetail>(`${one(id)}/takeover`, { note }),
  join: (id: string) => post<LiveDetail>(`${one(id)}/join`, {}),
  leave: (id: string) => post<LiveDetail>(`${one(id)}/leave`, {}),
  handBack: (id: string, note: string | null) => post<LiveDetail>(`${one(id)}/hand_back`, { note }),
  transfer: (id: string, to: TransferTo) => post<LiveDetail>(`${one(id)}/transfer`, to),
  close: (id: string, note: string | null) => post<LiveDetail>(`${one(id)}/close`, { note }),
  reopen: (id: string) => post<LiveDetail>(`${one(id)}/reopen`, {}),
  assign: (id: string, username: string) => post<LiveDetail>(`${one(id)}/assign`, { username }),
  note: (id: string, text: string) => post<unknown>(`${one(id)}/notes`, { text }),
  seen: (id: string, seq: number) => post<unknown>(`${one(id)}/seen`, { seq }),
  correct: (id: string, facts: Record<string, string | null>) =>
    post<LiveDetail>(`${one(id)}/facts`, { facts }),

  presence: (signal?: AbortSignal) => deskRequest<AgentState>(`${BASE}/presence`, { signal }),
  setPresence: (state: PresenceState) =>
    deskRequest<AgentState>(`${BASE}/presence`, { method: "PUT", body: { state } }),

  agents: (signal?: AbortSignal) => deskRequest<AgentState[]>(`${BASE}/agents`, { signal }),
  setAgentPresence: (username: string, state: PresenceState) =>
    deskRequest<AgentState>(`${BASE}/agents/${encodeURIComponent(username)}/presence`, {
      method: "PUT",
      body: { state },
    }),

  groups: (signal?: AbortSignal) => deskRequest<LiveGroup[]>(`${BASE}/groups`, { signal }),
  wall: (signal?: AbortSignal) => deskRequest<LiveWall>(`${BASE}/wall`, { signal }),
};
