"""Jobs: exist exactly if their transaction commits (invariant 4), and run whatever happens to the workers."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import psutil
import psycopg
import pytest
import structlog

from backend.jobs import RESCUE
from backend.settings import PROJECT_ROOT
from tests.integration.backend.conftest import SERVICE_TOKEN, Running, WebCustomer
from tests.support.scripted_bot import ScriptedBot

JOB = "tests.note"
BOUND_SECONDS = 30


class Notes:
    """A job handler that remembers."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    async def take(self, note: str) -> None:
        self.taken.append(note)

    async def until(self, *notes: str) -> None:
        async with asyncio.timeout(BOUND_SECONDS):
            while sorted(self.taken) != sorted(notes):
                await asyncio.sleep(0.05)


@pytest.fixture
def notes(running: Running) -> Notes:
    it = Notes()
    running.parts.house.jobs.register(JOB, it.take)
    return it


@pytest.fixture
def database(database_url: str) -> Iterator[psycopg.Connection]:
    """A look at the database from outside."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


@contextlib.asynccontextmanager
async def working(running: Running) -> AsyncIterator[None]:
    worker = asyncio.create_task(running.parts.house.jobs.work())
    try:
        yield
    finally:
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)


def jobs_in(database: psycopg.Connection) -> list[str]:
    query = "select args->>'note' from procrastinate_jobs order by id"
    return [note for (note,) in database.execute(query)]


async def defer(running: Running, note: str, **options) -> None:
    async with running.parts.house.units.begin() as uow:
        await uow.defer(JOB, note=note, **options)


async def test_a_job_is_seen_by_others_only_after_the_commit(
    running: Running, notes: Notes, database: psycopg.Connection
):
    async with running.parts.house.units.begin() as uow:
        await uow.defer(JOB, note="kept")
        assert jobs_in(database) == []
    assert jobs_in(database) == ["kept"]


async def test_a_transaction_that_is_undone_leaves_no_job_and_no_message(
    running: Running, customer: WebCustomer, notes: Notes, database: psycopg.Connection
):
    with pytest.raises(RuntimeError, match="undone"):
        async with running.parts.house.units.begin() as uow:
            await uow.defer(JOB, note="first")
            await uow.defer(JOB, note="second", after=timedelta(hours=1))
            raise RuntimeError("undone")
    await defer(running, "third")
    assert jobs_in(database) == ["third"]


async def test_a_message_that_could_not_be_stored_leaves_no_safety_net(
    customer: WebCustomer, database: psycopg.Connection
):
    database.execute("alter table message add constraint quiet check (sender <> 'customer')")
    response = await customer.post("漏水", "m1", wait=False)
    assert response.status_code == 500
    assert jobs_in(database) == []
    assert database.execute("select count(*) from inbox").fetchone() == (0,)
    database.execute("alter table message drop constraint quiet")
    assert (await customer.post("漏水", "m1", wait=False)).json()["message"]["seq"] == 2


async def test_an_acknowledged_message_has_exactly_one_safety_net(
    customer: WebCustomer, database: psycopg.Connection
):
    for _ in range(3):
        assert (await customer.post("漏水", "m1", wait=False)).status_code == 200
    assert database.execute(
        "select task_name, args->>'conversation_id', scheduled_at > now() + interval '20 seconds' from procrastinate_jobs"
    ).fetchall() == [("conversations.handle_waiting", customer.conversation_id, True)]


async def test_a_job_waits_for_its_time(running: Running, notes: Notes, database: psycopg.Connection):
    await defer(running, "later", after=timedelta(hours=1))
    await defer(running, "now")
    async with working(running):
        await notes.until("now")
        # the other row may be locked by the worker, which cannot go on while this waits in its event loop
        database.execute("update procrastinate_jobs set scheduled_at = now() where args->>'note' = 'later'")
        await notes.until("now", "later")


async def test_jobs_of_one_lock_run_one_after_the_other(running: Running):
    at_work, most, order = 0, 0, []

    async def slow(note: str) -> None:
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        await asyncio.sleep(0.05)
        order.append(note)
        at_work -= 1

    running.parts.house.jobs.register("tests.slow", slow)
    async with running.parts.house.units.begin() as uow:
        for number in range(4):
            await uow.defer("tests.slow", note=str(number), lock="one")
    async with working(running), asyncio.timeout(BOUND_SECONDS):
        while len(order) < 4:
            await asyncio.sleep(0.05)
    assert (order, most) == (["0", "1", "2", "3"], 1)


async def test_the_worker_outlives_its_database_connections(
    running: Running, notes: Notes, database: psycopg.Connection
):
    async with working(running):
        await defer(running, "before")
        await notes.until("before")
        ended = database.execute(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        ).fetchone()
        assert ended is not None
        assert ended[0] >= 2  # at least the worker's listening and fetching connections
        await defer(running, "after")
        await notes.until("before", "after")
        await defer(running, "and later")
        await notes.until("before", "after", "and later")


async def test_two_workers_run_a_job_once(running: Running, notes: Notes):
    wanted = [str(number) for number in range(30)]
    async with running.parts.house.units.begin() as uow:
        for note in wanted:
            await uow.defer(JOB, note=note)
    async with working(running):
        other = asyncio.create_task(_second_worker(running, notes))
        await notes.until(*wanted)
        other.cancel()
        await asyncio.gather(other, return_exceptions=True)
    assert sorted(notes.taken, key=int) == wanted


def _leave_with_a_dead_worker(database: psycopg.Connection) -> None:
    database.execute(
        "with dead as (insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 hour') returning id)"
        " update procrastinate_jobs set status = 'doing', worker_id = dead.id from dead"
    )


async def test_two_workers_that_find_the_same_dead_workers_jobs_run_each_once(
    running: Running, notes: Notes, database: psycopg.Connection
):
    wanted = [str(number) for number in range(60)]
    async with running.parts.house.units.begin() as uow:
        for note in wanted:
            await uow.defer(JOB, note=note)
    _leave_with_a_dead_worker(database)
    with structlog.testing.capture_logs() as logged:
        other = asyncio.create_task(_second_worker(running, notes))
        async with working(running):
            await notes.until(*wanted)
        other.cancel()
        await asyncio.gather(other, return_exceptions=True)
    assert [line for line in logged if line["event"] == "worker.interrupted"] == []
    assert sum(line["event"] == "job.rescued" for line in logged) == len(wanted)


async def test_a_job_that_somebody_rescued_and_began_meanwhile_is_left_to_them(
    running: Running, notes: Notes, database: psycopg.Connection
):
    await defer(running, "in hand")
    _leave_with_a_dead_worker(database)
    (found,) = database.execute("select id as job_id, worker_id from procrastinate_jobs").fetchall()
    database.execute(
        "with alive as (insert into procrastinate_workers default values returning id)"
        " update procrastinate_jobs set worker_id = alive.id from alive"
    )
    late = database.execute(RESCUE, {"job_id": found[0], "worker_id": found[1]}).fetchall()
    in_hand = database.execute("select status, attempts from procrastinate_jobs").fetchall()
    assert (late, in_hand) == ([], [("doing", 0)])
    database.execute("update procrastinate_jobs set worker_id = %s", (found[1],))
    in_time = database.execute(RESCUE, {"job_id": found[0], "worker_id": found[1]}).fetchall()
    given_back = database.execute("select status, attempts from procrastinate_jobs").fetchall()
    assert (in_time, given_back) == ([(found[0],)], [("todo", 1)])


async def _second_worker(running: Running, notes: Notes) -> None:
    jobs = type(running.parts.house.jobs)(running.parts.house.database.url)
    jobs.register(JOB, notes.take)
    await jobs.work()


@contextlib.contextmanager
def standalone_worker(database_url: str, bot: ScriptedBot, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "YINGSHENG_SERVICE_TOKEN": SERVICE_TOKEN,
        "YINGSHENG_BOT_URL": bot.url,
        "YINGSHENG_WORKER": "outside",
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "backend.worker"],
            cwd=PROJECT_ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def leave_behind(database: psycopg.Connection) -> None:
    """What a process leaves that died with a message in hand: a lease that has run out, a job that is due."""
    database.execute("update conversation set lease_until = now(), lease_token = gen_random_uuid()")
    database.execute("update procrastinate_jobs set scheduled_at = now()")


async def message_nobody_handles(
    running: Running, customer: WebCustomer, database: psycopg.Connection, text: str
) -> None:
    database.execute(
        "update conversation set lease_until = now() + interval '1 hour', lease_token = gen_random_uuid()"
    )
    assert (await customer.post(text, wait=False)).status_code == 200
    await running.parts.turns.finish()
    assert (await customer.all_messages())[-1]["sender"] == "customer"


async def _answered(customer: WebCustomer, text: str, process: subprocess.Popen[bytes], log: Path) -> None:
    async with asyncio.timeout(BOUND_SECONDS):
        while (await customer.all_messages())[-1]["text"] != text:
            assert process.poll() is None, log.read_text()
            await asyncio.sleep(0.1)


async def test_a_worker_of_its_own_answers_what_was_left_behind_and_stops_on_sigterm(
    running: Running,
    customer: WebCustomer,
    database: psycopg.Connection,
    bot: ScriptedBot,
    database_url: str,
    tmp_path: Path,
):
    log = tmp_path / "worker.log"
    await message_nobody_handles(running, customer, database, "有人吗")
    leave_behind(database)
    with standalone_worker(database_url, bot, log) as process:
        await _answered(customer, "听到：有人吗", process, log)
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(process.wait, 15) == 0, log.read_text()
        assert psutil.wait_procs(family, timeout=2)[1] == []
    assert "Traceback" not in log.read_text()
    left = database.execute("select status, count(*) from procrastinate_jobs group by status").fetchall()
    assert left == []


async def test_a_worker_without_a_database_waits_and_still_stops_on_sigterm(bot: ScriptedBot, tmp_path: Path):
    log = tmp_path / "worker.log"
    with standalone_worker("postgresql://nobody@/none?host=/nowhere", bot, log) as process:
        async with asyncio.timeout(BOUND_SECONDS):
            while b"error" not in log.read_bytes():
                await asyncio.sleep(0.1)
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(process.wait, 15) == 0, log.read_text()


async def test_what_a_killed_worker_had_in_hand_is_done_by_the_next(
    running: Running,
    customer: WebCustomer,
    database: psycopg.Connection,
    bot: ScriptedBot,
    database_url: str,
    tmp_path: Path,
):
    """Killed while the bot thinks: the job stays `doing` and the lease is taken; both run out."""
    await message_nobody_handles(running, customer, database, "有人吗")
    leave_behind(database)
    bot.delay = 60
    with standalone_worker(database_url, bot, tmp_path / "first.log") as process:
        async with asyncio.timeout(BOUND_SECONDS):
            while not bot.heard:
                assert process.poll() is None
                await asyncio.sleep(0.05)
        process.kill()
        process.wait()
    bot.delay = 0.0
    assert database.execute("select status from procrastinate_jobs").fetchall() == [("doing",)]
    database.execute("update procrastinate_workers set last_heartbeat = now() - interval '1 minute'")
    database.execute("update conversation set lease_until = now()")
    log = tmp_path / "second.log"
    with standalone_worker(database_url, bot, log) as process:
        await _answered(customer, "听到：有人吗", process, log)
