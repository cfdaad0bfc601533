"""What the desk's lists tell without a call per line: clocks over and due, who has not answered, whose notice."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest

from backend.access.roles import Role
from backend.clock import FixedClock
from backend.conversations.events import OwnerChanged
from backend.sla.sweep import Sweep
from tests.integration.backend.conftest import Running, WebCustomer, logged_in
from tests.integration.backend.desk_steps import Desk
from tests.integration.backend.service_orders import SERVICE

MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)
V1 = "/api/v1"


class Overview:
    def __init__(self, running: Running, clock: FixedClock, supervisor: httpx.AsyncClient) -> None:
        self.running, self.clock, self.supervisor = running, clock, supervisor
        self.customer: WebCustomer

    async def file(self, name: str, **facts) -> str:
        async with self.running.client() as page:
            self.customer = await WebCustomer.arrive(page)
            body = {
                "request_id": name,
                "conversation_id": self.customer.conversation_id,
                "kind": "quality_complaint",
                "description": "洗衣机漏水",
                "contact": {"phone": "13900001234"},
            }
            answer = await page.post(f"{V1}/service/tickets", json=body | facts, headers=SERVICE)
            assert answer.status_code == 201, answer.text
            return answer.json()["number"]

    async def sweep(self) -> None:
        parts = self.running.parts
        await Sweep(parts.house.units, parts.clocks).run()

    async def get(self, path: str, **query) -> dict:
        answer = await self.supervisor.get(f"{V1}/{path}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def changes_owner(self, owner: str, previous: str, reason: str) -> None:
        async with self.running.parts.house.units.begin() as uow:
            event = OwnerChanged(
                conversation_id=self.customer.conversation_id,
                channel="web",
                owner=owner,
                agent_username="user-agent" if owner == "agent" else None,
                group=None,
                reason=reason,
                previous=previous,
            )
            await uow.publish(event)

    async def clocks(self, number: str) -> dict[str, dict]:
        return {clock["id"]: clock for clock in (await self.get(f"tickets/{number}/clocks"))["items"]}


@pytest.fixture
async def overview(clock_running) -> AsyncIterator[Overview]:
    clock = FixedClock(MONDAY)
    async with clock_running(clock) as running:
        supervisor = await logged_in(running, Role.SUPERVISOR)
        yield Overview(running, clock, supervisor)
        await supervisor.aclose()


async def test_what_has_run_out_stays_on_the_wall_until_it_is_done(overview: Overview):
    number = await overview.file("r1")
    overview.clock.set(datetime(2026, 11, 23, 7, tzinfo=UTC))
    await overview.sweep()
    items = (await overview.get("clocks/next", limit=200))["items"]
    assert [item["due_at"] for item in items] == sorted(item["due_at"] for item in items)
    states = {item["id"]: item["state"] for item in items}
    assert states["first_contact"] == states["pass_on"] == "breached"
    assert states["outermost"] == "running"
    desk = Desk(overview.supervisor, number)
    await desk.take("contact")
    shown = {item["id"] for item in (await overview.get("clocks/next", limit=200))["items"]}
    assert not {"first_contact", "pass_on"} & shown
    only = await overview.get("clocks/next", clock="outermost")
    assert [item["id"] for item in only["items"]] == ["outermost"]
    both = await overview.get("clocks/next", clock=["outermost", "plan"])
    assert {item["id"] for item in both["items"]} == {"outermost", "plan"}
    names = {clock["id"]: clock["name"] for clock in both["clocks"]}
    assert names["callback"] == "次日回访"
    assert (await overview.get("clocks/next", clock="callback"))["items"] == []


async def test_paused_clocks_are_not_due(overview: Overview):
    number = await overview.file("r1")
    await Desk(overview.supervisor, number).take("await_customer", note="等照片")
    assert (await overview.clocks(number))["first_contact"]["state"] == "paused"
    shown = {item["id"] for item in (await overview.get("clocks/next", limit=200))["items"]}
    assert "first_contact" not in shown
    assert "outermost" in shown


async def test_the_list_says_what_is_due_next_on_each_line(overview: Overview):
    numbers = {await overview.file("r1"), await overview.file("r2", kind="suggestion")}
    lines = {line["number"]: line for line in (await overview.get("tickets"))["items"]}
    assert lines.keys() == numbers
    for number, line in lines.items():
        running = [one for one in (await overview.clocks(number)).values() if one["state"] == "running"]
        assert line["next_due"]["due_at"] == min(one["due_at"] for one in running)


async def test_who_has_not_answered_is_asked_for_once_for_all_tickets(overview: Overview):
    number = await overview.file("r1", severity="grave")
    await overview.file("r2")
    waiting = (await overview.get("escalations", waiting=True))["items"]
    assert {one["ticket_number"] for one in waiting} == {number}
    assert all(one["ack_due_at"] and one["acknowledged_at"] is None for one in waiting)
    everything = (await overview.get("escalations"))["items"]
    assert {one["id"] for one in waiting} <= {one["id"] for one in everything}
    deputy = await logged_in(overview.running, Role.DEPUTY_GM)
    for one in waiting:
        answer = await deputy.post(f"{V1}/escalations/{one['id']}/ack", json={"note": None})
        assert answer.status_code in {200, 409}, answer.text
    await deputy.aclose()
    assert (await overview.get("escalations", waiting=True))["items"] == []


async def test_colleagues_are_named_without_anything_else(overview: Overview):
    items = (await overview.get("users"))["items"]
    assert items == [{"username": "user-supervisor", "display_name": "User-Supervisor", "role": "supervisor"}]


async def test_a_call_that_was_promised_out_of_hours_has_a_clock_until_a_person_comes(overview: Overview):
    number = await overview.file("r1")
    await overview.changes_owner("queue", "bot", "customer_asked")
    assert "human_callback" not in await overview.clocks(number)  # people are there
    overview.clock.set(datetime(2026, 11, 23, 15, tzinfo=UTC))
    overview.supervisor = await logged_in(overview.running, Role.SUPERVISOR)
    await overview.changes_owner("queue", "bot", "customer_asked")
    promised = (await overview.clocks(number))["human_callback"]
    assert promised["state"] == "running"
    await overview.changes_owner("agent", "queue", "claimed")
    assert (await overview.clocks(number))["human_callback"]["state"] == "met"
    verbs = [entry["verb"] for entry in (await overview.get(f"tickets/{number}"))["timeline"]]
    assert verbs.count("human_promised") == verbs.count("taken_over") == 1


async def test_a_call_back_that_is_asked_for_is_promised_at_any_hour(overview: Overview):
    number = await overview.file("r1")
    await overview.changes_owner("queue", "bot", "callback")
    assert (await overview.clocks(number))["human_callback"]["state"] == "running"


async def test_a_link_can_be_taken_back_from_either_side(overview: Overview):
    first, second = await overview.file("r1"), await overview.file("r2")
    await Desk(overview.supervisor, first).take("link", other=second)
    assert (await Desk(overview.supervisor, second).detail())["linked"]
    after = await Desk(overview.supervisor, second).take("unlink", other=first)
    assert after["linked"] == []
    assert [entry["verb"] for entry in after["timeline"]].count("unlinked") == 1
    assert (await Desk(overview.supervisor, first).detail())["linked"] == []
    assert await Desk(overview.supervisor, first).lacks("unlink", other=second) == {"other"}
