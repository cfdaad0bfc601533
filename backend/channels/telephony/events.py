"""What the telephone tells the rest of the house."""

from dataclasses import dataclass
from uuid import UUID

from backend.tickets.models import Ticket
from backend.unit_of_work import Event


@dataclass(frozen=True, slots=True)
class CallChanged(Event):
    """A call began, waits, was joined or ended: `state` says which. Hints for the desk."""

    conversation_id: UUID
    call_id: str
    state: str


@dataclass(frozen=True, slots=True)
class CallBackPromised(Event):
    """A caller was told, or must be assumed to expect, that we call back about this ticket (R1-4.3(4))."""

    ticket: Ticket
