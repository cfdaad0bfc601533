"""What escalation tells the rest of the house; published inside the transaction."""

from dataclasses import dataclass
from uuid import UUID

from backend.tickets.models import Ticket
from backend.unit_of_work import Event


@dataclass(frozen=True, slots=True)
class LevelCalled(Event):
    """A level must acknowledge; its clock runs."""

    ticket: Ticket
    level: str


@dataclass(frozen=True, slots=True)
class LevelAcknowledged(Event):
    """Somebody of that level or above has taken it up."""

    ticket: Ticket
    level: str


@dataclass(frozen=True, slots=True)
class DeskNoticeWritten(Event):
    """People at the desk are to be told; of a ticket, its department and who has it are known."""

    notice_id: UUID
    target: str
    department: str | None = None
    assignee: str | None = None
