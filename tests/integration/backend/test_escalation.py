"""Rules fire with what happens, once each, and what follows is on the ticket, the timeline and the desk (invariant 6)."""

import asyncio
import uuid

import httpx
import psycopg
import pytest
from sqlalchemy import func, select

from backend import policy
from backend.access.roles import Role
from backend.clock import FixedClock
from backend.conversations.events import HandoverRequested
from backend.escalation.facts import Trigger
from backend.escalation.firing import Cause
from backend.escalation.models import Escalation, EscalationTrigger
from backend.escalation.rules import Firing, replayed
from backend.policy.escalation import Actions
from backend.settings import PROJECT_ROOT
from backend.sla.events import ClockBreached
from backend.tickets import audit
from backend.tickets.models import Ticket
from backend.tickets.schemas import Contact
from backend.unit_of_work import UnitOfWork
from tests.integration.backend.conftest import Running, logged_in
from tests.integration.backend.escalation_scenes import (
    FRIDAY,
    escalations,
    firings,
    listed,
    ticket_of,
    ticket_row,
)

FURIOUS = {"signals": {"anger": 3, "threat": True}}


async def test_an_ordinary_ticket_calls_nobody_and_its_facts_are_noted(running: Running):
    number = await ticket_of(running)
    assert await firings(running, number) == {}
    async with running.parts.house.database.transaction() as session:
        (trigger,) = await session.scalars(select(EscalationTrigger))
    assert trigger.facts["event"] == {"type": "filed", "clock": "", "stage": ""}
    assert trigger.facts["ticket"]["kind"] == "quality_complaint"
    assert trigger.facts["customer"] == {
        "open_tickets": 1,
        "tickets_90d": 1,
        "verified": False,
        "key_customer": False,
    }


async def test_a_grave_ticket_is_raised_as_its_clause_asks(running: Running, agent: httpx.AsyncClient):
    number = await ticket_of(running, severity="grave")
    ticket = await ticket_row(running, number)
    assert (ticket.level, ticket.priority, ticket.reply_required) == ("deputy_gm", "urgent", "written")
    item = (await listed(agent, number))["grave-complaint/deputy_gm"]
    assert (item["source"], item["event"]) == ("R3b-26", "filed")
    assert item["clause"].startswith("重大建议或投诉")
    assert {(fact["path"], fact["value"], fact["name"], fact["words"]) for fact in item["facts"]} == {
        ("ticket.severity", "grave", "严重程度", "重大"),
        ("ticket.hazard", False, "有安全隐患", "否"),
    }
    timeline = (await agent.get(f"/api/v1/tickets/{number}")).json()["timeline"]
    (entry,) = [entry for entry in timeline if entry["verb"] == "escalated"]
    assert (entry["rule"], entry["source"]) == ("grave-complaint", "R3b-26")
    assert entry["before"] == {"level": "agent", "priority": "normal", "reply_required": "none"}
    assert entry["after"]["level"] == entry["after"]["called"] == "deputy_gm"
    assert entry["after"]["handover"] == "now"
    assert entry["after"]["notify"] == "副总经理"
    assert "严重程度：重大" in entry["note"]


async def test_a_rule_that_calls_nobody_is_told_as_such(running: Running, agent: httpx.AsyncClient):
    number = await ticket_of(running, intake="incomplete")
    assert set(await firings(running, number)) == {"incomplete-intake/"}
    timeline = (await agent.get(f"/api/v1/tickets/{number}")).json()["timeline"]
    assert [entry["verb"] for entry in timeline] == ["filed", "routed", "alerted"]
    assert (await ticket_row(running, number)).level == "agent"


async def test_several_rules_raise_to_the_highest_and_nothing_goes_down(running: Running):
    number = await ticket_of(running, severity="grave", **FURIOUS)
    fired = await firings(running, number)
    assert {"grave-complaint/deputy_gm", "anger/supervisor", "fury/manager", "threat/manager"} <= set(fired)
    ticket = await ticket_row(running, number)
    assert (ticket.level, ticket.priority) == ("deputy_gm", "urgent")


