"""Workflow, clocks and escalation together: a case of each kind from filing to improvement, over HTTP."""

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from backend.access.roles import Role
from backend.clock import SHANGHAI, FixedClock
from backend.conversations import hub
from backend.settings import Settings
from backend.sla.facts import facts_of
from backend.sla.models import ClockState, TicketClock
from backend.sla.sweep import Sweep
from backend.tickets import audit, cases
from backend.tickets.kinds import Kind
from tests.integration.backend.conftest import Running, started
from tests.integration.backend.desk_steps import WHOLE, Desk
from tests.integration.backend.escalation_scenes import firings, ticket_of, ticket_row, work_until

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=SHANGHAI)
RATED = {"rated_attitude": 4, "rated_skill": 3, "rated_arrival": 4, "rated_promises": 3}
AT_ONCE = {Kind.SUGGESTION, Kind.INQUIRY}
CALLED_BACK = set(Kind) - AT_ONCE
OVER = {ClockState.MET, ClockState.WITHDRAWN}


class House:
    """The product, its time, and what the tests ask of it."""

    def __init__(self, running: Running, clock: FixedClock) -> None:
        self.running, self.clock = running, clock
        self.units, self.parts = running.parts.house.units, running.parts

    def to(self, text: str) -> datetime:
        self.clock.set(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI))
        return self.clock.now()

    def later(self, **time: float) -> None:
        self.clock.set(self.clock.now() + timedelta(**time))

    async def file(self, **facts) -> str:
        """A ticket of a conversation that there is, so that its customer can be written to."""
        async with self.units.begin() as uow:
            conversation = await hub.start(uow, "web")
        return await ticket_of(self.running, conversation_id=conversation.id, **facts)

    async def desk(self, role: Role, number: str) -> Desk:
        return await Desk.of(self.running, role, number)

    async def clocks(self, number: str) -> list[TicketClock]:
        async with self.units.begin() as uow:
            return await self.parts.clocks.of(uow, await cases.get(uow, number))

    async def clock_of(self, number: str, clock_id: str) -> TicketClock:
        runs = [clock for clock in await self.clocks(number) if clock.clock_id == clock_id]
        return max(runs, key=lambda clock: clock.generation)

    async def happens(self, number: str, *triggers: str) -> None:
        """What a service order says of its ticket."""
        async with self.units.begin() as uow:
            await self.parts.clocks.happened(uow, await cases.locked(uow, number), triggers)

    async def sweep(self) -> int:
        return await Sweep(self.units, self.parts.clocks).run()

    async def verified(self) -> list[audit.Finding]:
        async with self.running.parts.house.database.transaction() as session:
            return await audit.verify(session)


@pytest.fixture
async def house(settings: Settings) -> AsyncIterator[House]:
    settings.session_hours = 24 * 365
    clock = FixedClock(MONDAY)
    async with started(settings, clock=clock) as running:
        yield House(running, clock)


async def settled(house: House, desk: Desk, kind: Kind) -> None:
    """The steps up to settlement, a quarter of an hour each, so that nothing is late."""
    for step, facts in WHOLE.items():
        if step == "improve":
            return
        if kind in AT_ONCE and step in {"set_responsibility", "investigate"}:
            continue
        house.later(minutes=15)
        if step == "judge":
            await desk.take("contact")
            await desk.take("assign", assignee="user-supervisor")
        await desk.take(step, **facts)


@pytest.mark.parametrize("kind", list(Kind))
async def test_a_timely_case_leaves_no_clock_running_and_none_breached(house: House, kind: Kind):
    number = await house.file(kind=kind)
    supervisor = await house.desk(Role.SUPERVISOR, number)
    await settled(house, supervisor, kind)
    if kind is Kind.REPAIR_REQUEST:
        await house.happens(number, "arrived")
    await house.sweep()
    running = {clock.clock_id for clock in await house.clocks(number) if clock.stopped_at is None}
    assert running == ({"callback"} if kind in CALLED_BACK else set())
    house.to("2026-11-24 11:00")
    if kind in CALLED_BACK:
        await supervisor.take("record_callback", reached=True, **RATED)
    await supervisor.take("improve", **WHOLE["improve"])
    house.to("2027-06-01 09:00")
    assert await house.sweep() == 0
    states = {clock.clock_id: clock.state for clock in await house.clocks(number)}
    assert set(states.values()) <= OVER, states
    assert {"first_contact", "result_told"} <= set(states)
    assert await firings(house.running, number) == {}
    assert await house.verified() == []


