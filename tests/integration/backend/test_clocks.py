"""Clocks of tickets on a real PostgreSQL: started, paused and stopped by what happens; warned of and breached once."""

import asyncio
import contextlib
import uuid
from collections.abc import AsyncIterator
from datetime import datetime
from zoneinfo import ZoneInfo

import psycopg
import pytest

from backend.access.roles import Role
from backend.clock import FixedClock
from backend.settings import Settings
from backend.sla.events import ClockBreached, ClockMet, ClockStarted, ClockWarned
from backend.sla.models import TicketClock
from backend.sla.promises import promise_for, promises
from backend.sla.sweep import Sweep
from backend.tickets import audit, cases, filing
from backend.tickets.deeds import By
from backend.tickets.events import (
    AwaitingCustomer,
    ContactMade,
    CustomerAnswered,
    StageChanged,
    TicketChanged,
    TicketReclassified,
)
from backend.tickets.kinds import Actor, Stage
from backend.tickets.models import Ticket
from backend.tickets.schemas import NewTicket
from tests.integration.backend.conftest import Running, logged_in, started

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = "2026-11-23 09:00"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


class Desk:
    """The running product with a clock of the test's, and a ticket to try it on."""

    def __init__(self, running: Running, clock: FixedClock) -> None:
        self.running = running
        self.clock = clock
        self.house = running.parts.house
        self.heard: list[tuple[str, str]] = []
        for kind in (ClockStarted, ClockWarned, ClockBreached, ClockMet):
            self.house.bus.after_commit(kind, self.hear)

    async def hear(self, event: ClockStarted | ClockWarned | ClockBreached | ClockMet) -> None:
        self.heard.append((type(event).__name__, event.clock_id))

    def said(self, kind: type) -> list[str]:
        return [clock for name, clock in self.heard if name == kind.__name__]

    async def file(self, moment: str = MONDAY, **facts) -> str:
        self.clock.set(at(moment))
        request = NewTicket(
            request_id=uuid.uuid4().hex,
            conversation_id=uuid.uuid4(),
            **{"kind": "quality_complaint", "description": "热水器漏水"} | facts,
        )
        async with self.house.units.begin() as uow:
            filed = await filing.file(uow, self.house.policy, request, channel="web", by=By(Actor.BOT))
            return filed.ticket.number

    async def happens(self, number: str, moment: str, *events: type, **changes) -> None:
        """The ticket is changed, and events are published as the workflow would."""
        self.clock.set(at(moment))
        async with self.house.units.begin() as uow:
            ticket = await cases.locked(uow, number)
            before = Stage(ticket.stage)
            for name, value in changes.items():
                setattr(ticket, name, value)
            await uow.session.flush()
            for event in events:
                if event is StageChanged:
                    await uow.publish(StageChanged(ticket, before, Stage(ticket.stage)))
                elif event is TicketReclassified:
                    await uow.publish(TicketReclassified(ticket, {}, changes))
                else:
                    await uow.publish(event(ticket))
            await uow.publish(TicketChanged(ticket))

    async def sweep(self, moment: str) -> int:
        self.clock.set(at(moment))
        return await Sweep(self.house.units, self.running.parts.clocks).run()

    async def clocks(self, number: str) -> dict[str, TicketClock]:
        async with self.house.units.begin() as uow:
            rows = await self.running.parts.clocks.of(uow, await cases.get(uow, number))
            return {row.clock_id: row for row in rows}

    async def due(self, number: str) -> dict[str, str]:
        return {name: shown(row.due_at) for name, row in (await self.clocks(number)).items()}

    async def told(self, number: str, *verbs: str) -> list[tuple[str, str | None, str | None]]:
        async with self.house.units.begin() as uow:
            entries = await cases.timeline_of(uow, await cases.get(uow, number))
            return [(entry.verb, entry.rule, entry.source) for entry in entries if entry.verb in verbs]


def shown(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).replace(tzinfo=None).isoformat(" ", timespec="minutes")


@pytest.fixture
async def desk(settings: Settings) -> AsyncIterator[Desk]:
    clock = FixedClock(at(MONDAY))
    async with started(settings, clock=clock) as running:
        yield Desk(running, clock)


