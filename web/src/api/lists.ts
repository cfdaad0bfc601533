/** The list of tickets beyond reading it: views, many at once, export, revealing numbers. */
import { deskRequest, deskResponse } from "./deskRequest";
import { toQuery } from "./http";
import type {
  BulkItem,
  BulkResult,
  Colleague,
  CustomerLines,
  CustomerPage,
  ExportRequest,
  FilterValues,
  NewView,
  Revealed,
  Reveals,
  SavedView,
} from "./types";

interface Items<Item> {
  items: Item[];
}

const EXPORT_TIMEOUT_MS = 10 * 60_000;
const VIEWS = "/api/v1/views";

const viewPath = (id: string) => `${VIEWS}/${encodeURIComponent(id)}`;
const customerPath = (key: string) => `/api/v1/customers/${encodeURIComponent(key)}`;
const livePath = (id: string) => `/api/v1/live/conversations/${encodeURIComponent(id)}`;

async function itemsOf<Item>(path: string, signal?: AbortSignal): Promise<Item[]> {
  return (await deskRequest<Items<Item>>(path, { signal })).items;
}

const post = <Answer>(path: string, body: unknown) =>
  deskRequest<Answer>(path, { method: "POST", body });

export const listsApi = {
  views: (signal?: AbortSignal) => itemsOf<SavedView>(VIEWS, signal),
  keepView: (view: NewView) => post<SavedView>(VIEWS, view),
  changeView: (id: string, view: NewView) =>
    deskRequest<SavedView>(viewPath(id), { method: "PUT", body: view }),
  dropView: (id: string) => deskRequest<null>(viewPath(id), { method: "DELETE" }),

  filterValues: (signal?: AbortSignal) =>
    deskRequest<FilterValues>("/api/v1/ticket-filters", { signal }),
  colleagues: (signal?: AbortSignal) => itemsOf<Colleague>("/api/v1/users", signal),

  bulk: async (items: readonly BulkItem[]) =>
    (await post<Items<BulkResult>>("/api/v1/tickets/bulk", { items })).items,

  exported: (request: ExportRequest) =>
    deskResponse("/api/v1/tickets/export", {
      method: "POST",
      body: request,
      timeoutMs: EXPORT_TIMEOUT_MS,
    }),

  revealTicket: (number: string, reason: string | null) =>
    post<Revealed>(`/api/v1/tickets/${encodeURIComponent(number)}/reveal`, { reason }),
  reveals: (query: { username?: string; subject?: string; limit?: number }, signal?: AbortSignal) =>
    deskRequest<Reveals>(`/api/v1/reveals${toQuery(query)}`, { signal }),

  customers: (text: string, signal?: AbortSignal) =>
    deskRequest<CustomerLines>(`/api/v1/customers/search${toQuery({ text })}`, { signal }),
  customer: (key: string, signal?: AbortSignal) =>
    deskRequest<CustomerPage>(customerPath(key), { signal }),
  revealCustomer: (key: string, reason: string | null) =>
    post<unknown>(`${customerPath(key)}/reveal`, { reason }),
  customerInChat: async (conversationId: string, signal?: AbortSignal) =>
    (
      await deskRequest<{ customer: CustomerPage | null }>(`${livePath(conversationId)}/customer`, {
        signal,
      })
    ).customer,
  revealInChat: (conversationId: string, reason: string | null) =>
    post<Revealed>(`${livePath(conversationId)}/reveal`, { reason }),
};
