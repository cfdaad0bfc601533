"""What a ticket tells the rest of the house."""

from dataclasses import dataclass

from backend.tickets.models import Ticket
from backend.unit_of_work import Event


@dataclass(frozen=True, slots=True)
class TicketFiled(Event):
    """A new ticket exists."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class TicketChanged(Event):
    """A ticket was moved on, corrected or added to."""

    ticket: Ticket
