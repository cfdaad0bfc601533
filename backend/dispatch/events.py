"""What happens to service orders. Published inside the transaction, with the ticket locked."""

from dataclasses import dataclass

from backend.dispatch.models import ServiceOrder
from backend.tickets.models import Ticket
from backend.unit_of_work import Event


@dataclass(frozen=True, slots=True)
class ServiceHappened(Event):
    """Something that clocks count from or end with: triggers of policy/sla.yml."""

    ticket: Ticket
    triggers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RepairOverdue(Event):
    """A product that was taken in is not back on the promised day (R3b-14)."""

    ticket: Ticket
    order: ServiceOrder
