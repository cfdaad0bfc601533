/** Requests of the answer aids: canned replies and suggested answers. */
import { deskRequest } from "./deskRequest";
import type { paths } from "./schema";

type Json<Response> = Response extends { content: { "application/json": infer Body } }
  ? Body
  : never;

type CannedPath = paths["/api/v1/canned"];
export type CannedReply = Json<CannedPath["get"]["responses"][200]>["items"][number];
export type CannedDraft = Json<CannedPath["post"]["requestBody"]>;
export type CannedVariables = Json<
  paths["/api/v1/live/conversations/{conversation_id}/variables"]["get"]["responses"][200]
>;
export type Suggestions = Json<
  paths["/api/v1/live/conversations/{conversation_id}/suggestions"]["get"]["responses"][200]
>;
export type Suggestion = Suggestions["items"][number];

const CANNED = "/api/v1/canned";
const one = (id: string) => `${CANNED}/${encodeURIComponent(id)}`;
const live = (id: string) => `/api/v1/live/conversations/${encodeURIComponent(id)}`;

export const answeringApi = {
  async canned(signal?: AbortSignal): Promise<CannedReply[]> {
    return (await deskRequest<{ items: CannedReply[] }>(CANNED, { signal })).items;
  },
  add: (body: CannedDraft) => deskRequest<CannedReply>(CANNED, { method: "POST", body }),
  change: (id: string, body: CannedDraft) =>
    deskRequest<CannedReply>(one(id), { method: "PUT", body }),
  drop: (id: string) => deskRequest<null>(one(id), { method: "DELETE" }),
  noteUse: (id: string) => deskRequest<null>(`${one(id)}/used`, { method: "POST" }),
  variables: (conversationId: string, signal?: AbortSignal) =>
    deskRequest<CannedVariables>(`${live(conversationId)}/variables`, { signal }),
  suggestions: (conversationId: string, signal?: AbortSignal) =>
    deskRequest<Suggestions>(`${live(conversationId)}/suggestions`, { signal }),
};
