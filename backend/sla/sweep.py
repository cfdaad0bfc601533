"""The sweep: finds clocks that are to warn or have run out, and notes each once, by however many workers.

Rows are taken with SKIP LOCKED, so that workers share the work and nobody waits: a ticket that somebody has
in hand is left for the next sweep. Each ticket has a savepoint of its own; what fails there is put off and
logged, and holds up nothing else.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.sla import marks
from backend.sla.clocks import Clocks
from backend.sla.models import TicketClock
from backend.tickets.events import TicketChanged
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork, UnitsOfWork

SECONDS = 3.0
BATCH = 100
PUT_OFF = timedelta(minutes=1)

log = structlog.get_logger(__name__)


class Sweep:
    """Sweeps the clocks."""

    def __init__(self, units: UnitsOfWork, clocks: Clocks) -> None:
        self._units = units
        self._clocks = clocks

    async def run(self) -> int:
        """Note all that is due now; returns how many clocks that were."""
        total = 0
        while True:
            async with self._units.begin() as uow:
                found, handled = await self._batch(uow)
            total += handled
            if found < BATCH or not handled:
                return total

    async def _batch(self, uow: UnitOfWork) -> tuple[int, int]:
        clocks: dict[UUID, list[TicketClock]] = defaultdict(list)
        for clock in await due_clocks(uow.session, uow.now, BATCH):
            clocks[clock.ticket_id].append(clock)
        counts = {ticket_id: len(mine) for ticket_id, mine in clocks.items()}
        tickets = {ticket.id: ticket for ticket in await free_tickets(uow.session, set(clocks))}
        failed = {
            ticket_id
            for ticket_id, ticket in tickets.items()
            if not await self._noted(uow, ticket_id, ticket, clocks[ticket_id])
        }
        if failed:
            await _put_off(uow, failed)
        return sum(counts.values()), sum(counts[ticket_id] for ticket_id in tickets)

    async def _noted(
        self, uow: UnitOfWork, ticket_id: UUID, ticket: Ticket, clocks: list[TicketClock]
    ) -> bool:
        published = len(uow.events)
        try:
            async with uow.session.begin_nested():
                await self._note(uow, ticket, clocks)
        except Exception:  # whatever a subscriber could not do must not stop all other clocks
            log.exception("sweep.ticket_failed", ticket=str(ticket_id))
            del uow.events[published:]
            return False
        return True

    async def _note(self, uow: UnitOfWork, ticket: Ticket, clocks: list[TicketClock]) -> None:
        for clock in clocks:
            if clock.next_at is None or clock.next_at > uow.now:
                continue  # seen to by what another clock of this ticket brought about
            rule = self._clocks.keeper.sla.clocks.get(clock.clock_id)
            if rule is None:
                marks.withdraw(uow, ticket, clock, None)
            elif clock.due_at <= uow.now:
                await marks.breach(uow, ticket, clock, rule)
            else:
                await marks.warn(uow, ticket, clock, rule)
        await uow.session.flush()
        await uow.publish(TicketChanged(ticket))


async def due_clocks(session: AsyncSession, now: datetime, limit: int) -> list[TicketClock]:
    """Clocks that want attention, locked; those that others hold are left out."""
    query = (
        select(TicketClock)
        .where(TicketClock.next_at <= now)
        .order_by(TicketClock.next_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return list(await session.scalars(query))


async def free_tickets(session: AsyncSession, ids: set[UUID]) -> list[Ticket]:
    """Those of the tickets that nobody else has in hand, locked."""
    query = (
        select(Ticket)
        .where(Ticket.id.in_(ids))
        .order_by(Ticket.id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return list(await session.scalars(query)) if ids else []


async def _put_off(uow: UnitOfWork, tickets: set[UUID]) -> None:
    await uow.session.execute(
        update(TicketClock)
        .where(TicketClock.ticket_id.in_(tickets), TicketClock.next_at <= uow.now)
        .values(next_at=uow.now + PUT_OFF)
    )
