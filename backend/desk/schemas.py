"""What only the desk sees."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from backend.conversations.schemas import MessageOut
from backend.tickets.schemas import Contact, TicketSummary, TimelineEntryOut


class TicketDetail(TicketSummary):
    """Everything about a ticket: what was said, what was done, and by which clause."""

    description: str
    demand: str | None
    details: dict[str, str]
    contact: Contact
    signals: dict[str, Any]
    policy_version: str
    version: int
    messages: list[MessageOut]
    timeline: list[TimelineEntryOut]


class DeliveryOut(BaseModel):
    """A message that did not reach its customer."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    message_id: UUID
    channel: str
    state: str
    attempts: int
    last_error: str | None
    updated_at: datetime


class Deliveries(BaseModel):
    """Deliveries, latest first."""

    items: list[DeliveryOut]