async def test_filing_starts_the_clocks_of_the_ticket(desk: Desk):
    number = await desk.file()
    assert await desk.due(number) == {
        "pass_on": "2026-11-23 14:30",
        "first_contact": "2026-11-23 14:30",
        "plan": "2026-11-24 09:30",
        "outermost": "2026-12-08 23:59",
    }
    assert sorted(desk.said(ClockStarted)) == ["first_contact", "outermost", "pass_on", "plan"]


async def test_an_enquiry_and_a_repair_have_clocks_of_their_own(desk: Desk):
    enquiry = await desk.file(kind="inquiry")
    assert await desk.due(enquiry) == {
        "first_contact": "2026-11-23 13:00",  # the front desk keeps the hotline's hours
        "enquiry_answer": "2026-11-23 17:00",
    }
    city = await desk.file(kind="repair_request")
    suburb = await desk.file(kind="repair_request", details={"area": "suburb"})
    assert (await desk.due(city))["arrival_city"] == "2026-11-23 16:00"  # 3 h before lunch, 3 after
    assert (await desk.due(suburb))["arrival_suburb"] == "2026-11-23 17:00"


async def test_what_happens_stops_the_clocks_that_waited_for_it(desk: Desk):
    number = await desk.file()
    await desk.happens(number, "2026-11-23 10:00", ContactMade, first_contact_at=at("2026-11-23 10:00"))
    clocks = await desk.clocks(number)
    assert {name: str(clock.state) for name, clock in clocks.items()} == {
        "pass_on": "met",
        "first_contact": "met",
        "plan": "running",
        "outermost": "running",
    }
    assert clocks["first_contact"].next_at is None
    assert sorted(desk.said(ClockMet)) == ["first_contact", "pass_on"]
    await desk.happens(number, "2026-11-23 11:00", StageChanged, stage="solution_proposed")
    await desk.happens(number, "2026-11-23 15:00", approved_at=at("2026-11-23 15:00"))
    assert (await desk.due(number))["result_told"] == "2026-11-23 17:00"
    await desk.happens(
        number,
        "2026-11-23 16:00",
        StageChanged,
        stage="customer_notified",
        notified_at=at("2026-11-23 16:00"),
    )
    await desk.happens(number, "2026-11-23 16:30", reaction="满意")
    assert str((await desk.clocks(number))["result_told"].state) == "met"
    assert desk.said(ClockStarted).count("result_told") == 1
    await desk.happens(number, "2026-11-24 10:00", StageChanged, stage="settled")
    states = {name: str(clock.state) for name, clock in (await desk.clocks(number)).items()}
    assert (states["outermost"], states["callback"]) == ("met", "running")
    assert (await desk.due(number))["callback"] == "2026-11-25 18:00"
    assert desk.said(ClockBreached) == []


async def test_clocks_stand_still_while_we_wait_for_the_customer(desk: Desk):
    number = await desk.file()
    await desk.happens(
        number, "2026-11-23 10:00", AwaitingCustomer, awaiting_customer_since=at("2026-11-23 10:00")
    )
    paused = await desk.clocks(number)
    assert {name for name, clock in paused.items() if clock.paused_since} == {"first_contact", "plan"}
    assert await desk.sweep("2026-11-24 12:00") == 1  # only what does not pause: passing on
    assert desk.said(ClockBreached) == ["pass_on"]
    await desk.happens(number, "2026-11-25 10:00", CustomerAnswered, awaiting_customer_since=None)
    assert (await desk.due(number))["plan"] == "2026-11-26 09:30"  # two working days later
    assert (await desk.clocks(number))["plan"].pauses == [
        {"since": "2026-11-23T02:00:00+00:00", "until": "2026-11-25T02:00:00+00:00"}
    ]
    assert await desk.told(number, "clock_moved") == []


async def test_a_warning_and_a_breach_come_once_with_rule_and_clause(desk: Desk):
    number = await desk.file()
    assert await desk.sweep("2026-11-23 11:59") == 0
    assert await desk.sweep("2026-11-23 12:00") == 2  # an hour of work is left from noon on
    assert sorted(desk.said(ClockWarned)) == ["first_contact", "pass_on"]
    assert await desk.sweep("2026-11-23 13:31") == 0
    await desk.sweep("2026-11-23 14:30")
    assert await desk.sweep("2026-11-23 14:30") == 0
    assert sorted(desk.said(ClockBreached)) == ["first_contact", "pass_on"]
    assert sorted(await desk.told(number, "clock_warned", "clock_breached")) == [
        ("clock_breached", "first_contact", "R10-6.1.3"),
        ("clock_breached", "pass_on", "R10-6.1.3"),
        ("clock_warned", "first_contact", "R10-6.1.3"),
        ("clock_warned", "pass_on", "R10-6.1.3"),
    ]
    async with desk.house.database.transaction() as session:
        assert await audit.verify(session) == []


