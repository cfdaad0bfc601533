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

type StepsPath = "/api/v1/tickets/{number}/steps";
type Body<Operation> = Operation extends {
  requestBody: { content: { "application/json": infer Sent } };
}
  ? Sent
  : never;

export type StepOffers = Ok<paths[StepsPath]["get"], 200>;
export type StepOffer = StepOffers["steps"][number];
export type Step = StepOffer["step"];
/** All steps but the correction of facts are taken at an address of their own. */
export type FormStep = Exclude<Step, "correct_facts">;
export type StepBody<Taken extends FormStep> = Body<paths[`${StepsPath}/${Taken}`]["post"]>;
export type FactsBody = Body<paths["/api/v1/tickets/{number}/facts"]["patch"]>;
export type Level = TicketSummary["level"];

export type Clock = Ok<paths["/api/v1/tickets/{number}/clocks"]["get"], 200>["items"][number];
export type NextClocks = Ok<paths["/api/v1/clocks/next"]["get"], 200>;
export type NextClock = NextClocks["items"][number];

export type Escalation = Ok<
  paths["/api/v1/tickets/{number}/escalations"]["get"],
  200
>["items"][number];
export type Emergency = Ok<paths["/api/v1/tickets/{number}/emergency"]["get"], 200>;
export type Notice = Ok<paths["/api/v1/notices"]["get"], 200>["items"][number];
export type Delivery = Ok<paths["/api/v1/deliveries"]["get"], 200>["items"][number];

export type Policy = Ok<paths["/api/v1/policy"]["get"], 200>;
export type PolicyFile = Policy["files"][number];
export type PolicyEntry = PolicyFile["sections"][number]["entries"][number];
export type Clause = Ok<paths["/api/v1/policy/clauses"]["get"], 200>["items"][number];

/** What is left out is unknown. */
export type WarrantyInquiry = Partial<Body<paths["/api/v1/warranty/decisions"]["post"]>>;
export type WarrantyDecision = Ok<paths["/api/v1/warranty/decisions"]["post"], 200>;
export type RegisterFound = Ok<paths["/api/v1/register/search"]["get"], 200>;
export type Sale = RegisterFound["sales"][number];
export type CustomerFile = Ok<paths["/api/v1/register/customers/{customer_id}"]["get"], 200>;

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
export interface NoticeEvent {
  id: string;
  target: string;
  target_name: string;
  ticket_number: string;
  title: string;
  text: string;
  urgent: boolean;
}