async def test_each_rule_fires_once_however_often_the_ticket_changes(
    running: Running, agent: httpx.AsyncClient
):
    number = await ticket_of(running, **FURIOUS)
    before = set(await firings(running, number))
    house = running.parts.house
    for _ in range(3):
        async with house.units.begin() as uow:
            ticket = await uow.session.scalar(select(Ticket).where(Ticket.number == number).with_for_update())
            await escalations(running).react(uow, ticket, Trigger("changed"))
    assert set(await firings(running, number)) == before
    timeline = (await agent.get(f"/api/v1/tickets/{number}")).json()["timeline"]
    rules = [entry["rule"] for entry in timeline if entry["verb"] == "escalated"]
    assert sorted(rules) == sorted(set(rules)) == ["anger", "fury", "threat"]


async def test_it_all_is_undone_with_what_caused_it(running: Running, database_url: str):
    house = running.parts.house

    async def fail(_uow: UnitOfWork, _event: HandoverRequested) -> None:
        raise RuntimeError("changed my mind")

    house.bus.inside(HandoverRequested, fail)
    with pytest.raises(RuntimeError, match="changed my mind"):
        await ticket_of(running, severity="grave")
    with psycopg.connect(database_url) as connection:
        counts = connection.execute(
            "select (select count(*) from ticket), (select count(*) from escalation),"
            " (select count(*) from notice), (select count(*) from procrastinate_jobs)"
        ).fetchone()
    assert counts == (0, 0, 0, 0)


async def test_a_breached_clock_calls_its_level(running: Running):
    number = await ticket_of(running)
    ticket = await ticket_row(running, number)
    async with running.parts.house.units.begin() as uow:
        await uow.publish(ClockBreached(ticket.id, "plan", uow.now))
    row = (await firings(running, number))["late-plan/manager"]
    assert row.facts == {"event.clock": "plan"}
    assert row.event == "clock_breached"


async def test_of_two_workers_that_see_the_same_breach_one_fires(running: Running):
    house = running.parts.house
    for each in range(5):
        number = await ticket_of(running, contact=Contact(phone=f"1381234567{each}"))
        ticket = await ticket_row(running, number)

        async def worker(ticket_id: uuid.UUID = ticket.id) -> int:
            async with house.units.begin() as uow:
                trigger = Trigger("clock_breached", clock="plan")
                return len(await escalations(running).react_by_id(uow, ticket_id, trigger))

        assert sorted(await asyncio.gather(worker(), worker())) == [0, 1]
        assert set(await firings(running, number)) == {"late-plan/manager"}


async def test_the_database_itself_lets_only_one_of_two_racing_firings_in(running: Running):
    """Even if both have read that nothing has fired yet: the key on ticket, rule and level decides."""
    house = running.parts.house
    number = await ticket_of(running)
    ticket = await ticket_row(running, number)
    firing = Firing("race", "赛跑", "manager", Actions(level="manager"), "R4", {})
    both_ready = asyncio.Barrier(2)

    async def worker() -> bool:
        async with house.units.begin() as uow:
            mine = await uow.session.get_one(Ticket, ticket.id)
            await both_ready.wait()
            row = await escalations(running)._recorded(uow, mine, firing, Cause("changed"))
            return row is not None

    assert sorted(await asyncio.gather(worker(), worker())) == [False, True]
    async with house.database.transaction() as session:
        count = await session.scalar(select(func.count()).select_from(Escalation))
    assert count == 1


async def test_a_conversation_is_asked_to_be_handed_over(running: Running):
    wanted: list[HandoverRequested] = []

    async def hear(_uow: UnitOfWork, event: HandoverRequested) -> None:
        wanted.append(event)

    running.parts.house.bus.inside(HandoverRequested, hear)
    conversation = uuid.uuid4()
    number = await ticket_of(running, conversation_id=conversation, signals={"wants_human": True})
    assert wanted == [HandoverRequested(conversation, number, "wants-a-person", "")]


async def test_a_customer_with_many_tickets_is_noticed(running: Running):
    numbers = [await ticket_of(running) for _ in range(5)]
    assert "frequent-customer/manager" not in await firings(running, numbers[3])
    assert "frequent-customer/manager" in await firings(running, numbers[4])


