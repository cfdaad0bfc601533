"""Deliveries over push channels: with the write, retried, and seen when they finally fail (invariant 4)."""

import asyncio
from datetime import timedelta

import psycopg
import pytest

from backend.access.roles import Role
from backend.channels.port import DeliveryError
from backend.conversations import hub
from backend.conversations.hub import Utterance
from backend.settings import Settings
from tests.integration.backend.conftest import Running, logged_in, started


class FlakyChannel:
    """A vendor that fails a number of times."""

    name = "flaky"

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.sent: list[tuple[str, str]] = []

    async def hold(self, uow, message) -> timedelta:
        return timedelta()

    async def send(self, address: str, message) -> str:
        if self.errors:
            raise self.errors.pop(0)
        self.sent.append((address, message.text))
        return f"vendor-{len(self.sent)}"


async def _say(running: Running, *texts: str) -> None:
    async with running.parts.house.units.begin() as uow:
        conversation = await hub.start(uow, FlakyChannel.name, address="openid-1")
        await hub.store_utterances(uow, conversation.id, [Utterance(text) for text in texts])


def _hurried(url: str, condition: str) -> bool:
    """Whether the condition holds; makes waiting jobs due. Off the event loop: the worker's rows may be locked."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("update procrastinate_jobs set scheduled_at = now() where status = 'todo'")
        return connection.execute(f"select {condition}").fetchone()[0]


async def _work_until(running: Running, url: str, condition: str) -> None:
    worker = asyncio.create_task(running.parts.house.jobs.work())
    try:
        async with asyncio.timeout(20):
            while not await asyncio.to_thread(_hurried, url, condition):
                await asyncio.sleep(0.05)
    finally:
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)


async def test_messages_reach_the_vendor_in_order(settings: Settings, database_url: str):
    channel = FlakyChannel()
    async with started(settings, push_channels=(channel,)) as running:
        await _say(running, "一", "二", "三")
        await _work_until(running, database_url, "count(*) = 3 from outbox where state = 'sent'")
    assert channel.sent == [("openid-1", "一"), ("openid-1", "二"), ("openid-1", "三")]


async def test_a_failing_delivery_is_repeated(settings: Settings, database_url: str):
    channel = FlakyChannel(DeliveryError("timeout"), DeliveryError("timeout"))
    async with started(settings, push_channels=(channel,)) as running:
        await _say(running, "一")
        await _work_until(
            running, database_url, "count(*) = 1 from outbox where state = 'sent' and attempts = 3"
        )
    assert channel.sent == [("openid-1", "一")]


@pytest.mark.parametrize(
    ("errors", "attempts", "shown"),
    [
        ([DeliveryError("window shut", final=True)], 1, "window shut"),
        ([DeliveryError("timeout")] * 20, 8, "timeout"),
        ([OSError("no such socket")] * 20, 8, "OSError('no such socket')"),
    ],
    ids=["final", "again and again", "a fault of the adapter"],
)
async def test_what_finally_fails_is_seen_on_the_desk(
    settings: Settings, database_url: str, errors, attempts: int, shown: str
):
    async with started(settings, push_channels=(FlakyChannel(*errors),)) as running:
        await _say(running, "一")
        await _work_until(running, database_url, "count(*) = 1 from outbox where state = 'failed'")
        agent = await logged_in(running, Role.AGENT)
        (failed,) = (await agent.get("/api/v1/deliveries")).json()["items"]
        await agent.aclose()
    assert (failed["state"], failed["attempts"], failed["last_error"]) == ("failed", attempts, shown)


async def test_a_write_that_is_undone_leaves_no_job(settings: Settings, database_url: str):
    async with started(settings, push_channels=(FlakyChannel(),)) as running:
        with pytest.raises(RuntimeError, match="changed my mind"):
            async with running.parts.house.units.begin() as uow:
                conversation = await hub.start(uow, FlakyChannel.name)
                await hub.store_utterances(uow, conversation.id, [Utterance("一")])
                raise RuntimeError("changed my mind")
    with psycopg.connect(database_url) as connection:
        counts = connection.execute(
            "select (select count(*) from procrastinate_jobs), (select count(*) from outbox), (select count(*) from message)"
        ).fetchone()
    assert counts == (0, 0, 0)


async def test_a_job_whose_worker_was_killed_is_run_by_another(settings: Settings, database_url: str):
    channel = FlakyChannel()
    async with started(settings, push_channels=(channel,)) as running:
        await _say(running, "一")
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute(
                "with dead as (insert into procrastinate_workers (last_heartbeat)"
                " values (now() - interval '1 hour') returning id)"
                " update procrastinate_jobs set status = 'doing', worker_id = dead.id from dead"
            )
        await _work_until(running, database_url, "count(*) = 1 from outbox where state = 'sent'")
    assert channel.sent == [("openid-1", "一")]