async def test_a_case_that_nobody_touches_goes_up_by_each_clock_once(house: House):
    number = await house.file()
    for day in range(23, 31):
        for hour in (10, 12, 14, 16, 18):
            house.to(f"2026-11-{day} {hour}:00")
            await house.sweep()
    assert {clock.clock_id: clock.state for clock in await house.clocks(number)} | {"outermost": ""} == {
        "pass_on": ClockState.BREACHED,
        "first_contact": ClockState.BREACHED,
        "plan": ClockState.BREACHED,
        "ack_supervisor": ClockState.BREACHED,
        "ack_manager": ClockState.BREACHED,
        "outermost": "",
    }
    fired = await firings(house.running, number)
    assert {"late-passing-on/supervisor", "late-first-contact/supervisor", "late-plan/manager"} <= set(fired)
    assert await house.verified() == []


async def test_a_clock_that_another_one_ends_in_the_same_sweep_is_noted_once(house: House):
    """The late plan calls the manager, and so ends the supervisor's hour, which is over as well."""
    number = await house.file()
    house.to("2026-11-24 09:20")
    await house.sweep()
    supervisor, plan = await house.clock_of(number, "ack_supervisor"), await house.clock_of(number, "plan")
    assert (supervisor.state, plan.breached_at) == (ClockState.RUNNING, None)
    assert plan.next_at < supervisor.next_at
    house.to("2026-11-24 15:00")
    assert max(plan.due_at, supervisor.due_at) < house.clock.now()
    await house.sweep()
    async with house.units.begin() as uow:
        entries = await cases.timeline_of(uow, await cases.get(uow, number))
    noted = [entry.rule for entry in entries if entry.verb == "clock_breached"]
    assert {"plan", "ack_supervisor"} <= set(noted)
    assert len(noted) == len(set(noted))


# the call-back


async def to_callback(house: House, **facts) -> tuple[str, Desk]:
    number = await house.file(**facts)
    desk = await house.desk(Role.SUPERVISOR, number)
    await desk.go("settle")
    return number, desk


async def test_a_call_back_needs_to_say_what_the_customer_thinks(house: House):
    number, desk = await to_callback(house)
    assert (await house.clock_of(number, "callback")).due_at == datetime(2026, 11, 24, 18, tzinfo=SHANGHAI)
    house.to("2026-11-24 10:00")
    assert await desk.lacks("record_callback") == {"reached"}
    rated = {"rated_attitude", "rated_skill", "rated_promises"}
    assert await desk.lacks("record_callback", reached=True) == rated
    assert await desk.lacks("record_callback", reached=False, at="2026-11-24T11:00:00+08:00") == {
        "at_not_in_future"
    }
    assert await desk.lacks("record_callback", reached=False, at="2026-11-22T11:00:00+08:00") == {
        "at_after_notice"
    }
    response = await desk.attempt("record_callback", reached=True, rated_attitude=5)
    assert response.status_code == 422
    after = await desk.take(
        "record_callback",
        reached=True,
        at="2026-11-24T09:30:00+08:00",
        customer_suggestion="说明书字太小",
        **{name: RATED[name] for name in rated},
    )
    assert after["case"]["callback_outcome"] == "reached"
    assert after["case"]["customer_suggestion"] == "说明书字太小"
    (entry,) = [entry for entry in after["timeline"] if entry["verb"] == "called_back"]
    assert (entry["rule"], entry["source"]) == ("record_callback", "R1-4.3(6)")
    assert entry["after"]["rated_attitude"] == 4
    clock = await house.clock_of(number, "callback")
    assert (clock.state, clock.stopped_at) == (ClockState.MET, datetime(2026, 11, 24, 9, 30, tzinfo=SHANGHAI))
    assert (await desk.attempt("record_callback", reached=True, **RATED)).status_code == 409


