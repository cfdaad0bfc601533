"""What the desk and the bot's actions exchange about tickets."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from backend.masking import mask_phone, mask_phones_in
from backend.text import JsonObject, Text, TextMap
from backend.tickets.kinds import Intake, Kind, Level, Priority, Severity, Stage
from backend.tickets.models import Ticket, TimelineEntry

MAX_DESCRIPTION = 100_000
MAX_FIELD = 2_000


class Contact(BaseModel):
    """How to reach the customer."""

    name: Text | None = Field(default=None, max_length=MAX_FIELD)
    phone: Text | None = Field(default=None, max_length=40)
    address: Text | None = Field(default=None, max_length=MAX_FIELD)


class NewTicket(BaseModel):
    """A ticket as the bot's actions hand it in."""

    model_config = ConfigDict(extra="forbid")

    request_id: Text = Field(min_length=1, max_length=200, description="The same request is the same ticket")
    conversation_id: UUID
    kind: Kind
    secondary_kind: Kind | None = None
    hazard: bool = False
    severity: Severity = Severity.MINOR
    description: Text = Field(min_length=1, max_length=MAX_DESCRIPTION)
    demand: Text | None = Field(default=None, max_length=MAX_FIELD)
    details: TextMap = Field(default_factory=dict, max_length=40)
    contact: Contact = Contact()
    signals: JsonObject = Field(default_factory=dict, max_length=40)
    intake: Intake = Intake.COMPLETE


class TicketSummary(BaseModel):
    """A line of the desk's list."""

    number: str
    kind: Kind
    secondary_kind: Kind | None
    stage: Stage
    severity: Severity
    hazard: bool
    intake: Intake
    title: str
    customer_name: str | None
    phone_masked: str | None
    channel: str
    conversation_id: UUID
    department: str | None
    priority: Priority
    level: Level
    assignee: str | None
    version: int
    created_at: datetime
    updated_at: datetime


class TimelineEntryOut(BaseModel):
    """A timeline entry as the desk reads it."""

    model_config = ConfigDict(from_attributes=True)

    position: int
    at: datetime
    actor_kind: str
    actor_name: str | None
    verb: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    note: str | None
    visibility: str
    rule: str | None
    source: str | None
    hash: str


def summary(ticket: Ticket) -> TicketSummary:
    """A ticket as a line of the list."""
    return TicketSummary.model_validate(
        {name: getattr(ticket, name) for name in TicketSummary.model_fields if name != "phone_masked"}
        | {"phone_masked": mask_phone(ticket.phone), "title": mask_phones_in(ticket.title)}
    )


def timeline(entries: list[TimelineEntry]) -> list[TimelineEntryOut]:
    """Timeline entries as the desk reads them."""
    return [TimelineEntryOut.model_validate(entry) for entry in entries]
