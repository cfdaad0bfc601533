"""A unit of work: one transaction, the time it happens at, and the events it publishes.

Subscribers that must not be lost run inside the transaction; announcements to browsers run after the commit,
when what they announce is true.
"""

import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from backend.clock import Clock
from backend.db import Database
from backend.jobs import JobQueue

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. Subclasses name it in the past tense."""


InTransaction = Callable[["UnitOfWork", Any], Awaitable[None]]
AfterCommit = Callable[[Any], Awaitable[None]]


class EventBus:
    """Which handler hears which event; filled in `backend.bootstrap` and nowhere else."""

    def __init__(self) -> None:
        self._inside: dict[type[Event], list[InTransaction]] = defaultdict(list)
        self._after: dict[type[Event], list[AfterCommit]] = defaultdict(list)

    def inside(self, event: type[Event], handler: InTransaction) -> None:
        """Call the handler within the publishing transaction; its failure undoes the transaction."""
        self._inside[event].append(handler)

    def after_commit(self, event: type[Event], handler: AfterCommit) -> None:
        """Call the handler once the publishing transaction has committed; its failure is logged."""
        self._after[event].append(handler)

    async def run_inside(self, uow: "UnitOfWork", event: Event) -> None:
        """Let the subscribers inside the transaction act."""
        for handler in self._inside[type(event)]:
            await handler(uow, event)

    async def run_after(self, event: Event) -> None:
        """Announce a committed event. The write stands whether or not an announcement fails."""
        for handler in self._after[type(event)]:
            try:
                await handler(event)
            except Exception:
                log.exception("event.announcement_failed", event_type=type(event).__name__)


@dataclass(slots=True)
class UnitOfWork:
    """What a service needs to write: session, time, jobs, events."""

    session: AsyncSession
    now: datetime
    jobs: JobQueue
    bus: EventBus
    events: list[Event] = field(default_factory=list)

    async def publish(self, event: Event) -> None:
        """Tell subscribers that something happened."""
        self.events.append(event)
        await self.bus.run_inside(self, event)

    async def defer(
        self, job: str, *, after: timedelta = timedelta(), lock: str | None = None, **args: Any
    ) -> None:
        """Put a job into the queue; it exists exactly if this unit of work commits."""
        await self.jobs.defer(self.session, job, after=after, lock=lock, **args)


class UnitsOfWork:
    """Opens units of work."""

    def __init__(self, database: Database, clock: Clock, jobs: JobQueue, bus: EventBus) -> None:
        self.database = database
        self.clock = clock
        self._jobs = jobs
        self._bus = bus

    @contextlib.asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        """One unit of work: commits at the end, then announces its events; undone by an exception."""
        async with self.database.transaction() as session:
            uow = UnitOfWork(session, self.clock.now(), self._jobs, self._bus)
            yield uow
        for event in uow.events:
            await self._bus.run_after(event)
