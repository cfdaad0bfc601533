"""Clocks at the desk: those of a ticket, and what is due next over all tickets."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from sqlalchemy import ColumnElement, func, select

from backend.access.guard import desk
from backend.access.roles import ANY_AGENT, SUPERVISORS
from backend.house import HouseDependency
from backend.sla.clocks import Clocks
from backend.sla.models import TicketClock
from backend.sla.schemas import ClockList, ClockName, NextClocks
from backend.sla.showing import clock_out, next_clock
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
        return ClockList(items=[clock_out(clocks, row, ticket, uow.now) for row in rows])


@router.get("/clocks/next", dependencies=[Depends(desk(SUPERVISORS))])
async def list_next(
    house: HouseDependency,
    clocks: ClocksDependency,
    clock: Annotated[
        tuple[str, ...], Query(max_length=MAX_SHOWN, description="Only these of policy/sla.yml")
    ] = (),
    limit: Annotated[int, Query(ge=1, le=MAX_SHOWN)] = 50,
) -> NextClocks:
    """What waits to be done, over all tickets, by when it was or will be due; paused clocks stand still."""
    async with house.units.begin() as uow:
        run: list[ColumnElement[bool]] = [
            TicketClock.stopped_at.is_(None),
            TicketClock.paused_since.is_(None),
        ]
        if clock:
            run.append(TicketClock.clock_id.in_(clock))
        query = (
            select(TicketClock, Ticket)
            .join(Ticket, Ticket.id == TicketClock.ticket_id)
            .where(*run)
            .order_by(TicketClock.due_at)
            .limit(limit)
        )
        rows = await uow.session.execute(query)
        over = TicketClock.due_at <= uow.now
        warned = TicketClock.warned_at.is_not(None) & ~over
        counts = select(func.count(), func.count().filter(over), func.count().filter(warned)).where(*run)
        total, breached, soon = (await uow.session.execute(counts)).one()
        items = [next_clock(clocks, row, ticket, uow.now) for row, ticket in rows]
        known = [ClockName(id=rule.id, name=rule.name) for rule in clocks.keeper.sla.clocks.values()]
        return NextClocks(now=uow.now, items=items, clocks=known, total=total, breached=breached, warned=soon)
