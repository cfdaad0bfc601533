"""What only the desk sees."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from backend.conversations.schemas import MessageOut
from backend.dispatch.schemas import OrderCard
from backend.sla.schemas import ClockOut
from backend.tickets.commands import Step
from backend.tickets.kinds import (
    CallbackOutcome,
    CauseClass,
    Grounds,
    Level,
    Notice,
    Relation,
    ReplyRequired,
    SoldBy,
    Stage,
    Subject,
)
from backend.tickets.schemas import Contact, TicketSummary, TimelineEntryOut


class TicketLine(TicketSummary):
    """A line of the list: a ticket with the open clock that wants attention first."""

    next_due: ClockOut | None


class TicketPage(BaseModel):
    """One page of the list, newest first."""

    items: list[TicketLine]
    total: int
    page: int
    page_size: int


class BoardCard(OrderCard):
    """A service order on the board, with the open clock of its ticket that wants attention first."""

    next_due: ClockOut | None


class Board(BaseModel):
    """Orders in the order of work; `more`: there are others that do not fit."""

    items: list[BoardCard]
    more: bool


class CaseOut(BaseModel):
    """What the steps of R1-1.3 have brought to record. Amounts in yuan."""

    model_config = ConfigDict(from_attributes=True)

    reply_required: ReplyRequired
    emergency_open: bool
    repeats: int
    urged: int
    reopened: int
    first_contact_at: datetime | None
    awaiting_customer_since: datetime | None

    subject: Subject | None
    sold_by: SoldBy | None
    grounds: Grounds | None
    demand_reasonable: bool | None
    claim_amount: Decimal | None
    rejection_reason: str | None
    rejection_evidence: str | None

    responsible_person: str | None
    direct_cause: str | None
    unsolved_cause: str | None
    supplier: str | None

    cause_class: CauseClass | None
    findings: str | None
    quality_disputed: bool
    inspection_body: str | None

    solution: str | None
    solution_amount: Decimal | None
    concession: Decimal | None
    compensate_first: bool
    proposed_by: str | None
    approved_by: str | None
    approval_level: Level | None
    approved_at: datetime | None

    notified_at: datetime | None
    notified_how: Notice | None
    carried_out: str | None
    settled_at: datetime | None
    customer_accepted: bool | None
    reaction: str | None

    callback_attempts: int
    callback_at: datetime | None
    callback_outcome: CallbackOutcome | None
    rated_attitude: int | None
    rated_skill: int | None
    rated_arrival: int | None
    rated_promises: int | None
    customer_suggestion: str | None

    corrective_action: str | None
    preventive_action: str | None
    action_owner: str | None
    action_due: date | None
    action_verified_at: datetime | None


class LinkOut(BaseModel):
    """Another ticket that belongs to this one."""

    model_config = ConfigDict(from_attributes=True)

    number: str
    relation: Relation


class RecurringTicket(BaseModel):
    """Another ticket that may have the same cause."""

    model_config = ConfigDict(from_attributes=True)

    number: str
    title: str
    stage: Stage
    direct_cause: str | None
    created_at: datetime


class RecurringTickets(BaseModel):
    """Tickets of so many days back that may have the same cause, newest first; `total` counts all pages."""

    days: int
    items: list[RecurringTicket]
    total: int
    page: int


class RouteOut(BaseModel):
    """The department that policy gives the ticket as it is known now, and by which rule."""

    department: str
    rule: str
    source: str


class NoticeOut(BaseModel):
    """The message that told the customer of the result, and what became of it.

    `delivery` is that of the channel; `sent` for channels whose customers fetch what is stored.
    """

    message: MessageOut
    delivery: str


class TicketDetail(TicketSummary):
    """Everything about a ticket: what was said, what was done, and by which clause.

    `missing` names the facts that R10-6.1.5 wants known of its kind and that are not. Until `revealed`, phone
    numbers and addresses are hidden.
    """

    description: str
    demand: str | None
    details: dict[str, str]
    revealed: bool
    contact: Contact
    signals: dict[str, Any]
    policy_version: str
    missing: list[str]
    case: CaseOut
    route: RouteOut
    linked: list[LinkOut]
    merged_into: str | None
    merged_from: list[str]
    notice: NoticeOut | None
    messages: list[MessageOut]
    timeline: list[TimelineEntryOut]


class OfferOut(BaseModel):
    """A step that this person may take now.

    `lacks` names the facts that must come with it or be put right first. Of an approval, `needs_level` is the
    lowest level that may give it if this person's is lower, and with `own_proposal` somebody else must.
    """

    model_config = ConfigDict(from_attributes=True)

    step: Step
    lacks: list[str]
    needs_level: Level | None
    own_proposal: bool


class StepsOut(BaseModel):
    """Where a ticket stands and what may be done with it now."""

    stage: Stage
    version: int
    steps: list[OfferOut]


class DeliveryOut(BaseModel):
    """A message that did not reach its customer, and the latest ticket of its conversation.

    `reason_code` says why in one word, `advice` in a sentence what to do now: mostly, to call.
    """

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    message_id: UUID
    conversation_id: UUID
    ticket_number: str | None
    channel: str
    state: str
    attempts: int
    last_error: str | None
    reason_code: str | None
    advice: str | None
    updated_at: datetime


class Deliveries(BaseModel):
    """Deliveries, latest first; `total` counts those beyond the items, too."""

    items: list[DeliveryOut]
    total: int
