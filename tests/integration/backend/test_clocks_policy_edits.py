"""A changed policy, or a year's holidays that have become known, moves open clocks and says so."""

import shutil
import uuid
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backend.clock import FixedClock
from backend.settings import PROJECT_ROOT, Settings
from backend.sla.models import TicketClock
from backend.sla.reevaluation import Reevaluation
from backend.tickets import audit, cases, filing
from backend.tickets.cases import Acting
from backend.tickets.deeds import By
from backend.tickets.kinds import Actor
from backend.tickets.models import TimelineEntry
from backend.tickets.offers import COMMANDS
from backend.tickets.schemas import NewTicket
from tests.integration.backend.conftest import Running, started

SHANGHAI = ZoneInfo("Asia/Shanghai")
FILES = ("policy", "domain", "data/lexicon")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.fixture
def root(tmp_path: Path, settings: Settings) -> Path:
    """A copy of what a product reads at start, to be edited."""
    for name in FILES:
        shutil.copytree(PROJECT_ROOT / name, tmp_path / name)
    settings.root = tmp_path
    return tmp_path


def edit(root: Path, file: str, old: str, new: str) -> None:
    path = root / "policy" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


async def file(running: Running) -> str:
    request = NewTicket(
        request_id=uuid.uuid4().hex,
        conversation_id=uuid.uuid4(),
        kind="quality_complaint",
        description="漏水",
    )
    house = running.parts.house
    async with house.units.begin() as uow:
        return (await filing.file(uow, house.policy, request, channel="web", by=By(Actor.BOT))).ticket.number


async def clock_of(running: Running, number: str, clock_id: str) -> TicketClock:
    async with running.parts.house.units.begin() as uow:
        rows = await running.parts.clocks.of(uow, await cases.get(uow, number))
        return next(row for row in rows if row.clock_id == clock_id)


async def moves(running: Running, number: str) -> list[TimelineEntry]:
    async with running.parts.house.units.begin() as uow:
        entries = await cases.timeline_of(uow, await cases.get(uow, number))
        return [entry for entry in entries if entry.verb in {"clock_moved", "clock_withdrawn"}]


async def recount(running: Running) -> int:
    return await Reevaluation(running.parts.house.units, running.parts.clocks).run()


async def test_an_edit_moves_open_clocks_and_the_timeline_says_what(settings: Settings, root: Path):
    clock = FixedClock(at("2026-11-23 09:00"))
    async with started(settings, clock=clock) as running:
        numbers = [await file(running) for _ in range(3)]
        assert await recount(running) == 0
    edit(root, "sla.yml", "    name: 确定处理方案\n    unit: working_hours\n    amount: 8",
         "    name: 确定处理方案\n    unit: working_hours\n    amount: 12")  # fmt: skip
    async with started(settings, clock=clock) as running:
        assert await recount(running) == 12  # four clocks on each
        assert await recount(running) == 0
        for number in numbers:
            moved = await moves(running, number)
            assert [(entry.rule, entry.source, entry.before, entry.after) for entry in moved] == [
                (
                    "plan",
                    "R10-6.2.2",
                    {"clock": "确定处理方案", "due_at": "2026-11-24T09:30:00+08:00"},
                    {"clock": "确定处理方案", "due_at": "2026-11-24T15:00:00+08:00"},
                )
            ]
        async with running.parts.house.database.transaction() as session:
            assert await audit.verify(session) == []


async def test_a_clock_that_policy_no_longer_knows_is_withdrawn(settings: Settings, root: Path):
    clock = FixedClock(at("2026-11-23 09:00"))
    async with started(settings, clock=clock) as running:
        number = await file(running)
    edit(root, "sla.yml", "  - id: pass_on\n", "  - id: passing_on\n")
    policy = root / "policy" / "escalation.yml"
    policy.write_text(
        policy.read_text(encoding="utf-8").replace('"pass_on"', '"passing_on"'), encoding="utf-8"
    )
    async with started(settings, clock=clock) as running:
        await recount(running)
        assert str((await clock_of(running, number, "pass_on")).state) == "withdrawn"
        assert [(entry.verb, entry.rule) for entry in await moves(running, number)] == [
            ("clock_withdrawn", "pass_on")
        ]


async def test_a_year_that_becomes_known_moves_what_was_guessed(settings: Settings, root: Path):
    clock = FixedClock(at("2026-12-31 16:00"))
    async with started(settings, clock=clock) as running:
        number = await file(running)
        before = await clock_of(running, number, "first_contact")
        assert before.due_at == at("2027-01-01 11:00")  # as if New Year's Day, a Friday, were worked
    edit(
        root,
        "calendar.yml",
        "official: {}",
        "official: {2027: {holidays: {2027-01-01: 元旦}, makeup_days: []}}",
    )
    async with started(settings, clock=clock) as running:
        assert await recount(running) == 4
        after = await clock_of(running, number, "first_contact")
        assert after.due_at == at("2027-01-04 11:00")
        assert after.policy_version != before.policy_version
        assert "first_contact" in {entry.rule for entry in await moves(running, number)}


