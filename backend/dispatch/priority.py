"""Which service order is dispatched first (R3b-18, R10-5). Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from backend.clock import SHANGHAI
from backend.tickets.kinds import Priority

URGENCIES = tuple(Priority)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A service order that nobody was sent for yet."""

    opened_at: datetime
    parts_urgent: bool
    dealer_sold: bool
    priority: Priority


def carried_over(order: Waiting, now: datetime) -> bool:
    """Whether it was called for on an earlier day (R3b-18)."""
    return order.opened_at.astimezone(SHANGHAI).date() < now.astimezone(SHANGHAI).date()


PLACES: Mapping[str, Callable[[Waiting, datetime], int]] = MappingProxyType(
    {
        "carried_over": lambda order, now: not carried_over(order, now),
        "parts_urgent": lambda order, _now: not order.parts_urgent,
        "urgency": lambda order, _now: -URGENCIES.index(order.priority),
        "own_sold": lambda order, _now: int(order.dealer_sold),
    }
)


def place(order: Waiting, criteria: tuple[str, ...], now: datetime) -> tuple[int, ...]:
    """Where it comes by policy's criteria, then by who called first; the smallest comes first."""
    called = int(order.opened_at.timestamp() * 1_000_000)
    return (*(int(PLACES[name](order, now)) for name in criteria), called)