async def test_what_comes_too_late_is_breached_even_before_the_sweep_saw_it(desk: Desk):
    number = await desk.file()
    await desk.happens(number, "2026-11-23 16:00", ContactMade, first_contact_at=at("2026-11-23 16:00"))
    clock = (await desk.clocks(number))["first_contact"]
    assert (str(clock.state), shown(clock.stopped_at)) == ("breached", "2026-11-23 16:00")
    assert await desk.sweep("2026-11-23 16:01") == 0
    assert sorted(desk.said(ClockBreached)) == ["first_contact", "pass_on"]


async def test_many_sweeps_at_once_note_everything_once(desk: Desk):
    numbers = [await desk.file() for _ in range(30)]
    desk.clock.set(at("2026-11-23 14:30"))
    sweeps = [Sweep(desk.house.units, desk.running.parts.clocks) for _ in range(4)]
    for _ in range(3):  # what one sweep has in hand another leaves alone
        await asyncio.gather(*(sweep.run() for sweep in sweeps))
    assert len(desk.said(ClockBreached)) == 60
    for number in numbers:
        assert len(await desk.told(number, "clock_breached")) == 2
    async with desk.house.database.transaction() as session:
        assert await audit.verify(session) == []


async def test_a_ticket_that_somebody_has_in_hand_is_left_for_the_next_sweep(desk: Desk, database_url: str):
    first, second = await desk.file(), await desk.file()
    with psycopg.connect(database_url) as other:
        other.execute("select 1 from ticket where number = %s for update", [first])
        assert await asyncio.wait_for(desk.sweep("2026-11-23 14:30"), 10) == 2
        assert len(await desk.told(first, "clock_breached")) == 0
    assert len(await desk.told(second, "clock_breached")) == 2
    assert await desk.sweep("2026-11-23 14:31") == 2
    assert len(await desk.told(first, "clock_breached")) == 2


async def test_a_subscriber_that_fails_holds_up_no_other_ticket(desk: Desk):
    bad, good = await desk.file(), await desk.file()
    broken = True

    async def refuse(uow, event: ClockBreached) -> None:
        ticket = await uow.session.get_one(Ticket, event.ticket_id)
        if broken and ticket.number == bad:
            raise RuntimeError("no")

    desk.house.bus.inside(ClockBreached, refuse)
    await desk.sweep("2026-11-23 14:30")
    assert (len(await desk.told(bad, "clock_breached")), len(await desk.told(good, "clock_breached"))) == (
        0,
        2,
    )
    assert len(desk.said(ClockBreached)) == 2
    assert await desk.sweep("2026-11-23 14:30") == 0  # put off for a minute
    broken = False
    await desk.sweep("2026-11-23 14:32")
    assert len(await desk.told(bad, "clock_breached")) == 2


async def test_reopening_runs_a_clock_again(desk: Desk):
    number = await desk.file()
    await desk.happens(number, "2026-11-23 10:00", StageChanged, stage="settled")
    await desk.happens(number, "2026-11-25 10:00", StageChanged, stage="reopened")
    async with desk.house.units.begin() as uow:
        rows = await desk.running.parts.clocks.of(uow, await cases.get(uow, number))
    runs = [(row.generation, str(row.state), shown(row.due_at)) for row in rows if row.clock_id == "plan"]
    assert runs == [(1, "met", "2026-11-24 09:30"), (2, "running", "2026-11-26 10:30")]


async def test_a_ticket_of_another_sort_has_other_clocks(desk: Desk):
    number = await desk.file(kind="inquiry")
    await desk.happens(
        number, "2026-11-23 10:00", TicketReclassified, kind="quality_complaint", department="质量部"
    )
    states = {name: str(clock.state) for name, clock in (await desk.clocks(number)).items()}
    assert states == {
        "enquiry_answer": "withdrawn",
        "first_contact": "running",
        "pass_on": "running",
        "plan": "running",
        "outermost": "running",
    }
    due = await desk.due(number)
    assert (due["plan"], due["first_contact"]) == ("2026-11-24 10:30", "2026-11-23 14:30")
    assert await desk.told(number, "clock_moved", "clock_withdrawn") == [
        ("clock_withdrawn", "enquiry_answer", "R10-6.2.1"),
        ("clock_moved", "first_contact", "R10-6.1.3"),  # the quality department works other hours
    ]


