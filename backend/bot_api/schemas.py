"""What the bot's actions and the backend exchange about a customer's own tickets."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from backend.text import Text
from backend.tickets.commands import MAX_WORDS
from backend.tickets.kinds import Kind, Stage

LastDigits = Annotated[str, Field(pattern="^[0-9]{4}$", description="Of the phone number on record")]
Phone = Annotated[Text, Field(min_length=5, max_length=40)]


class OnBehalf(BaseModel):
    """A customer's wish for a ticket: one of this conversation's, or of a phone number with these digits."""

    model_config = ConfigDict(extra="forbid")

    request_id: Text = Field(min_length=1, max_length=200, description="The same request is done once")
    conversation_id: UUID
    phone_last4: LastDigits | None = None


class MoreWords(OnBehalf):
    """Something to add to a ticket, in the customer's words.

    `again`: they came with the same matter a second time, which counts as asking to hurry.
    """

    text: Text = Field(min_length=1, max_length=MAX_WORDS)
    again: bool = False


class Urging(OnBehalf):
    """The customer asks to hurry."""

    text: Text | None = Field(default=None, min_length=1, max_length=MAX_WORDS)


class Withdrawal(OnBehalf):
    """The customer takes the matter back."""

    reason: Text = Field(min_length=1, max_length=MAX_WORDS)


class PromiseOut(BaseModel):
    """What will have happened by when: `what` in words, within `amount` of `unit` (4 working_hours).

    `counts_now`: whether the clock counts just now; not so, for working time, outside of working hours.
    """

    model_config = ConfigDict(from_attributes=True)

    clock_id: str
    what: str
    due_at: datetime
    amount: float
    unit: str
    counts_now: bool


class FiledTicket(BaseModel):
    """The answer to a filing; `promises` are those of its clocks, the earliest first."""

    number: str
    kind: Kind
    stage: Stage
    promises: list[PromiseOut]


class Progress(BaseModel):
    """How a ticket stands, in words that may be read to its customer.

    `promise` is the earliest of what is promised on it, by clocks that run and are not late.
    """

    number: str
    kind: Kind
    stage: Stage
    open: bool
    title: str
    status: str
    next_step: str
    promise: PromiseOut | None
    awaiting_customer: bool
    urged: int
    created_at: datetime
    updated_at: datetime


class ProgressList(BaseModel):
    """Tickets of one customer, newest first."""

    items: list[Progress]


class OwnTickets(BaseModel):
    """What a conversation may be told without asking: its tickets, and those of the number that calls.

    `phone` is that number, where the network vouches for it.
    """

    phone: str | None
    items: list[Progress]


class Duplicate(BaseModel):
    """An open ticket of the same matter. Only with `may_be_told` may its number be said to the customer."""

    number: str
    title: str
    stage: Stage
    created_at: datetime
    may_be_told: bool


class DuplicateList(BaseModel):
    """Open tickets of the same matter, newest first."""

    items: list[Duplicate]