async def test_what_was_breached_stays_as_it_was_recorded(settings: Settings, root: Path):
    clock = FixedClock(at("2026-11-23 09:00"))
    async with started(settings, clock=clock) as running:
        number = await file(running)
        clock.set(at("2026-11-24 10:00"))
        async with running.parts.house.units.begin() as uow:
            ticket = await cases.locked(uow, number)
            await running.parts.clocks.happened(uow, ticket, ["stage:solution_proposed"])
    edit(root, "sla.yml", "    name: 确定处理方案\n    unit: working_hours\n    amount: 8",
         "    name: 确定处理方案\n    unit: working_hours\n    amount: 12")  # fmt: skip
    async with started(settings, clock=clock) as running:
        await recount(running)
        plan = await clock_of(running, number, "plan")
        assert (str(plan.state), plan.due_at) == ("breached", at("2026-11-24 09:30"))
        assert await moves(running, number) == []


ADDED = """
  - id: progress_told
    name: 告知进展
    unit: working_hours
    amount: {amount}
    calendar: office
    when: ticket.kind == "quality_complaint"
    starts: [{starts}]
    stops: ["stage:solution_proposed", closed]
    pauses: true
    warn_before: {{working_hours: 1}}
    level: supervisor
    source: R3a-4.2
"""


@pytest.mark.parametrize(
    ("starts", "amount", "due"),
    [
        (
            "filed",
            20,
            "2026-11-25 17:30",
        ),  # from the record; two hours of waiting for the customer do not count
        ("filed", 2, "2026-11-23 16:30"),  # would be over by now: nobody was late by it, so from now on
        ("contact", 20, "2026-11-25 18:00"),
        ("approved", 20, None),  # nothing of the kind has happened
    ],
)
async def test_a_clock_that_an_edit_adds_counts_from_the_record(
    settings: Settings, root: Path, starts: str, amount: int, due: str | None
):
    clock = FixedClock(at("2026-11-23 09:00"))
    async with started(settings, clock=clock) as running:
        number, closed = await file(running), await file(running)
        for moment, kind, about in (
            ("2026-11-23 09:30", "contact", number),
            ("2026-11-23 10:00", "await_customer", number),
            ("2026-11-23 12:00", "customer_answered", number),
            ("2026-11-23 12:00", "withdraw", closed),
        ):
            clock.set(at(moment))
            command = next(one for one in COMMANDS if one.step == kind)
            async with running.parts.house.units.begin() as uow:
                ticket = await cases.get(uow, about)
                acting = Acting(uow, running.parts.house.policy, By(Actor.SYSTEM))
                await cases.take(acting, about, command(version=ticket.version, note="等照片"))
    path = root / "policy" / "sla.yml"
    path.write_text(
        path.read_text(encoding="utf-8") + ADDED.format(starts=starts, amount=amount), encoding="utf-8"
    )
    clock.set(at("2026-11-23 14:30"))
    async with started(settings, clock=clock) as running:
        for _ in range(2):
            await recount(running)
        async with running.parts.house.units.begin() as uow:
            ticket = await cases.get(uow, number)
            rows = await running.parts.clocks.of(uow, ticket)
            told = [e for e in await cases.timeline_of(uow, ticket) if e.verb == "clock_added"]
            others = await running.parts.clocks.of(uow, await cases.get(uow, closed))
        added = [row for row in rows if row.clock_id == "progress_told"]
        assert [row.due_at for row in added] == ([at(due)] if due else [])
        assert [(entry.rule, entry.source) for entry in told] == [("progress_told", "R3a-4.2")] * len(added)
        assert "progress_told" not in {row.clock_id for row in others}
        async with running.parts.house.database.transaction() as session:
            assert await audit.verify(session) == []


async def test_a_clock_that_an_edit_takes_away_from_a_kind_is_withdrawn(settings: Settings, root: Path):
    clock = FixedClock(at("2026-11-23 09:00"))
    async with started(settings, clock=clock) as running:
        number = await file(running)
    edit(root, "sla.yml", 'when: ticket.kind in ["quality_complaint", "repair_request", "return_exchange"]',
         'when: ticket.kind in ["repair_request", "return_exchange"]')  # fmt: skip
    async with started(settings, clock=clock) as running:
        await recount(running)
        assert str((await clock_of(running, number, "plan")).state) == "withdrawn"
