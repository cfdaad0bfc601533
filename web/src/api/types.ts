/**
 * Names for what the API says. Derived from paths, not from schema names, so that only a changed
 * address or shape can break them. The one place that touches the generated file.
 */
import type { paths } from "./schema";

type Ok<Operation, Status extends number> = Operation extends {
  responses: { [key in Status]: { content: { "application/json": infer Body } } };
}
  ? Body
  : never;

type MessagesPath = paths["/api/v1/webchat/conversations/{conversation_id}/messages"];
type TicketsPath = paths["/api/v1/tickets"];

export type OpenedConversation = Ok<paths["/api/v1/webchat/conversations"]["post"], 201>;
export type AcceptedMessage = Ok<MessagesPath["post"], 200>;
export type Message = Ok<MessagesPath["get"], 200>["messages"][number];
export type Sender = Message["sender"];

export type Session = Ok<paths["/api/v1/auth/me"]["get"], 200>;
export type User = Session["user"];

export type TicketPage = Ok<TicketsPath["get"], 200>;
export type TicketSummary = TicketPage["items"][number];
export type TicketDetail = Ok<paths["/api/v1/tickets/{number}"]["get"], 200>;
export type TimelineEntry = TicketDetail["timeline"][number];
export type TicketKind = TicketSummary["kind"];
export type TicketStage = TicketSummary["stage"];

/** What Socket.IO sends; it is no part of the OpenAPI document. */
export interface MessageEvent {
  conversation_id: string;
  message: Message;
}
export interface TypingEvent {
  conversation_id: string;
  active: boolean;
}
export interface TicketEvent {
  ticket: TicketSummary;
}
