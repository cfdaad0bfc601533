"""What escalation tells the rest of the house; published inside the transaction."""

from dataclasses import dataclass

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
