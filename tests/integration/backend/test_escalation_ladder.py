"""Who is called must acknowledge; else the next level is. Emergencies stay open until all is done."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from backend.access.roles import Role
from backend.clock import FixedClock
from backend.settings import Settings
from backend.tickets.models import Ticket
from tests.integration.backend.conftest import Running, logged_in, started
from tests.integration.backend.escalation_scenes import (
    FRIDAY,
    firings,
    ladder,
    listed,
    ticket_of,
    ticket_row,
    work_until,
)

ANGRY = {"signals": {"anger": 2}}


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(FRIDAY)


@pytest.fixture
async def running(settings: Settings, clock: FixedClock) -> AsyncIterator[Running]:
    async with started(settings, clock=clock) as it:
        yield it


class People:
    """Clients of the desk by role, logged in when they are first needed."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._clients: dict[str, httpx.AsyncClient] = {}

    async def __call__(self, role: str) -> httpx.AsyncClient:
        if role not in self._clients:
            self._clients[role] = await logged_in(self._running, Role(role))
        return self._clients[role]

    async def leave(self) -> None:
        for client in self._clients.values():
            await client.aclose()


@pytest.fixture
async def people(running: Running) -> AsyncIterator[People]:
    everybody = People(running)
    yield everybody
    await everybody.leave()


async def acknowledge(
    client: httpx.AsyncClient, escalation_id: UUID | str, note: str = "我来"
) -> httpx.Response:
    return await client.post(f"/api/v1/escalations/{escalation_id}/ack", json={"note": note})


async def test_a_level_that_does_not_acknowledge_is_passed_over_up_to_the_general_manager(
    running: Running, clock: FixedClock
):
    number = await ticket_of(running, **ANGRY)
    seen = ["supervisor"]
    while True:
        row = (await firings(running, number))[f"anger/{seen[-1]}"]
        assert row.ack_due_at is not None
        clock.set(row.ack_due_at)
        await ladder(running).climb(str(row.id))
        fired = await firings(running, number)
        assert fired[f"anger/{seen[-1]}"].passed_on_at == row.ack_due_at
        above = [f for f in fired.values() if f.raised_from == row.id]
        if not above:
            break
        seen.append(above[0].level)
        assert (await ticket_row(running, number)).level == above[0].level
        assert (above[0].event, above[0].source) == ("level_unacknowledged", "R1-1.2")
    assert seen == ["supervisor", "manager", "deputy_gm", "gm"]
    assert "unacknowledged/" in await firings(running, number)
    assert "unacknowledged-at-the-top/" in await firings(running, number)


async def test_climbing_again_or_too_early_changes_nothing(running: Running, clock: FixedClock):
    number = await ticket_of(running, **ANGRY)
    row = (await firings(running, number))["anger/supervisor"]
    assert row.ack_due_at is not None
    clock.set(row.ack_due_at - timedelta(seconds=1))
    await ladder(running).climb(str(row.id))
    assert set(await firings(running, number)) == {"anger/supervisor"}
    clock.set(row.ack_due_at)
    await asyncio.gather(*(ladder(running).climb(str(row.id)) for _ in range(3)))
    assert set(await firings(running, number)) == {"anger/supervisor", "anger/manager", "unacknowledged/"}


async def test_the_queue_climbs_by_itself(running: Running, clock: FixedClock, database_url: str):
    number = await ticket_of(running, **ANGRY)
    row = (await firings(running, number))["anger/supervisor"]
    assert row.ack_due_at is not None
    clock.set(row.ack_due_at)
    await work_until(running, database_url, "exists (select from escalation where level = 'manager')")
    assert "anger/manager" in await firings(running, number)


async def test_who_acknowledges_stops_the_ladder(running: Running, people: People, clock: FixedClock):
    number = await ticket_of(running, **ANGRY)
    row = (await firings(running, number))["anger/supervisor"]
    answer = await acknowledge(await people("supervisor"), row.id)
    assert answer.status_code == 200
    assert (answer.json()["acknowledged_by"], answer.json()["clause"]) == (
        "User-Supervisor",
        running.parts.house.policy.clauses["R1-1.2"],
    )
    assert row.ack_due_at is not None
    clock.set(row.ack_due_at)
    await ladder(running).climb(str(row.id))
    assert set(await firings(running, number)) == {"anger/supervisor"}
    timeline = (await (await people("agent")).get(f"/api/v1/tickets/{number}")).json()["timeline"]
    entry = timeline[-1]
    assert (entry["verb"], entry["actor_name"], entry["rule"], entry["source"], entry["note"]) == (
        "acknowledged",
        "User-Supervisor",
        "anger",
        "R1-1.2",
        "我来",
    )


@pytest.mark.parametrize(
    ("role", "status"),
    [("agent", 403), ("supervisor", 403), ("manager", 200), ("deputy_gm", 200), ("gm", 200), ("admin", 403)],
)
async def test_it_takes_a_person_of_at_least_that_level(
    running: Running, people: People, role: str, status: int
):
    number = await ticket_of(running, signals={"threat": True})
    row = (await firings(running, number))["threat/manager"]
    assert (await acknowledge(await people(role), row.id)).status_code == status
    after = (await firings(running, number))["threat/manager"]
    assert (after.acknowledged_at is not None) == (status == 200)


async def test_it_is_acknowledged_once(running: Running, people: People):
    number = await ticket_of(running, **ANGRY)
    row = (await firings(running, number))["anger/supervisor"]
    clients = [await people(role) for role in ("supervisor", "manager", "gm")]
    answers = await asyncio.gather(*(acknowledge(client, row.id) for client in clients))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]


