"""Clocks that were counted by another policy, or before a year's holidays were known, are counted anew.

Runs once when a worker starts: policy is read at start, so nothing changes in between. What moved is said on
the ticket's timeline.
"""

import asyncio
from uuid import UUID

import structlog
from sqlalchemy import or_, select

from backend.sla.clocks import Clocks
from backend.sla.models import TicketClock
from backend.sla.sweep import free_tickets
from backend.tickets.events import TicketChanged
from backend.unit_of_work import UnitOfWork, UnitsOfWork

BATCH = 200
PASSES = 30
PASS_SECONDS = 2.0

log = structlog.get_logger(__name__)


class Reevaluation:
    """Brings open clocks to the policy in force."""

    def __init__(self, units: UnitsOfWork, clocks: Clocks) -> None:
        self._units = units
        self._clocks = clocks

    async def run(self) -> int:
        """Count anew all open clocks of other versions, batch by batch; returns how many that were.

        Tickets that somebody has in hand are tried again in further passes.
        """
        total = 0
        for _ in range(PASSES):
            found, handled = await self._pass()
            total += handled
            if found == handled:
                break
            await asyncio.sleep(PASS_SECONDS)
        else:
            log.warning("clocks.not_all_recounted", version=self._clocks.version)
        if total:
            log.info("clocks.recounted", clocks=total, version=self._clocks.version)
        return total

    async def _pass(self) -> tuple[int, int]:
        found, handled, after = 0, 0, None
        while True:
            async with self._units.begin() as uow:
                clocks = await self._outdated(uow, after)
                handled += await self._recounted(uow, clocks)
            found += len(clocks)
            if len(clocks) < BATCH:
                return found, handled
            after = clocks[-1].id

    async def _outdated(self, uow: UnitOfWork, after: UUID | None) -> list[TicketClock]:
        # two ranges instead of <>, so that the index finds the few old ones among the many new
        version = TicketClock.policy_version
        query = select(TicketClock).where(
            or_(version < self._clocks.version, version > self._clocks.version),
            TicketClock.stopped_at.is_(None),
            TicketClock.breached_at.is_(None),
        )
        if after is not None:
            query = query.where(TicketClock.id > after)
        query = query.order_by(TicketClock.id).limit(BATCH).with_for_update(skip_locked=True)
        return list(await uow.session.scalars(query.execution_options(populate_existing=True)))

    async def _recounted(self, uow: UnitOfWork, clocks: list[TicketClock]) -> int:
        handled = 0
        for ticket in await free_tickets(uow.session, {clock.ticket_id for clock in clocks}):
            mine = [clock for clock in clocks if clock.ticket_id == ticket.id]
            if await self._clocks.recount(uow, ticket, mine):
                await uow.publish(TicketChanged(ticket))
            handled += len(mine)
        return handled
