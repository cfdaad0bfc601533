/** Requests of service orders: the board, an order's steps, technicians, and the customer's page. */
import { deskRequest } from "./deskRequest";
import { requestJson, toQuery } from "./http";
import type { paths } from "./schema";

type Ok<Operation, Status extends number> = Operation extends {
  responses: { [key in Status]: { content: { "application/json": infer Body } } };
}
  ? Body
  : never;

export type Board = Ok<paths["/api/v1/service-orders"]["get"], 200>;
export type OrderCard = Board["items"][number];
export type Order = Ok<paths["/api/v1/service-orders/{number}"]["get"], 200>;
export type OrderStep = Order["steps"][number];
export type OrderStage = Order["stage"];
export type Quote = Order["quotes"][number];
export type Visits = Ok<paths["/api/v1/visits"]["get"], 200>;
export type DispatchMap = Ok<paths["/api/v1/dispatch-map"]["get"], 200>;
export type Technician = Ok<paths["/api/v1/technicians"]["get"], 200>["items"][number];
export type TechnicianBody = Omit<Technician, "id">;
export type PictureKind = Order["pictures"][number]["kind"];
export type CodeView = Ok<paths["/api/v1/service-orders/by-code"]["post"], 200>;

export interface BoardQuery {
  technician_id?: string;
  region?: string;
  ticket?: string;
  open_only?: string;
}

export interface Picture {
  id: string;
  kind: PictureKind;
  file: Blob;
}

const UPLOAD_TIMEOUT_MS = 120_000;
const ORDERS = "/api/v1/service-orders";
const one = (number: string) => `${ORDERS}/${encodeURIComponent(number)}`;

export const ordersApi = {
  board: (query: BoardQuery, signal?: AbortSignal) =>
    deskRequest<Board>(`${ORDERS}${toQuery({ ...query })}`, { signal }),

  order: (number: string, signal?: AbortSignal) => deskRequest<Order>(one(number), { signal }),

  open: (ticket: string) => deskRequest<Order>(ORDERS, { method: "POST", body: { ticket } }),

  take: (number: string, step: OrderStep, body: unknown) =>
    deskRequest<Order>(`${one(number)}/steps/${step}`, { method: "POST", body }),

  addPicture(number: string, picture: Picture): Promise<Order> {
    const body = new FormData();
    body.set("picture_id", picture.id);
    body.set("kind", picture.kind);
    body.set("file", picture.file, `${picture.kind}.jpg`);
    const timeoutMs = UPLOAD_TIMEOUT_MS;
    return deskRequest<Order>(`${one(number)}/pictures`, { method: "POST", body, timeoutMs });
  },

  visits: (signal?: AbortSignal) => deskRequest<Visits>("/api/v1/visits", { signal }),

  map: (signal?: AbortSignal) => deskRequest<DispatchMap>("/api/v1/dispatch-map", { signal }),

  technicians: async (signal?: AbortSignal) =>
    (await deskRequest<{ items: Technician[] }>("/api/v1/technicians", { signal })).items,

  saveTechnician: (id: string | null, body: TechnicianBody) =>
    id === null
      ? deskRequest<Technician>("/api/v1/technicians", { method: "POST", body })
      : deskRequest<Technician>(`/api/v1/technicians/${id}`, { method: "PUT", body }),
};

const byCode = <Answer>(path: string, body: unknown) =>
  requestJson<Answer>(path, { method: "POST", body });

/** What customers do with the code that they were sent. */
export const codeApi = {
  view: (code: string) => byCode<CodeView>(`${ORDERS}/by-code`, { code }),
  answer: (code: string, answer: "agreed" | "declined") =>
    byCode<Quote>("/api/v1/quotes/by-code/answer", { code, answer }),
  sign: (code: string, opinion: string | null) =>
    byCode<{ order: string }>(`${ORDERS}/by-code/sign`, { code, opinion }),
};
