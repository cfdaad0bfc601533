import { deskRequest, rememberToken } from "./deskRequest";
import { requestJson, toQuery } from "./http";
import type {
  Clause,
  Clock,
  CustomerFile,
  Deliveries,
  Emergency,
  Escalation,
  FactsBody,
  FormStep,
  NextClocks,
  Notices,
  Policy,
  RecurringTickets,
  RegisterFound,
  Session,
  StepBody,
  StepOffers,
  TicketDetail,
  TicketFilterQuery,
  TicketPage,
  WaitingEscalations,
  WarrantyDecision,
  WarrantyInquiry,
} from "./types";

/** Filters of the list, and which page of it. */
export type TicketQuery = TicketFilterQuery & { page: number; page_size: number };

interface Items<Item> {
  items: Item[];
}

async function itemsOf<Item>(path: string, signal?: AbortSignal): Promise<Item[]> {
  return (await deskRequest<Items<Item>>(path, { signal })).items;
}

const ticketPath = (number: string) => `/api/v1/tickets/${encodeURIComponent(number)}`;
const post = <Answer>(path: string, body: unknown) =>
  deskRequest<Answer>(path, { method: "POST", body });

async function remembering(answer: Promise<Session>): Promise<Session> {
  const session = await answer;
  rememberToken(session.csrf_token);
  return session;
}

export const deskApi = {
  login: (credentials: { username: string; password: string }) =>
    remembering(requestJson<Session>("/api/v1/auth/login", { method: "POST", body: credentials })),

  me: (signal?: AbortSignal) => remembering(requestJson<Session>("/api/v1/auth/me", { signal })),

  async logout(): Promise<void> {
    await deskRequest<null>("/api/v1/auth/logout", { method: "POST" });
    rememberToken(null);
  },

  tickets: (query: TicketQuery, signal?: AbortSignal) =>
    deskRequest<TicketPage>(`/api/v1/tickets${toQuery({ ...query })}`, { signal }),

  ticket: (number: string, signal?: AbortSignal) =>
    deskRequest<TicketDetail>(ticketPath(number), { signal }),

  steps: (number: string, signal?: AbortSignal) =>
    deskRequest<StepOffers>(`${ticketPath(number)}/steps`, { signal }),

  takeStep: <Taken extends FormStep>(number: string, step: Taken, body: StepBody<Taken>) =>
    post<TicketDetail>(`${ticketPath(number)}/steps/${step}`, body),

  correctFacts: (number: string, body: FactsBody) =>
    deskRequest<TicketDetail>(`${ticketPath(number)}/facts`, { method: "PATCH", body }),

  clocks: (number: string, signal?: AbortSignal) =>
    itemsOf<Clock>(`${ticketPath(number)}/clocks`, signal),

  nextClocks: (limit: number, clock: readonly string[], signal?: AbortSignal) =>
    deskRequest<NextClocks>(`/api/v1/clocks/next${toQuery({ limit, clock })}`, { signal }),

  recurring: (number: string, page: number, signal?: AbortSignal) =>
    deskRequest<RecurringTickets>(`${ticketPath(number)}/recurring${toQuery({ page })}`, {
      signal,
    }),

  escalations: (number: string, signal?: AbortSignal) =>
    itemsOf<Escalation>(`${ticketPath(number)}/escalations`, signal),

  waitingEscalations: (signal?: AbortSignal) =>
    deskRequest<WaitingEscalations>("/api/v1/escalations?waiting=true", { signal }),

  acknowledge: (id: string, note: string | null) =>
    post<Escalation>(`/api/v1/escalations/${encodeURIComponent(id)}/ack`, { note }),

  emergency: (number: string, signal?: AbortSignal) =>
    deskRequest<Emergency>(`${ticketPath(number)}/emergency`, { signal }),

  emergencyTask: (number: string, task: string, note: string | null) =>
    post<Emergency>(`${ticketPath(number)}/emergency/tasks/${encodeURIComponent(task)}`, { note }),

  closeEmergency: (number: string, note: string | null) =>
    post<Emergency>(`${ticketPath(number)}/emergency/close`, { note }),

  failedNotices: (signal?: AbortSignal) => deskRequest<Notices>("/api/v1/notices", { signal }),

  failedDeliveries: (signal?: AbortSignal) =>
    deskRequest<Deliveries>("/api/v1/deliveries", { signal }),

  policy: (signal?: AbortSignal) => deskRequest<Policy>("/api/v1/policy", { signal }),

  clauses: (signal?: AbortSignal) => itemsOf<Clause>("/api/v1/policy/clauses", signal),

  warranty: (inquiry: WarrantyInquiry) =>
    post<WarrantyDecision>("/api/v1/warranty/decisions", inquiry),

  searchRegister: (text: string, signal?: AbortSignal) =>
    deskRequest<RegisterFound>(`/api/v1/register/search${toQuery({ text })}`, { signal }),

  agree: (id: string, text: string | null) =>
    deskRequest<CustomerFile>(`/api/v1/register/customers/${encodeURIComponent(id)}/agreement`, {
      method: "PUT",
      body: { text },
    }),

  customerFile: (id: string, signal?: AbortSignal) =>
    deskRequest<CustomerFile>(`/api/v1/register/customers/${encodeURIComponent(id)}`, { signal }),
};
