"""Clocks: deadlines per second beside `businesstimedelta`, and what a sweep costs with few and many open.

Both libraries answer the same cases in turn in one run and must agree. Both sweeps find the same number of
clocks due, among 10 k and 1 M open ones, in turn, on an embedded PostgreSQL. `make bench-sla`; for a smaller
measurement `bench/sla.py --open 10000,200000 --due 200`.
"""

import argparse
import asyncio
import random
import statistics
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from datetime import time as wall_time
from pathlib import Path

import businesstimedelta
import psycopg
import pytz
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from backend import migrations_runner
from backend import policy as policies
from backend.clock import SHANGHAI, FixedClock
from backend.db import Database
from backend.jobs import JobQueue
from backend.policy import Policy
from backend.policy.clock_rules import Unit
from backend.settings import PROJECT_ROOT
from backend.sla.calendar import WorkCalendar
from backend.sla.clocks import Clocks
from backend.sla.deadlines import Term, due
from backend.sla.sweep import Sweep
from backend.tickets import filing
from backend.tickets.deeds import By
from backend.tickets.kinds import Actor, Kind
from backend.tickets.schemas import NewTicket
from backend.unit_of_work import EventBus, UnitsOfWork
from runtime.postgres_process import temporary_postgres

CASES = 2_000
ROUNDS = 5
NOW = datetime(2026, 11, 23, 9, tzinfo=SHANGHAI)
YEARS = (2025, 2026)


@dataclass(frozen=True, slots=True)
class Case:
    """A start and so many working hours, for both libraries."""

    start: datetime
    hours: int
    other_start: datetime


def cases() -> list[Case]:
    """Starts all over two years, hours as the regulations have them."""
    dice = random.Random(5)
    zone = pytz.timezone("Asia/Shanghai")
    found = []
    for _ in range(CASES):
        day = date(2025, 1, 6) + timedelta(days=dice.randrange(680))
        wall = datetime.combine(day, wall_time(dice.randrange(24), dice.randrange(60)))
        found.append(
            Case(wall.replace(tzinfo=SHANGHAI), dice.choice((4, 6, 7, 8, 16, 24)), zone.localize(wall))
        )
    return found


def other_calendar(policy: Policy) -> businesstimedelta.Rules:
    """Office hours as businesstimedelta has them: week days less holidays."""
    hours = policy.calendar.calendars["office"]
    days = [date(year, 1, 1) + timedelta(days=n) for year in YEARS for n in range(365)]
    holidays = {day: "holiday" for day in days if day.weekday() < 5 and not hours.windows(day)}
    # it looks day by day for the next holiday and fails without one; that of 2027 is near enough
    holidays[date(2027, 1, 1)] = "holiday"
    rules = []
    for begin, end in ((wall_time(9), wall_time(12)), (wall_time(13, 30), wall_time(18))):
        rules.append(
            businesstimedelta.WorkDayRule(
                start_time=begin,
                end_time=end,
                working_days=[0, 1, 2, 3, 4],
                tz=pytz.timezone("Asia/Shanghai"),
            )
        )
    off = businesstimedelta.HolidayRule(holidays, tz=pytz.timezone("Asia/Shanghai"))
    return businesstimedelta.Rules([*rules, off])


def without_makeup_days(policy: Policy) -> WorkCalendar:
    """The office calendar without make-up days, which businesstimedelta does not know."""
    hours = policy.calendar.calendars["office"]
    return WorkCalendar(replace(hours, days=replace(hours.days, makeup_days=frozenset())))