async def test_three_calls_that_nobody_answers_end_the_call_back(house: House):
    number, desk = await to_callback(house)
    for hour, outcome in ((10, None), (14, None), (17, "not_reached")):
        house.to(f"2026-11-24 {hour}:00")
        assert (await house.clock_of(number, "callback")).state is ClockState.RUNNING
        after = await desk.take("record_callback", reached=False)
        assert after["case"]["callback_outcome"] == outcome
    assert after["case"]["callback_attempts"] == 3
    assert len([entry for entry in after["timeline"] if entry["verb"] == "called_back"]) == 3
    assert (await house.clock_of(number, "callback")).state is ClockState.MET


async def test_a_reopened_case_is_contacted_and_called_back_again(house: House):
    number, desk = await to_callback(house)
    house.to("2026-11-24 10:00")
    await desk.take("record_callback", reached=True, **RATED)
    house.to("2026-11-26 09:00")
    after = await desk.take("reopen", note="又漏了")
    assert (after["case"]["callback_outcome"], after["case"]["first_contact_at"]) == (None, None)
    again = await house.clock_of(number, "first_contact")
    assert (again.generation, again.state) == (2, ClockState.RUNNING)
    assert again.due_at == datetime(2026, 11, 26, 14, 30, tzinfo=SHANGHAI)
    house.to("2026-11-26 10:00")
    await desk.take("contact")
    assert (await house.clock_of(number, "first_contact")).state is ClockState.MET
    await desk.go("settle", investigate={"unsolved_cause": "上次未复查"})
    callback = await house.clock_of(number, "callback")
    assert (callback.generation, callback.state) == (2, ClockState.RUNNING)


# the emergency


async def test_a_case_is_not_closed_while_its_emergency_is_open(house: House):
    number = await house.file(hazard=True, severity="grave", signals={"hazard_kind": "gas"})
    other = await house.file()
    desk = await house.desk(Role.GM, number)
    assert (await desk.detail())["case"]["emergency_open"] is True
    assert await desk.lacks("withdraw", note="客户说没事了") == {"emergency_closed"}
    assert await desk.lacks("merge", other=other) == {"emergency_closed"}
    proposer = await house.desk(Role.MANAGER, number)
    for step in ("judge", "set_responsibility", "investigate", "propose"):
        await proposer.take(step, **WHOLE[step])
    await desk.take("approve")
    await desk.take("notify_customer", **WHOLE["notify_customer"])
    response = await desk.attempt("settle", **WHOLE["settle"])
    assert response.status_code == 409
    assert "应急处置" in response.json()["error"]["message"]
    assert (await desk.offers())["settle"]["lacks"][0] == "emergency_closed"
    for task in (await desk.http.get(f"{desk.path}/emergency")).json()["tasks"]:
        answer = await desk.http.post(f"{desk.path}/emergency/tasks/{task['task']}", json={})
        assert answer.status_code == 200, answer.text
    assert (await desk.http.post(f"{desk.path}/emergency/close", json={"note": "已排除"})).status_code == 200
    assert (await desk.take("settle", **WHOLE["settle"]))["stage"] == "settled"


# what costs a person their step, and what does not


async def test_what_the_house_merely_notes_costs_nobody_their_step(house: House, database_url: str):
    number = await house.file()
    desk = await house.desk(Role.SUPERVISOR, number)
    seen = await desk.detail()
    house.to("2026-11-23 12:00")
    assert await house.sweep() == 2
    sent = "count(*) > 0 from notice where state = 'sent'"
    await work_until(house.running, database_url, sent)
    now = await desk.detail()
    assert {"clock_warned", "alerted"} <= {entry["verb"] for entry in now["timeline"]}
    assert now["version"] == seen["version"]
    assert (await desk.attempt("judge", version=seen["version"], **WHOLE["judge"])).status_code == 200


async def test_changed_facts_still_cost_a_step(house: House):
    number = await house.file()
    desk = await house.desk(Role.SUPERVISOR, number)
    seen = (await desk.detail())["version"]
    house.to("2026-11-23 14:30")
    await house.sweep()
    assert (await ticket_row(house.running, number)).level == "supervisor"
    refused = await desk.attempt("judge", version=seen, **WHOLE["judge"])
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "conflict")


