"""What the desk and the backend exchange about an inbox."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

MOST_SHOWN = 200


class InboxItem(BaseModel):
    """Something that somebody was told; about no ticket, such as a contract that ends, without a number."""

    id: UUID
    ticket_number: str | None
    target: str
    target_name: str
    title: str
    text: str
    urgent: bool
    at: datetime
    read_at: datetime | None


class Inbox(BaseModel):
    """The latest of an inbox; `total` are all that were asked for, also those not among the items."""

    items: list[InboxItem]
    total: int
    unread: int


class InboxRead(BaseModel):
    """Which have been read: these, or all that were written up to a moment."""

    model_config = ConfigDict(extra="forbid")

    ids: Annotated[list[UUID], Field(max_length=MOST_SHOWN)] = []
    up_to: AwareDatetime | None = None


class Unread(BaseModel):
    """How many are unread."""

    unread: int
