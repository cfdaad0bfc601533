"""What happens to service orders. Published inside the transaction, with the ticket locked."""

from dataclasses import dataclass
from datetime import datetime

from backend.dispatch.models import ServiceOrder
from backend.tickets.models import Ticket
from backend.unit_of_work import Event


@dataclass(frozen=True, slots=True)
class ServiceHappened(Event):
    """Something that clocks count from or end with: triggers of policy/sla.yml.

    `lapsed`: what was so and no longer is; what counted from it alone is withdrawn. `at`: when, if not now.
    """

    ticket: Ticket
    triggers: tuple[str, ...]
    lapsed: tuple[str, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OrderClosed(Event):
    """A service order is over: audited, solved by phone, or cancelled."""

    ticket: Ticket
    order: ServiceOrder


@dataclass(frozen=True, slots=True)
class RepairOverdue(Event):
    """A product that was taken in is not back on the promised day (R3b-14)."""

    ticket: Ticket
    order: ServiceOrder