async def test_the_desk_sees_the_clocks_of_a_ticket_and_supervisors_what_is_next(desk: Desk):
    number = await desk.file()
    late = await desk.file("2026-11-23 08:00", kind="inquiry")
    await desk.happens(
        number, "2026-11-23 10:00", AwaitingCustomer, awaiting_customer_since=at("2026-11-23 10:00")
    )
    await desk.sweep("2026-11-23 14:00")
    agent, supervisor = (
        await logged_in(desk.running, Role.AGENT),
        await logged_in(desk.running, Role.SUPERVISOR),
    )
    async with contextlib.aclosing(agent), contextlib.aclosing(supervisor):
        items = (await agent.get(f"/api/v1/tickets/{number}/clocks")).json()["items"]
        found = {item["id"]: (item["state"], item["remaining_seconds"]) for item in items}
        assert found["pass_on"] == ("warned", 1800)
        assert found["plan"] == ("paused", 7 * 3600)
        assert found["outermost"][0] == "running"
        assert {item["id"]: item["source"] for item in items}["plan"] == "R10-6.2.2"
        assert (await agent.get("/api/v1/tickets/26112399999/clocks")).status_code == 404
        assert (await agent.get("/api/v1/clocks/next")).status_code == 403
        wall = (await supervisor.get("/api/v1/clocks/next", params={"limit": 50})).json()
        wanted = ("pass_on", "enquiry_answer", "outermost")
        shown_there = [(item["ticket_number"], item["id"]) for item in wall["items"] if item["id"] in wanted]
        assert shown_there == [(number, "pass_on"), (late, "enquiry_answer"), (number, "outermost")]
        assert wall["items"] == sorted(wall["items"], key=lambda item: item["due_at"])
        assert (await supervisor.get("/api/v1/clocks/next", params={"limit": 0})).status_code == 422


async def test_what_is_promised(desk: Desk):
    number = await desk.file()
    async with desk.house.units.begin() as uow:
        ticket = await cases.get(uow, number)
        given = [
            (one.clock_id, shown(one.due_at), one.amount, one.unit)
            for one in await promises(uow, desk.house.policy, ticket)
        ]
    assert given == [
        ("first_contact", "2026-11-23 14:30", 4, "working_hours"),
        ("outermost", "2026-12-08 23:59", 15, "days"),
    ]
    await desk.happens(number, "2026-11-23 10:00", ContactMade, first_contact_at=at("2026-11-23 10:00"))
    async with desk.house.units.begin() as uow:
        ticket = await cases.get(uow, number)
        assert [one.clock_id for one in await promises(uow, desk.house.policy, ticket)] == ["outermost"]
    night = promise_for(desk.house.policy, "human_callback", at("2026-11-23 23:00"))
    assert shown(night.due_at) == "2026-11-24 10:30"
    with pytest.raises(KeyError):
        promise_for(desk.house.policy, "nonsense", at(MONDAY))


async def test_the_worker_sweeps_by_itself(desk: Desk):
    await desk.file()
    desk.clock.set(at("2026-11-23 14:30"))
    worker = asyncio.create_task(desk.house.jobs.work())
    async with asyncio.timeout(20):
        while len(desk.said(ClockBreached)) < 2:
            await asyncio.sleep(0.05)
    worker.cancel()
    await asyncio.gather(worker, return_exceptions=True)


async def test_a_sweep_reads_what_is_due_by_its_index(desk: Desk, database_url: str):
    number = await desk.file()
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "insert into clock (id, ticket_id, clock_id, generation, started_at, due_at, next_at, pauses, withdrawn,"
            " policy_version) select gen_random_uuid(), (select id from ticket where number = %s), 'plan', n, now(),"
            " now() + interval '1 day', timestamptz '2027-01-01' + n * interval '1 minute', '[]', false, 'x'"
            " from generate_series(2, 20000) n",
            [number],
        )
        connection.execute("analyze clock")
        plan = connection.execute(
            "explain select * from clock where next_at <= timestamptz '2026-11-24' order by next_at limit 100"
            " for update skip locked"
        ).fetchall()
    assert any("ix_clock_next_at" in line for (line,) in plan)