def timed(act: Callable[[], object]) -> float:
    """Seconds that it takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def measure_deadlines(console: Console, policy: Policy) -> None:
    """Deadlines per second of both, asked the same in turn."""
    asked, rules, calendar = cases(), other_calendar(policy), without_makeup_days(policy)

    def ours() -> list[datetime]:
        return [due(Term(Unit.WORKING_HOURS, case.hours), case.start, calendar).due_at for case in asked]

    def theirs() -> list[datetime]:
        return [case.other_start + businesstimedelta.BusinessTimeDelta(rules, case.hours) for case in asked]

    assert ours() == theirs(), "the two libraries disagree"
    seconds = {"businesstimedelta": [], "yingsheng": []}
    for _ in range(ROUNDS):
        seconds["businesstimedelta"].append(timed(theirs))
        seconds["yingsheng"].append(timed(ours))
    table = Table("deadlines by", "cases", "rounds", "a second", title="Working hours, office calendar")
    best = {name: CASES / min(values) for name, values in seconds.items()}
    for name, rate in best.items():
        table.add_row(name, str(CASES), str(ROUNDS), f"{rate:,.0f}")
    console.print(table)
    console.print(f"ratio: {best['yingsheng'] / best['businesstimedelta']:.0f} times")


def fill(url: str, tickets: int) -> None:
    """So many open tickets, each with a clock that runs out some day, made from the one that is there."""
    with psycopg.connect(url, autocommit=True) as connection:
        columns = [
            name
            for (name,) in connection.execute(
                "select column_name from information_schema.columns where table_name = 'ticket'"
                " and table_schema = 'public' and column_name not in ('id', 'number', 'request_id')"
            )
        ]
        names = ", ".join(columns)
        connection.execute(
            f"insert into ticket (id, number, request_id, {names}) select gen_random_uuid(), 'bench' || n,"  # noqa: S608
            f" 'bench' || n, {names} from ticket, generate_series(1, {tickets}) n"
            " where number not like 'bench%'"
        )
        connection.execute(
            "insert into clock (id, ticket_id, clock_id, generation, started_at, due_at, next_at, pauses,"
            " withdrawn, policy_version)"
            " select gen_random_uuid(), id, 'plan', 1, created_at, later, later, '[]', false, 'bench'"
            " from (select *, created_at + interval '1 day' + random() * interval '30 days' as later"
            " from ticket where number like 'bench%') t"
        )
        connection.execute("vacuum analyze ticket")
        connection.execute("vacuum analyze clock")


def make_due(url: str, count: int) -> None:
    """Let so many clocks run out now, on tickets that have not been swept yet."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "update clock set due_at = %(then)s, next_at = %(then)s where id in (select id from clock"
            " where clock_id = 'plan' and breached_at is null and policy_version = 'bench'"
            " order by id limit %(count)s)",
            {"then": NOW - timedelta(minutes=1), "count": count},
        )


async def swept(url: str, policy: Policy, expected: int) -> float:
    """Seconds that a sweep takes."""
    database = Database(url)
    units = UnitsOfWork(database, FixedClock(NOW), JobQueue(url), EventBus())
    sweep = Sweep(units, Clocks(policy))
    await sweep.run()  # connections, caches
    await asyncio.to_thread(make_due, url, expected)
    began = time.perf_counter()
    found = await sweep.run()
    took = time.perf_counter() - began
    await database.close()
    assert found == expected, (found, expected)
    return took


async def first_ticket(url: str, policy: Policy) -> None:
    """File the ticket that all others are copies of."""
    database = Database(url)
    units = UnitsOfWork(database, FixedClock(NOW), JobQueue(url), EventBus())
    request = NewTicket(
        request_id="first", conversation_id=uuid.uuid4(), kind=Kind.QUALITY_COMPLAINT, description="bench"
    )
    async with units.begin() as uow:
        await filing.file(uow, policy, request, channel="web", by=By(Actor.BOT))
    await database.close()


def measure_sweeps(console: Console, policy: Policy, sizes: Sequence[int], expected: int) -> None:
    """A sweep of the same number of due clocks among few and many open ones, in turn."""
    seconds: dict[int, list[float]] = {size: [] for size in sizes}
    names = {size: f"open_{size}" for size in sizes}
    with temporary_postgres(list(names.values())) as server:
        for size, name in names.items():
            migrations_runner.upgrade(server.url(name))
            asyncio.run(first_ticket(server.url(name), policy))
            filled = timed(lambda name=name, size=size: fill(server.url(name), size))
            console.print(f"filled {size:,} open tickets in {filled:.0f} s")
        for _ in range(ROUNDS):
            for size, name in names.items():
                seconds[size].append(asyncio.run(swept(server.url(name), policy, expected)))
    table = Table("open clocks", "due", "rounds", "median s", "best s", title="A sweep")
    for size, values in seconds.items():
        row = (
            f"{size:,}",
            str(expected),
            str(ROUNDS),
            f"{statistics.median(values):.3f}",
            f"{min(values):.3f}",
        )
        table.add_row(*row)
    console.print(table)
    few, many = seconds[min(sizes)], seconds[max(sizes)]
    console.print(
        f"ratio of medians: {statistics.median(many) / statistics.median(few):.2f}, of bests:"
        f" {min(many) / min(few):.2f}"
    )


def main() -> None:
    """Measure both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--open", default="10000,1000000", help="how many open tickets, smallest and largest")
    parser.add_argument("--due", type=int, default=500, help="how many of them are due at a sweep")
    given = parser.parse_args()
    console, policy = Console(), policies.load(PROJECT_ROOT / "policy")
    measure_deadlines(console, policy)
    measure_sweeps(console, policy, [int(size) for size in given.open.split(",")], given.due)


if __name__ == "__main__":
    main()
