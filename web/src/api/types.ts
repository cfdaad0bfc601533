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
/** Who answers the customer now; the name is the person's, the position that in the queue. */
export interface Standing {
  owner: "bot" | "queue" | "agent";
  agent_name: string | null;
  position: number | null;
}
export type MessagesAnswer = Ok<MessagesPath["get"], 200>;
export type Sender = Message["sender"];
export type Attachment = Message["attachments"][number];

export type Session = Ok<paths["/api/v1/auth/me"]["get"], 200>;
export type User = Session["user"];

type TicketLines = Ok<TicketsPath["get"], 200>;
/** A line of the list; what is announced of a ticket does not say what is due next. */
type TicketLine = TicketLines["items"][number];
export type TicketSummary = Omit<TicketLine, "next_due"> & Partial<Pick<TicketLine, "next_due">>;
export type TicketPage = Omit<TicketLines, "items"> & { items: TicketSummary[] };
export type TicketDetail = Ok<paths["/api/v1/tickets/{number}"]["get"], 200>;
export type TimelineEntry = TicketDetail["timeline"][number];
export type TicketKind = TicketSummary["kind"];
export type TicketStage = TicketSummary["stage"];

type Views = "/api/v1/views";
export type SavedView = Ok<paths[Views]["get"], 200>["items"][number];
export type NewView = Body<paths[Views]["post"]>;
export type TicketFilterQuery = Partial<NewView["filters"]>;
export type Bulk = Body<paths["/api/v1/tickets/bulk"]["post"]>;
export type BulkItem = Bulk["items"][number];
export type BulkResult = Ok<paths["/api/v1/tickets/bulk"]["post"], 200>["items"][number];
export type ExportRequest = Partial<Body<paths["/api/v1/tickets/export"]["post"]>>;
export type FilterValues = Ok<paths["/api/v1/ticket-filters"]["get"], 200>;
export type Revealed = Ok<paths["/api/v1/tickets/{number}/reveal"]["post"], 200>;
export type Reveals = Ok<paths["/api/v1/reveals"]["get"], 200>;
export type Reveal = Reveals["items"][number];
type CallPath = "/api/v1/live/conversations/{conversation_id}/call";
export type Call = Ok<paths[CallPath]["get"], 200>;
export type Colleague = Ok<paths["/api/v1/users"]["get"], 200>["items"][number];

type CustomersPath = "/api/v1/customers";
export type CustomerLines = Ok<paths[`${CustomersPath}/search`]["get"], 200>;
export type CustomerLine = CustomerLines["items"][number];
export type CustomerPage = Ok<paths[`${CustomersPath}/{key}`]["get"], 200>;

export type Telephone = Ok<paths["/api/v1/auth/telephone"]["put"], 200>;

type UsersPath = "/api/v1/admin/users";
export type AccountList = Ok<paths[UsersPath]["get"], 200>;
export type Account = AccountList["items"][number];
export type NewAccount = Body<paths[UsersPath]["post"]>;
export type AccountChange = Partial<Body<paths[`${UsersPath}/{user_id}`]["patch"]>>;
export type Health = Ok<paths["/api/v1/admin/channels"]["get"], 200>;
export type OwnAccount = Ok<paths["/api/v1/auth/account"]["get"], 200>;
export type Enrolment = Ok<paths["/api/v1/auth/second-factor"]["post"], 200>;

type StepsPath = "/api/v1/tickets/{number}/steps";
type Body<Operation> = Operation extends {
  requestBody: { content: { "application/json": infer Sent } };
}
  ? Sent
  : never;

export type StepOffers = Ok<paths[StepsPath]["get"], 200>;
export type RecurringTickets = Ok<paths["/api/v1/tickets/{number}/recurring"]["get"], 200>;
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
export type WaitingEscalations = Ok<paths["/api/v1/escalations"]["get"], 200>;
export type WaitingEscalation = WaitingEscalations["items"][number];
export type Emergency = Ok<paths["/api/v1/tickets/{number}/emergency"]["get"], 200>;
export type Notices = Ok<paths["/api/v1/notices"]["get"], 200>;
export type Deliveries = Ok<paths["/api/v1/deliveries"]["get"], 200>;
export type Delivery = Deliveries["items"][number];

export type Inbox = Ok<paths["/api/v1/inbox"]["get"], 200>;
export type InboxItem = Inbox["items"][number];
export type InboxRead = Partial<Body<paths["/api/v1/inbox/read"]["post"]>>;
export type Unread = Ok<paths["/api/v1/inbox/read"]["post"], 200>;

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

type LivePath = "/api/v1/live/conversations";
export type LiveListAnswer = Ok<paths[LivePath]["get"], 200>;
export type LiveDetailAnswer = Ok<paths[`${LivePath}/{conversation_id}`]["get"], 200>;
export type AgentState = Ok<paths["/api/v1/live/presence"]["get"], 200>;
export type LiveGroup = Ok<paths["/api/v1/live/groups"]["get"], 200>[number];
export type LiveWall = Ok<paths["/api/v1/live/wall"]["get"], 200>;
export type AgentMessage = Body<paths[`${LivePath}/{conversation_id}/messages`]["post"]>;
export type TransferTo = Body<paths[`${LivePath}/{conversation_id}/transfer`]["post"]>;

/** What Socket.IO sends; it is no part of the OpenAPI document. */
export interface MessageEvent {
  conversation_id: string;
  message: Message;
}
export interface TypingEvent {
  conversation_id: string;
  active: boolean;
  who?: "bot" | "agent";
}
export interface SeenEvent {
  conversation_id: string;
  by: "customer" | "agent";
  seq: number;
}
export interface OwnerEvent extends Standing {
  conversation_id: string;
}
export interface TicketEvent {
  ticket: TicketSummary;
}
export interface NoticeEvent {
  id: string;
  target: string;
  target_name: string;
  /** None for what is about no ticket, such as a contract that ends. */
  ticket_number: string | null;
  title: string;
  text: string;
  urgent: boolean;
}
