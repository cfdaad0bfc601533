"""Clocks that were counted by another policy, or before a year's holidays were known, are counted anew.

Clocks that policy has now and had not before are started on open tickets, see `Clocks.complete`.

Runs once when a worker starts: policy is read at start, so nothing changes in between. What moved is said on
the ticket's timeline.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from backend.sla.clocks import Clocks
from backend.sla.models import TicketClock
from backend.sla.sweep import free_tickets
from backend.tickets import cases
from backend.tickets.events import TicketChanged
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork, UnitsOfWork

BATCH = 200
PASSES = 30
PASS_SECONDS = 2.0

Batch = Callable[[UnitOfWork, UUID | None], Awaitable[tuple[list[UUID], int]]]
"""Handles what comes after an id; returns the ids that it found and how many it could handle."""

log = structlog.get_logger(__name__)


class Reevaluation:
    """Brings open clocks, and the clocks that open tickets have, to the policy in force."""

    def __init__(self, units: UnitsOfWork, clocks: Clocks) -> None:
        self._units = units
        self._clocks = clocks

    async def run(self) -> int:
        """Count anew all open clocks of other versions, and start what tickets lack, batch by batch.

        Tickets that somebody has in hand are tried again in further passes. Returns how many clocks were
        counted anew.
        """
        recounted = await self._passes(self._recount_batch)
        completed = await self._passes(self._complete_batch)
        if recounted or completed:
            log.info("clocks.recounted", clocks=recounted, tickets=completed, version=self._clocks.version)
        return recounted

    async def _passes(self, batch: Batch) -> int:
        total = 0
        for _ in range(PASSES):
            found, handled = await self._pass(batch)
            total += handled
            if found == handled:
                return total
            await asyncio.sleep(PASS_SECONDS)
        log.warning("clocks.not_all_recounted", version=self._clocks.version)
        return total

    async def _pass(self, batch: Batch) -> tuple[int, int]:
        found, handled, after = 0, 0, None
        while True:
            async with self._units.begin() as uow:
                ids, done = await batch(uow, after)
            found, handled = found + len(ids), handled + done
            if len(ids) < BATCH:
                return found, handled
            after = ids[-1]

    async def _recount_batch(self, uow: UnitOfWork, after: UUID | None) -> tuple[list[UUID], int]:
        query = select(TicketClock).where(
            self._other(TicketClock.policy_version),
            TicketClock.stopped_at.is_(None),
            TicketClock.breached_at.is_(None),
        )
        if after is not None:
            query = query.where(TicketClock.id > after)
        query = query.order_by(TicketClock.id).limit(BATCH).with_for_update(skip_locked=True)
        clocks = list(await uow.session.scalars(query.execution_options(populate_existing=True)))
        handled = 0
        for ticket in await free_tickets(uow.session, {clock.ticket_id for clock in clocks}):
            mine = [clock for clock in clocks if clock.ticket_id == ticket.id]
            if await self._clocks.brought_over(uow, ticket, mine):
                await uow.publish(TicketChanged(ticket))
            handled += len(mine)
        return [clock.id for clock in clocks], handled

    async def _complete_batch(self, uow: UnitOfWork, after: UUID | None) -> tuple[list[UUID], int]:
        version = Ticket.clocks_version
        query = select(Ticket.id).where(
            or_(version.is_(None), self._other(version)), Ticket.stage.not_in(cases.CLOSED)
        )
        if after is not None:
            query = query.where(Ticket.id > after)
        ids = list(await uow.session.scalars(query.order_by(Ticket.id).limit(BATCH)))
        free = await free_tickets(uow.session, set(ids))
        for ticket in free:
            if await self._clocks.complete(uow, ticket, await cases.timeline_of(uow, ticket)):
                await uow.publish(TicketChanged(ticket))
        return ids, len(free)

    def _other(self, version: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
        """Two ranges instead of <>, so that an index finds the few old ones among the many new."""
        return or_(version < self._clocks.version, version > self._clocks.version)