async def test_whoever_acknowledges_the_higher_level_has_taken_up_the_lower_ones(
    running: Running, people: People, clock: FixedClock
):
    number = await ticket_of(running, **ANGRY)
    row = (await firings(running, number))["anger/supervisor"]
    assert row.ack_due_at is not None
    clock.set(row.ack_due_at)
    await ladder(running).climb(str(row.id))
    above = (await firings(running, number))["anger/manager"]
    assert (await acknowledge(await people("manager"), above.id)).status_code == 200
    fired = await firings(running, number)
    assert (
        fired["anger/supervisor"].acknowledged_by == fired["anger/manager"].acknowledged_by == "User-Manager"
    )


async def test_what_calls_nobody_cannot_be_acknowledged(running: Running, people: People):
    number = await ticket_of(running, intake="incomplete")
    row = (await firings(running, number))["incomplete-intake/"]
    assert (await acknowledge(await people("gm"), row.id)).status_code == 409
    unknown = "00000000-0000-0000-0000-000000000000"
    assert (await acknowledge(await people("gm"), unknown)).status_code == 404


async def test_a_closed_ticket_climbs_no_further(running: Running, clock: FixedClock):
    number = await ticket_of(running, **ANGRY)
    row = (await firings(running, number))["anger/supervisor"]
    async with running.parts.house.database.transaction() as session:
        ticket = await session.get_one(Ticket, row.ticket_id)
        ticket.stage = "cancelled"
    assert row.ack_due_at is not None
    clock.set(row.ack_due_at)
    await ladder(running).climb(str(row.id))
    assert set(await firings(running, number)) == {"anger/supervisor"}


async def test_the_clock_of_the_level_runs_on_the_ticket_and_stops(running: Running, people: People):
    number = await ticket_of(running, **ANGRY)

    async def running_clocks() -> set[str]:
        items = (await (await people("agent")).get(f"/api/v1/tickets/{number}/clocks")).json()["items"]
        return {item["id"] for item in items if item["state"] == "running"}

    assert "ack_supervisor" in await running_clocks()
    item = (await listed(await people("agent"), number))["anger/supervisor"]
    await acknowledge(await people("supervisor"), item["id"])
    assert "ack_supervisor" not in await running_clocks()


# emergencies


async def test_a_hazard_opens_an_emergency_that_closes_only_when_all_is_done(
    running: Running, people: People
):
    number = await ticket_of(running, hazard=True, signals={"hazard_kind": "gas"})
    path = f"/api/v1/tickets/{number}/emergency"
    emergency = (await (await people("agent")).get(path)).json()
    assert (emergency["open"], emergency["source"]) == (True, "R7-4.4.5")
    tasks = [task["task"] for task in emergency["tasks"]]
    assert tasks == list(running.parts.house.policy.escalation.emergency.tasks)
    refused = await (await people("supervisor")).post(f"{path}/close", json={})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "emergency_tasks_left")
    assert emergency["tasks"][0]["name"] in refused.json()["error"]["message"]
    for task in tasks:
        done = await (await people("agent")).post(f"{path}/tasks/{task}", json={"note": "已办"})
        assert done.status_code == 200, done.text
    assert all(task["done_by"] == "User-Agent" for task in done.json()["tasks"])
    assert (await (await people("agent")).post(f"{path}/close", json={})).status_code == 403
    assert (await (await people("admin")).post(f"{path}/close", json={})).status_code == 403
    closed = await (await people("supervisor")).post(f"{path}/close", json={"note": "现场安全"})
    assert (closed.status_code, closed.json()["open"]) == (200, False)
    again = await (await people("supervisor")).post(f"{path}/close", json={})
    assert (again.status_code, again.json()["error"]["code"]) == (409, "no_emergency")
    timeline = (await (await people("agent")).get(f"/api/v1/tickets/{number}")).json()["timeline"]
    verbs = [entry["verb"] for entry in timeline]
    assert verbs.count("emergency_opened") == verbs.count("emergency_closed") == 1
    assert verbs.count("emergency_task_done") == len(tasks)
    opened = timeline[verbs.index("emergency_opened")]
    assert (opened["rule"], opened["source"]) == ("emergency-hazard", "R7-4.4.5")


async def test_a_thing_is_done_once_and_must_be_on_the_list(running: Running, people: People):
    number = await ticket_of(running, hazard=True)
    path = f"/api/v1/tickets/{number}/emergency/tasks"
    agent = await people("agent")
    answers = await asyncio.gather(*(agent.post(f"{path}/site_secured", json={}) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert (await (await people("agent")).post(f"{path}/dance", json={})).status_code == 404


async def test_a_ticket_without_a_hazard_has_no_emergency(running: Running, people: People):
    number = await ticket_of(running)
    path = f"/api/v1/tickets/{number}/emergency"
    assert (await (await people("agent")).get(path)).json()["tasks"] == []
    assert (await (await people("agent")).post(f"{path}/tasks/site_secured", json={})).status_code == 409
    assert not (await ticket_row(running, number)).emergency_open


async def test_the_department_for_emergencies_answers_and_all_hands_are_told(running: Running):
    number = await ticket_of(running, hazard=True)
    ticket = await ticket_row(running, number)
    assert (ticket.department, ticket.emergency_open, ticket.priority) == ("安全应急组", True, "urgent")
    row = (await firings(running, number))["emergency-hazard/manager"]
    assert "all_hands" in row.actions["notify"]
