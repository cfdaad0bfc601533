"""Jobs and timers in PostgreSQL, through Procrastinate.

A job is deferred on the connection of the transaction that causes it, so that both commit or neither.
https://procrastinate.readthedocs.io/
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import procrastinate
import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from backend.db import libpq_url

JobHandler = Callable[..., Awaitable[None]]
Chore = Callable[[], Awaitable[object]]

WORKER_CONCURRENCY = 8
POOL_SIZE = 4
RESTART_DELAY_SECONDS = 2.0
CONNECT_TIMEOUT_SECONDS = 10.0
POLLING_SECONDS = 1.0
RESCUE_SECONDS = 30.0

# Only while it is still the dead worker's: since it was found, somebody may have rescued and begun it.
RESCUE = """
UPDATE procrastinate_jobs SET status = 'todo', attempts = attempts + 1, scheduled_at = now()
 WHERE id = %(job_id)s AND status = 'doing' AND (worker_id IS NULL OR worker_id = %(worker_id)s)
 RETURNING id
"""

log = structlog.get_logger(__name__)


class JobQueue:
    """The queue: handlers are registered by name at start, jobs are deferred by name."""

    def __init__(self, database_url: str) -> None:
        self._app = procrastinate.App(
            connector=procrastinate.PsycopgConnector(
                conninfo=libpq_url(database_url),
                min_size=1,
                max_size=POOL_SIZE,
                timeout=CONNECT_TIMEOUT_SECONDS,
            )
        )

        self._chores: list[tuple[str, Chore, float | None]] = []

    def register(
        self, name: str, handler: JobHandler, *, retry: procrastinate.RetryStrategy | None = None
    ) -> None:
        """Say who runs the jobs of that name, and how failed runs are repeated."""
        self._app.task(name=name, retry=retry or False)(handler)

    async def defer(
        self,
        session: AsyncSession,
        name: str,
        *,
        after: timedelta = timedelta(),
        lock: str | None = None,
        **arguments: Any,
    ) -> None:
        """Put a job into the queue within the session's transaction.

        Args:
            session: its transaction carries the job.
            name: a registered handler's.
            after: earliest start, counted from now.
            lock: jobs with the same lock run one after the other.
            arguments: JSON values for the handler.
        """
        raw = await (await session.connection()).get_raw_connection()
        options: dict[str, Any] = {"connection": raw.driver_connection, "lock": lock}
        if after:
            options["schedule_in"] = {"seconds": int(after.total_seconds())}
        await self._app.configure_task(name, **options).defer_async(**arguments)

    def repeat(self, name: str, chore: Chore, seconds: float | None = None) -> None:
        """Have every worker do this at its start and, given `seconds`, again and again with such breaks.

        Several workers may do it at the same time. A failure is logged and ends that round only.
        """
        self._chores.append((name, chore, seconds))

    async def work(self) -> None:
        """Run jobs until cancelled. A lost database is waited for, not given up."""
        while True:
            try:
                async with self._app.open_async(), asyncio.TaskGroup() as group:
                    group.create_task(self._rescue_stalled())
                    for name, chore, seconds in self._chores:
                        group.create_task(_repeated(name, chore, seconds))
                    await self._app.run_worker_async(
                        concurrency=WORKER_CONCURRENCY,
                        fetch_job_polling_interval=POLLING_SECONDS,
                        install_signal_handlers=False,
                        delete_jobs="successful",
                        shutdown_graceful_timeout=5.0,
                    )
            except asyncio.CancelledError:
                raise
            except Exception as error:  # whatever stopped the worker, jobs must go on
                log.warning("worker.interrupted", exc_info=error)
            await asyncio.sleep(RESTART_DELAY_SECONDS)

    async def _rescue_stalled(self) -> None:
        """Give jobs whose worker died back to the queue; its heartbeat tells (30 s without one)."""
        while True:
            for job in await self._app.job_manager.get_stalled_jobs():
                if await self._app.connector.execute_query_all_async(
                    RESCUE, job_id=job.id, worker_id=job.worker_id
                ):
                    log.warning("job.rescued", job_id=job.id, task=job.task_name)
            await asyncio.sleep(RESCUE_SECONDS)


async def _repeated(name: str, chore: Chore, seconds: float | None) -> None:
    while True:
        try:
            await chore()
        except Exception as error:  # a lost database above all; the next round tries again
            log.warning("chore.failed", chore=name, exc_info=error)
        if seconds is None:
            return
        await asyncio.sleep(seconds)
