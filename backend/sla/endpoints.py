"""Clocks at the desk: those of a ticket, and what is due next over all tickets."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from sqlalchemy import select

from backend.access.guard import desk
from backend.access.roles import ANY_AGENT, SUPERVISORS
from backend.house import HouseDependency
from backend.sla.clocks import Clocks
from backend.sla.facts import facts_of
from backend.sla.models import TicketClock
from backend.sla.schemas import ClockList, ClockOut, NextClock, NextClocks
from backend.tickets import cases
from backend.tickets.models import Ticket

MAX_SHOWN = 200

router = APIRouter(prefix="/api/v1", tags=["clocks"])


def clocks_of(request: Request) -> Clocks:
    """The clocks that the application was built with."""
    clocks: Clocks = request.app.state.clocks
    return clocks


ClocksDependency = Annotated[Clocks, Depends(clocks_of)]


@router.get("/tickets/{number}/clocks", dependencies=[Depends(desk(ANY_AGENT))])
async def list_clocks(number: str, house: HouseDependency, clocks: ClocksDependency) -> ClockList:
    """A ticket's clocks, running and over, with the time that is left."""
    async with house.units.begin() as uow:
        ticket = await cases.get(uow, number)
        rows = await clocks.of(uow, ticket)
        return ClockList(items=[ClockOut(**_shown(clocks, row, ticket, uow.now)) for row in rows])


@router.get("/clocks/next", dependencies=[Depends(desk(SUPERVISORS))])
async def list_next(
    house: HouseDependency,
    clocks: ClocksDependency,
    limit: Annotated[int, Query(ge=1, le=MAX_SHOWN)] = 50,
) -> NextClocks:
    """The clocks that want attention next, whichever ticket they are on. Paused ones are not among them."""
    async with house.units.begin() as uow:
        query = (
            select(TicketClock, Ticket)
            .join(Ticket, Ticket.id == TicketClock.ticket_id)
            .where(TicketClock.next_at.is_not(None))
            .order_by(TicketClock.next_at)
            .limit(limit)
        )
        rows = await uow.session.execute(query)
        items = [_next(clocks, clock, ticket, uow.now) for clock, ticket in rows]
        return NextClocks(now=uow.now, items=sorted(items, key=lambda item: item.due_at))


def _next(clocks: Clocks, clock: TicketClock, ticket: Ticket, now: datetime) -> NextClock:
    return NextClock(
        **_shown(clocks, clock, ticket, now),
        ticket_number=ticket.number,
        title=ticket.title,
        kind=ticket.kind,
        severity=ticket.severity,
        department=ticket.department,
        assignee=ticket.assignee,
    )


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
