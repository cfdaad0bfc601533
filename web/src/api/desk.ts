import { type RequestOptions, requestJson, toQuery } from "./http";
import type { Session, TicketDetail, TicketPage } from "./types";

export interface TicketQuery {
  conversation_id?: string;
  kind?: string;
  stage?: string;
  text?: string;
  page: number;
  page_size: number;
}

/** Lives only in memory: a page that is loaded anew gets it from `me`. */
let csrfToken: string | null = null;

function deskRequest<Answer>(path: string, options: RequestOptions = {}): Promise<Answer> {
  const changing = options.method !== undefined && options.method !== "GET";
  const headers = { ...options.headers };
  if (changing && csrfToken !== null) headers["X-CSRF-Token"] = csrfToken;
  return requestJson<Answer>(path, { ...options, headers });
}

async function remembering(answer: Promise<Session>): Promise<Session> {
  const session = await answer;
  csrfToken = session.csrf_token;
  return session;
}

export const deskApi = {
  login: (credentials: { username: string; password: string }) =>
    remembering(requestJson<Session>("/api/v1/auth/login", { method: "POST", body: credentials })),

  me: (signal?: AbortSignal) => remembering(requestJson<Session>("/api/v1/auth/me", { signal })),

  async logout(): Promise<void> {
    await deskRequest<null>("/api/v1/auth/logout", { method: "POST" });
    csrfToken = null;
  },

  tickets: (query: TicketQuery, signal?: AbortSignal) =>
    deskRequest<TicketPage>(`/api/v1/tickets${toQuery({ ...query })}`, { signal }),

  ticket: (number: string, signal?: AbortSignal) =>
    deskRequest<TicketDetail>(`/api/v1/tickets/${encodeURIComponent(number)}`, { signal }),
};