@pytest.mark.parametrize(
    "signals",
    [
        {"anger": "very", "threat": "yes", "vulnerable": 1, "hazard_kind": "dragon"},
        {"anger": True, "hazard_kind": None},
        {"anger": 2.5, "hazard_kind": ["fire"]},
        {"anger": None, "wants_human": None},
    ],
)
async def test_odd_signals_count_as_not_heard(running: Running, signals: dict):
    number = await ticket_of(running, signals=signals)
    assert await firings(running, number) == {}


async def test_recomputing_from_what_was_noted_gives_what_fired(running: Running):
    await ticket_of(running, severity="grave", **FURIOUS)
    await ticket_of(running, hazard=True, signals={"hazard_kind": "injury", "repeated": True})
    await ticket_of(running, intake="incomplete", signals={"vulnerable": True})
    rules = running.parts.house.policy.escalation.rules
    async with running.parts.house.database.transaction() as session:
        for ticket in await session.scalars(select(Ticket)):
            query = select(EscalationTrigger.facts).where(EscalationTrigger.ticket_id == ticket.id)
            history = list(await session.scalars(query.order_by(EscalationTrigger.id)))
            rows = await session.scalars(select(Escalation).where(Escalation.ticket_id == ticket.id))
            assert replayed(rules, history) == {(row.rule, row.level) for row in rows}
    async with running.parts.house.database.transaction() as session:
        assert await audit.verify(session) == []


async def test_patience_is_counted_in_working_time(settings, clock_running):
    async with clock_running(FixedClock(FRIDAY)) as running:
        number = await ticket_of(running, signals={"anger": 2})
        row = (await firings(running, number))["anger/supervisor"]
        assert row.ack_due_at == FRIDAY.replace(hour=11)  # one hour of the hotline


async def test_the_policy_can_be_read_at_the_desk(agent: httpx.AsyncClient):
    answer = (await agent.get("/api/v1/policy")).json()
    shipped = policy.load(PROJECT_ROOT / "policy")
    assert answer["version"] == shipped.version
    files = {file["name"]: file for file in answer["files"]}
    assert {"routing.yml", "sla.yml", "escalation.yml", "workflow.yml", "calendar.yml"} <= set(files)
    sections = {section["name"]: section["entries"] for section in files["escalation.yml"]["sections"]}
    rule = {entry["id"]: entry for entry in sections["rules"]}["grave-complaint"]
    assert rule["condition"] == 'ticket.severity == "grave" || ticket.hazard'
    assert rule["fields"]["on"] == "filed, reclassified, changed"
    assert "deputy_gm" in rule["fields"]["then"]
    assert rule["sources"] == [{"id": "R3b-26", "text": shipped.clauses["R3b-26"]}]
    assert len(sections["rules"]) == len(shipped.escalation.rules)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("R3b-26", {"R3b-26"}),
        ("副总经理 书面", {"R3b-26"}),
        ("总经理批准", {"R10-6.2.4"}),
        ("没有这样的话", set()),
    ],
)
async def test_clauses_are_found_by_id_and_wording(agent: httpx.AsyncClient, text: str, expected: set[str]):
    items = (await agent.get("/api/v1/policy/clauses", params={"text": text})).json()["items"]
    assert {item["id"] for item in items} == expected
    if "R3b-26" in expected:
        assert "escalation.yml: grave-complaint" in items[0]["cited_by"]


async def test_nobody_from_outside_reads_any_of_it(client: httpx.AsyncClient):
    for path in ("policy", "policy/clauses", "notices", "tickets/26112700013/escalations"):
        assert (await client.get(f"/api/v1/{path}")).status_code == 401


async def test_an_unknown_ticket_has_no_escalations(running: Running):
    supervisor = await logged_in(running, Role.SUPERVISOR)
    for path in ("escalations", "emergency"):
        assert (await supervisor.get(f"/api/v1/tickets/26112399999/{path}")).status_code == 404
    await supervisor.aclose()
