"""Service orders, technicians and quotes as they are answered."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from backend.dispatch.commands import Name, OrderStep
from backend.dispatch.kinds import Answer, Area, OrderStage, PictureKind, Way
from backend.text import Text
from backend.tickets.commands import Number, Words
from backend.tickets.kinds import Kind, Priority
from backend.warranty.facts import Cause
from backend.warranty.outcome import ServiceClass

Code = Annotated[Text, Field(min_length=8, max_length=40)]


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NewOrder(_In):
    """A service order to be opened for a ticket."""

    ticket: Number
    parts_urgent: bool = False


class BoardFilter(_In):
    """Which orders a board shows; nothing: all."""

    stage: OrderStage | None = None
    technician_id: UUID | None = None
    region: Name | None = None
    ticket: Name | None = None
    open_only: bool = False


class TechnicianOut(_Out):
    """A technician."""

    id: UUID
    name: str
    username: str | None
    phone: str | None
    regions: list[str]
    skills: list[str]
    active: bool


class TechnicianList(BaseModel):
    """Technicians by name."""

    items: list[TechnicianOut]


class RegionOut(BaseModel):
    """A region of policy/dispatch.yml; `distance_km` one way."""

    id: str
    name: str
    area: Area
    distance_km: int


class SkillOut(BaseModel):
    """A skill of policy/dispatch.yml."""

    id: str
    name: str


class DispatchMap(BaseModel):
    """Where and what technicians are for."""

    regions: list[RegionOut]
    skills: list[SkillOut]


class FeeLineOut(BaseModel):
    """A line of a quote; amounts in yuan, `text` for people."""

    kind: str
    amount: Decimal
    name: str | None
    quantity: Decimal
    unit_price: Decimal | None
    text: str


class QuoteOut(BaseModel):
    """A quote, and what the customer said to it."""

    id: UUID
    year: int
    lines: list[FeeLineOut]
    total: Decimal
    created_at: datetime
    valid_until: datetime
    answer: Answer | None
    answered_at: datetime | None
    answered_how: Way | None


class PartOut(_Out):
    """A part used."""

    name: str
    quantity: int
    unit_price: Decimal | None


class PictureOut(_Out):
    """A picture of an order; its bytes are at /api/v1/files/{file_id}."""

    id: UUID
    file_id: UUID
    kind: PictureKind
    at: datetime
    by: str


class OrderCard(_Out):
    """A service order on the board. `carried_over`: called for on an earlier day and not dispatched."""

    number: str
    ticket: str
    kind: Kind
    title: str
    priority: Priority
    customer_name: str | None
    stage: OrderStage
    service_class: ServiceClass
    region: str | None
    area: Area | None
    technician_id: UUID | None
    technician: str | None
    visit_at: datetime | None
    promised_on: date | None
    overdue: bool
    dealer_sold: bool
    parts_urgent: bool
    carried_over: bool
    opened_at: datetime
    version: int


class OrderDetail(OrderCard):
    """All of a service order; `steps` are those that may be tried now by whoever asks.

    Phone and address are told in full to the technician who is sent, and hidden in part from others.
    """

    phone: str | None
    address: str | None
    description: str
    details: dict[str, str]
    cause: Cause | None
    family: str | None
    distance_km: Decimal | None
    parts_charged: bool
    parts_discount: int
    decision: dict[str, Any] | None
    plan: str | None
    planned_at: datetime | None
    open_quote: UUID | None
    quoted_total: Decimal | None
    agreed_total: Decimal | None
    confirmed_at: datetime | None
    fee_refused: bool
    waived_by: str | None
    dealer_told_at: datetime | None
    dealer_told_to: str | None
    dispatched_at: datetime | None
    departed_at: datetime | None
    arrived_at: datetime | None
    diagnosis: str | None
    work_done: str | None
    hours: Decimal | None
    bill_total: Decimal
    card_entry: str | None
    receipt: str | None
    receipt_voided: bool
    overdue_at: datetime | None
    done_at: datetime | None
    signed_at: datetime | None
    signed_how: Way | None
    signed_by: str | None
    opinion: str | None
    invoice: str | None
    report: str | None
    reported_at: datetime | None
    satisfied: bool | None
    audited_cost: Decimal | None
    audited_at: datetime | None
    record: str | None
    record_filed_at: datetime | None
    pictures: list[PictureOut]
    quotes: list[QuoteOut]
    parts: list[PartOut]
    steps: list[OrderStep]


class Visits(BaseModel):
    """What a technician has to do, in the order of the visits."""

    now: datetime
    items: list[OrderDetail]


class OpenQuote(BaseModel):
    """A quote that waits for the customer of a conversation."""

    order: str
    quote: QuoteOut


class OpenQuotes(BaseModel):
    """The quotes that wait in a conversation, the oldest first."""

    items: list[OpenQuote]


class QuoteAnswer(_In):
    """What the customer of a conversation said to a quote."""

    conversation_id: UUID
    answer: Answer


class CodeIn(_In):
    """The code that came with a quote."""

    code: Code


class CodeView(BaseModel):
    """What a customer sees who opens the link with their code: a quote to answer, or work to sign for."""

    order: str
    asks: Literal["quote", "signature"]
    product: str | None
    plan: str | None
    work_done: str | None
    technician: str | None
    visit_at: datetime | None
    bill_total: Decimal
    quote: QuoteOut | None


class CodeAnswer(CodeIn):
    """What the customer says to the quote that the code came with."""

    answer: Answer


class CodeSignature(CodeIn):
    """The customer signs for the work, by the code that came when it was done."""

    opinion: Words | None = None


class Signed(BaseModel):
    """The order was signed for."""

    order: Name
    signed_at: datetime
