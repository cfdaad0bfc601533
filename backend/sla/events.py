"""What clocks tell the rest of the house; published inside the transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.unit_of_work import Event


@dataclass(frozen=True, slots=True)
class ClockStarted(Event):
    """A clock runs."""

    ticket_id: UUID
    clock_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ClockWarned(Event):
    """A clock will soon run out."""

    ticket_id: UUID
    clock_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ClockBreached(Event):
    """A clock has run out."""

    ticket_id: UUID
    clock_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ClockMet(Event):
    """What a clock waited for happened in time."""

    ticket_id: UUID
    clock_id: str
