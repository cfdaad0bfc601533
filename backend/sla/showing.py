"""Clocks put into the shape in which the desk reads them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from backend.sla.clocks import Clocks
from backend.sla.facts import facts_of
from backend.sla.models import TicketClock
from backend.sla.schemas import ClockOut, NextClock
from backend.tickets.models import Ticket


def clock_out(clocks: Clocks, clock: TicketClock, ticket: Ticket, now: datetime) -> ClockOut:
    """A clock of a ticket."""
    return ClockOut(**_shown(clocks, clock, ticket, now))


def next_clock(clocks: Clocks, clock: TicketClock, ticket: Ticket, now: datetime) -> NextClock:
    """A clock with the ticket that it is on."""
    return NextClock(
        **_shown(clocks, clock, ticket, now),
        ticket_number=ticket.number,
        title=ticket.title,
        kind=ticket.kind,
        severity=ticket.severity,
        department=ticket.department,
        assignee=ticket.assignee,
    )


async def most_urgent(
    session: AsyncSession, clocks: Clocks, tickets: Iterable[Ticket], now: datetime
) -> dict[UUID, ClockOut]:
    """By ticket, the open clock that wants attention first: the earliest end; paused ones come last."""
    shown = {ticket.id: ticket for ticket in tickets}
    query = (
        select(TicketClock)
        .where(TicketClock.ticket_id.in_(shown), TicketClock.stopped_at.is_(None))
        .ext(distinct_on(TicketClock.ticket_id))
        .order_by(TicketClock.ticket_id, TicketClock.paused_since.is_not(None), TicketClock.due_at)
    )
    return {
        clock.ticket_id: clock_out(clocks, clock, shown[clock.ticket_id], now)
        for clock in await session.scalars(query)
    }


def _shown(clocks: Clocks, clock: TicketClock, ticket: Ticket, now: datetime) -> dict[str, Any]:
    """A clock as the desk reads it. What policy no longer knows is shown by its id."""
    rule = clocks.keeper.sla.clocks.get(clock.clock_id)
    left = None
    if rule is not None and clock.stopped_at is None:
        count = clocks.keeper.count(rule.id, facts_of(ticket))
        left = int(count.remaining(clock.started_at, now, clock.taken(now)).total_seconds())
    return {
        "id": clock.clock_id,
        "name": rule.name if rule else clock.clock_id,
        "state": clock.state,
        "started_at": clock.started_at,
        "due_at": clock.due_at,
        "warn_at": clock.warn_at,
        "stopped_at": clock.stopped_at,
        "breached_at": clock.breached_at,
        "paused_since": clock.paused_since,
        "remaining_seconds": left,
        "measure": "working_time" if rule and rule.unit.works else "time",
        "level": rule.level if rule else None,
        "source": rule.source if rule else None,
    }
