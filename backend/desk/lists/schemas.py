"""Filters of the list, saved views, and steps taken with many tickets, as they are asked for and answered."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from backend.error_rendering import ErrorBody
from backend.text import JsonObject, Text
from backend.tickets.commands import Number, Step
from backend.tickets.kinds import Kind, Level, Priority, Severity, Stage
from backend.tickets.schemas import TicketSummary

MAX_PAGE_SIZE = 100
MOST_AT_ONCE = 50
"""Tickets in one request; whoever has more asks again and can show how far it is."""

Name = Annotated[Text, Field(min_length=1, max_length=100)]


class Due(StrEnum):
    """How a ticket's clocks stand."""

    OVERDUE = "overdue"
    WARNED = "warned"
    TODAY = "today"


class Order(StrEnum):
    """What stands first."""

    NEWEST = "newest"
    DUE = "due"


class TicketFilter(BaseModel):
    """Which tickets; nothing set: all. Days are those of Shanghai, both included."""

    model_config = ConfigDict(extra="forbid")

    conversation_id: UUID | None = None
    kind: Kind | None = None
    stage: Stage | None = None
    severity: Severity | None = None
    priority: Priority | None = None
    level: Level | None = None
    department: Name | None = None
    assignee: Name | None = Field(default=None, description="User name")
    unassigned: bool = False
    channel: Name | None = None
    hazard: bool | None = None
    open_only: bool = False
    due: Due | None = None
    created_from: date | None = None
    created_to: date | None = None
    text: Annotated[Text, Field(max_length=200)] | None = None
    sort: Order = Order.NEWEST


class ListQuery(TicketFilter):
    """The same, and which page of them."""

    page: int = Field(default=1, ge=1, le=100_000)
    page_size: int = Field(default=20, ge=1, le=MAX_PAGE_SIZE)


class ViewIn(BaseModel):
    """A view to keep; only supervisors share theirs."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[Text, Field(min_length=1, max_length=40)]
    filters: TicketFilter
    shared: bool = False


class ViewOut(BaseModel):
    """A saved view; `mine`: whoever asks may change it."""

    id: UUID
    name: str
    filters: TicketFilter
    shared: bool
    owner: str
    mine: bool


class Views(BaseModel):
    """Views by name, one's own first."""

    items: list[ViewOut]


class BulkItem(BaseModel):
    """A step to be taken with a ticket; `command` is what the step's own endpoint takes, with `version`."""

    model_config = ConfigDict(extra="forbid")

    number: Number
    step: Step
    command: JsonObject


class Bulk(BaseModel):
    """Steps with several tickets, each by itself: what one is refused does not keep the others."""

    model_config = ConfigDict(extra="forbid")

    items: list[BulkItem] = Field(min_length=1, max_length=MOST_AT_ONCE)


class BulkResult(BaseModel):
    """What became of one. `undo` would lead back to where it was, where there is a way back."""

    number: str
    error: ErrorBody | None = None
    ticket: TicketSummary | None = None
    undo: BulkItem | None = None


class BulkResults(BaseModel):
    """What became of each, in the order they were asked for."""

    items: list[BulkResult]


class ExportIn(BaseModel):
    """The tickets of a list as a file. Whole numbers only for supervisors, with a reason that is kept."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["csv", "xlsx"] = "csv"
    filters: TicketFilter = TicketFilter()
    whole_numbers: bool = False
    reason: Annotated[Text, Field(max_length=200)] | None = None


class ListFacts(BaseModel):
    """What the filters can choose from."""

    departments: list[str]
    channels: list[str]


class RevealIn(BaseModel):
    """Why a number is looked at."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[Text, Field(max_length=200)] | None = None


class Revealed(BaseModel):
    """A customer's number and address in full."""

    phone: str | None
    address: str | None


class RevealOut(BaseModel):
    """Somebody looked."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    username: str
    display_name: str
    kind: str
    subject: str
    reason: str | None
    in_charge: bool
    at: datetime


class Reveals(BaseModel):
    """Who looked, latest first."""

    items: list[RevealOut]
    total: int