async def test_a_step_that_changes_no_fact_is_a_step_all_the_same(house: House):
    number = await house.file()
    desk = await house.desk(Role.SUPERVISOR, number)
    seen = (await desk.detail())["version"]
    facts = {"kind": "suggestion", "description": "说明书字太小"}
    assert (await desk.attempt("split", version=seen, **facts)).status_code == 200
    assert (await desk.attempt("split", version=seen, **facts)).status_code == 409
    await desk.take("split", **facts)
    assert len((await desk.detail())["linked"]) == 2


# clocks that lose their reason, or get it back


async def test_a_solution_worked_out_anew_has_nothing_to_be_told_of(house: House):
    number = await house.file()
    desk = await house.desk(Role.SUPERVISOR, number)
    await desk.go("approve")
    assert (await house.clock_of(number, "result_told")).state is ClockState.RUNNING
    await desk.take("propose", **WHOLE["propose"] | {"solution": "换一台"})
    assert (await house.clock_of(number, "result_told")).state is ClockState.WITHDRAWN
    house.later(minutes=10)
    await desk.take("approve")
    assert (await house.clock_of(number, "result_told")).state is ClockState.RUNNING


async def test_an_undone_merger_gives_the_clocks_back(house: House):
    number, into = await house.file(), await house.file()
    desk = await house.desk(Role.SUPERVISOR, number)
    house.to("2026-11-23 10:00")
    await desk.take("contact")
    due = {clock.clock_id: clock.due_at for clock in await house.clocks(number) if clock.stopped_at is None}
    assert set(due) == {"plan", "outermost"}
    house.to("2026-11-23 11:00")
    await desk.take("merge", other=into)
    assert all(clock.stopped_at for clock in await house.clocks(number))
    house.to("2026-11-23 17:00")
    after = await desk.take("unmerge", note="不是一回事")
    running = {clock.clock_id: clock.due_at for clock in await house.clocks(number) if not clock.stopped_at}
    assert running == due
    assert {entry["rule"] for entry in after["timeline"] if entry["verb"] == "clock_resumed"} == set(due)


# all at once


async def test_a_random_day_with_two_workers_leaves_clocks_and_record_consistent(house: House):
    """Steps, sweeps by two workers at once, one of them cut off: clocks recompute to what they are."""
    chance = random.Random(5)
    numbers = [await house.file(kind=kind) for kind in Kind for _ in range(2)]
    desks = [await house.desk(Role.GM, number) for number in numbers]
    for _ in range(25):
        house.later(minutes=chance.choice((5, 15, 40)))
        sweeps = [asyncio.create_task(house.sweep()) for _ in range(2)]
        chosen = chance.sample(desks, 3)
        await asyncio.gather(*(_some_step(desk, chance) for desk in chosen))
        if chance.random() < 0.3:
            sweeps[0].cancel()
        await asyncio.gather(*sweeps, return_exceptions=True)
    await house.sweep()
    assert await house.verified() == []
    for number in numbers:
        await _consistent(house, number)


async def _some_step(desk: Desk, chance: random.Random) -> None:
    open_now = [offer for name, offer in (await desk.offers()).items() if name in WHOLE]
    steps = [offer["step"] for offer in open_now] + ["contact", "await_customer", "customer_answered"]
    step = chance.choice(steps)
    answer = await desk.attempt(step, **WHOLE.get(step, {"note": "等照片"}))
    assert answer.status_code in {200, 409, 403}, answer.text


async def _consistent(house: House, number: str) -> None:
    async with house.units.begin() as uow:
        ticket = await cases.get(uow, number)
        entries = await cases.timeline_of(uow, ticket)
        keeper = house.parts.clocks.keeper
        for clock in await house.parts.clocks.of(uow, ticket):
            count = keeper.count(clock.clock_id, facts_of(ticket))
            if clock.breached_at is None and clock.stopped_at is None:
                assert clock.due_at == count.due(clock.started_at, clock.taken()).due_at
            told = [e for e in entries if e.verb == "clock_breached" and e.rule == clock.clock_id]
            generations = [
                c for c in await house.parts.clocks.of(uow, ticket) if c.clock_id == clock.clock_id
            ]
            assert len(told) == sum(c.breached_at is not None for c in generations)
        escalated = [(entry.rule, entry.after["called"]) for entry in entries if entry.verb == "escalated"]
        assert len(escalated) == len(set(escalated))
