"""A customer's page as it is answered. Numbers and addresses are hidden until `revealed`."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from backend.tickets.schemas import TicketSummary
from backend.warranty.outcome import ServiceClass, State
from backend.warranty.register_schemas import ContractOut, EntryOut, SaleOut


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class CustomerLine(BaseModel):
    """A customer in a list. `key` names them in addresses; `registered`: the register has a file."""

    key: UUID
    name: str | None
    registered: bool
    key_customer: bool
    phones_masked: list[str]
    address_masked: str | None
    tickets: int
    open_tickets: int
    last_at: datetime | None


class CustomerLines(BaseModel):
    """Customers that may be meant; `more`: these are the first of them."""

    items: list[CustomerLine]
    more: bool


class OwnedProduct(BaseModel):
    """A product of theirs, and where its warranty stands today."""

    sale: SaleOut
    state: State
    until: date | None
    service_class: ServiceClass
    sentence: str


class ThreadOut(BaseModel):
    """A conversation by any channel; `opening` is the first thing the customer said."""

    id: UUID
    channel: str
    owner: str
    agent_username: str | None
    opening: str | None
    messages: int
    started_at: datetime
    last_at: datetime | None
    closed_at: datetime | None
    tickets: list[str]


class OrderLine(_Out):
    """A service order."""

    number: str
    ticket: str
    stage: str
    service_class: str
    technician: str | None
    opened_at: datetime
    visit_at: datetime | None
    done_at: datetime | None
    bill_total: Decimal
    satisfied: bool | None


class SurveyLine(BaseModel):
    """A call-back after a service; ratings from 1 (bad) to 4 (good)."""

    ticket: str
    at: datetime
    outcome: str | None
    attitude: int | None
    skill: int | None
    arrival: int | None
    promises: int | None
    suggestion: str | None


class Totals(BaseModel):
    """How much there was in all."""

    tickets: int
    open_tickets: int
    conversations: int
    orders: int
    surveys: int


class CustomerPage(BaseModel):
    """Everything between us and a customer, latest first; at most a hundred of each, and how many in all."""

    key: UUID
    name: str | None
    registered: bool
    revealed: bool
    unit: str | None
    region: str | None
    key_customer: bool
    technical_agreement: str | None
    phones: list[str]
    address: str | None
    products: list[OwnedProduct]
    contracts: list[ContractOut]
    entries: list[EntryOut]
    tickets: list[TicketSummary]
    conversations: list[ThreadOut]
    orders: list[OrderLine]
    surveys: list[SurveyLine]
    totals: Totals


class PanelOut(BaseModel):
    """Whom a conversation is with; nothing while nobody knows."""

    customer: CustomerPage | None


class NumbersOut(BaseModel):
    """A customer's numbers and address in full."""

    phones: list[str]
    address: str | None
