"""Filters of the list as conditions, those on clocks included."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select

from backend.clock import SHANGHAI
from backend.desk.lists.schemas import Due, Order, TicketFilter
from backend.sla.models import TicketClock
from backend.tickets.listing import Filters
from backend.tickets.models import Ticket

RUNS = (
    (TicketClock.ticket_id == Ticket.id) & TicketClock.stopped_at.is_(None) & TicketClock.withdrawn.is_(False)
)
TICKS = RUNS & TicketClock.paused_since.is_(None) & TicketClock.breached_at.is_(None)
NEXT_DUE = select(func.min(TicketClock.due_at)).where(RUNS).correlate(Ticket).scalar_subquery()


def filters_of(wanted: TicketFilter) -> Filters:
    """What the tickets themselves are filtered by."""
    own = wanted.model_dump(exclude={"due", "sort", "created_from", "created_to", "page", "page_size"})
    return Filters(**own, since=_start(wanted.created_from), until=_start(wanted.created_to, days=1))


def clock_conditions(wanted: TicketFilter, now: datetime) -> list[ColumnElement[bool]]:
    """What their clocks are filtered by."""
    if wanted.due is None:
        return []
    tonight = _start(now.astimezone(SHANGHAI).date(), days=1)
    stands: dict[Due, ColumnElement[bool]] = {
        Due.OVERDUE: RUNS & TicketClock.breached_at.is_not(None),
        Due.WARNED: TICKS & TicketClock.warned_at.is_not(None),
        Due.TODAY: TICKS & (TicketClock.due_at < tonight),
    }
    return [exists().where(stands[wanted.due]).correlate(Ticket)]


def ordering(wanted: TicketFilter) -> tuple[Any, ...]:
    """What to sort by before age."""
    return (NEXT_DUE.asc().nulls_last(),) if wanted.sort is Order.DUE else ()


def _start(day: date | None, days: int = 0) -> datetime | None:
    if day is None:
        return None
    return datetime.combine(day, time(), SHANGHAI) + timedelta(days=days)
