"""Maintenance contracts that end: opened in time, late once, told, renewed (R3b-20)."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import httpx
import psycopg
import pytest
from sqlalchemy import update

from backend.access.roles import Role
from backend.clock import FixedClock
from backend.followup.events import RenewalLate
from backend.followup.watching import ContractWatch
from backend.tickets.models import Ticket
from backend.tickets.schemas import Contact
from backend.warranty.models import Customer, CustomerPhone, MaintenanceContract
from tests.integration.backend.conftest import Running, WebCustomer, logged_in
from tests.integration.backend.escalation_scenes import ticket_of, work_until
from tests.integration.backend.service_orders import SERVICE

MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)
PHONE = "13900001234"
RENEWALS = "/api/v1/renewals"


@dataclass
class Contracts:
    running: Running
    clock: FixedClock
    agent: httpx.AsyncClient
    customer: Customer
    late: list[str]

    async def enter(self, number: str, ends_on: date) -> None:
        async with self.running.parts.house.database.transaction() as session:
            session.add(
                MaintenanceContract(
                    number=number,
                    customer_id=self.customer.id,
                    starts_on=date(2025, 1, 1),
                    ends_on=ends_on,
                    created_at=MONDAY,
                )
            )

    async def watch(self) -> int:
        parts = self.running.parts
        return await ContractWatch(parts.house.units, parts.clocks).run()

    async def listed(self, **query) -> list[dict]:
        answer = await self.agent.get(RENEWALS, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    async def does(self, deed: str, **facts) -> httpx.Response:
        (renewal,) = await self.listed()
        body = {"version": renewal["version"]} | facts
        return await self.agent.post(f"{RENEWALS}/{renewal['id']}/{deed}", json=body)


@pytest.fixture
async def contracts(clock_running) -> AsyncIterator[Contracts]:
    clock = FixedClock(MONDAY)
    async with clock_running(clock) as running:
        async with running.parts.house.database.transaction() as session:
            customer = Customer(name="苏州纺织厂", created_at=MONDAY, updated_at=MONDAY)
            session.add(customer)
            await session.flush()
            session.add(CustomerPhone(customer_id=customer.id, number=PHONE))
        agent = await logged_in(running, Role.AGENT)
        it = Contracts(running, clock, agent, customer, [])

        async def hear(event: RenewalLate) -> None:
            it.late.append(event.contract)

        running.parts.house.bus.after_commit(RenewalLate, hear)
        yield it
        await agent.aclose()


async def test_the_notice_is_opened_a_week_before_it_falls_due_a_month_before_the_end(contracts: Contracts):
    await contracts.enter("W-1", date(2026, 12, 29))
    await contracts.enter("W-0", date(2026, 11, 1))  # over long ago
    await asyncio.gather(contracts.watch(), contracts.watch())
    (only,) = await contracts.listed()
    assert (only["contract"], only["customer"], only["late"]) == ("W-1", "苏州纺织厂", False)
    due = datetime.fromisoformat(only["due_at"])
    assert due.date() in {date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 29), date(2026, 11, 30)}


async def test_nobody_is_told_months_ahead(contracts: Contracts):
    await contracts.enter("W-1", date(2027, 3, 1))
    await contracts.watch()
    assert await contracts.listed() == []


async def test_a_notice_that_is_late_is_told_of_once(contracts: Contracts):
    await contracts.enter("W-1", date(2026, 12, 10))
    await asyncio.gather(contracts.watch(), contracts.watch())
    await contracts.watch()
    assert contracts.late == ["W-1"]
    assert (await contracts.listed())[0]["late"]


async def test_who_was_told_in_time_is_not_late(contracts: Contracts):
    await contracts.enter("W-1", date(2026, 12, 29))
    await contracts.watch()
    assert (await contracts.does("notice", how="phone")).json()["noticed_by"] == "user-agent"
    contracts.clock.set(datetime(2026, 12, 20, 1, tzinfo=UTC))
    await contracts.watch()
    assert contracts.late == []


async def notices(database_url: str) -> list[tuple[str, str, str]]:
    """Target, transport and title of each."""
    async with await psycopg.AsyncConnection.connect(database_url) as connection:
        rows = await connection.execute(
            "select target, transport, title from notice order by created_at, 1, 2"
        )
        return await rows.fetchall()


async def test_people_are_told_once_that_a_contract_ends_and_once_that_it_is_late(
    contracts: Contracts, database_url: str
):
    await contracts.enter("W-1", date(2026, 12, 29))
    await asyncio.gather(contracts.watch(), contracts.watch())
    await contracts.watch()
    ((target, transport, title),) = await notices(database_url)
    assert (target, transport) == ("supervisor", "desk")
    assert title.startswith("维保合同W-1（苏州纺织厂）2026-12-29到期，请在2026-11-")
    contracts.clock.set(datetime(2026, 12, 20, 1, tzinfo=UTC))
    await contracts.watch()
    await contracts.watch()
    told = await notices(database_url)
    assert [("现已超期" in title) for _, _, title in told] == [False, True]


async def test_what_is_late_already_when_it_is_found_is_told_of_as_late_alone(
    contracts: Contracts, database_url: str
):
    await contracts.enter("W-1", date(2026, 12, 10))
    await contracts.watch()
    ((_, _, title),) = await notices(database_url)
    assert "现已超期" in title


async def test_whoever_sees_to_the_customer_and_whoever_is_sent_are_told_at_the_desk(
    contracts: Contracts, database_url: str
):
    number = await ticket_of(contracts.running, contact=Contact(name="苏州纺织厂", phone=PHONE))
    async with contracts.running.parts.house.database.transaction() as session:
        await session.execute(update(Ticket).where(Ticket.number == number).values(assignee="user-agent"))
    await contracts.enter("W-1", date(2026, 12, 29))
    await contracts.watch()
    mine = [(target, transport) for target, transport, _ in await notices(database_url)]
    assert mine == [("person:user-agent", "desk"), ("supervisor", "desk")]
    contracts.clock.set(MONDAY + timedelta(minutes=1))
    assert (await contracts.does("send", username="user-agent")).status_code == 200
    assert (await notices(database_url))[-1] == (
        "person:user-agent",
        "desk",
        "请联系苏州纺织厂续签维保合同W-1，2026-12-29到期",
    )
    await work_until(contracts.running, database_url, "count(*) = 3 from notice where state = 'sent'")
    shown = await contracts.agent.get("/api/v1/notices", params={"state": "sent"})
    assert {item["ticket_number"] for item in shown.json()["items"]} == {None}


async def test_the_notice_goes_into_the_customers_conversation(contracts: Contracts):
    await contracts.enter("W-1", date(2026, 12, 29))
    await contracts.watch()
    refused = await contracts.does("notice", how="channel")
    assert (refused.status_code, refused.json()["error"]["missing"]) == (409, ["text_channel"])
    async with contracts.running.client() as page:
        customer = await WebCustomer.arrive(page)
        body = {
            "request_id": "r1",
            "conversation_id": customer.conversation_id,
            "kind": "inquiry",
            "description": "问保养",
            "contact": {"phone": PHONE},
        }
        assert (await page.post("/api/v1/service/tickets", json=body, headers=SERVICE)).status_code == 201
        assert (await contracts.does("notice", how="channel")).status_code == 200
        texts = [message["text"] for message in await customer.all_messages()]
    assert "W-1" in texts[-1]
    assert "2026-12-29" in texts[-1]


async def test_a_renewal_enters_the_contract_that_follows(contracts: Contracts):
    await contracts.enter("W-1", date(2026, 12, 29))
    await contracts.watch()
    assert (await contracts.does("send", username="nobody")).status_code == 409
    assert (await contracts.does("send", username="user-agent")).json()["assignee"] == "user-agent"
    for facts, missing in (
        ({}, ["new_contract"]),
        ({"number": "W-9", "ends_on": "2026-12-29"}, ["ends_on_later"]),
        ({"number": "W-1", "ends_on": "2027-12-29"}, ["number_free"]),
    ):
        refused = await contracts.does("close", outcome="renewed", **facts)
        assert (refused.status_code, refused.json()["error"]["missing"]) == (409, missing)
    done = await contracts.does("close", outcome="renewed", number="W-9", ends_on="2027-12-29")
    assert done.json()["outcome"] == "renewed"
    assert await contracts.listed() == []
    answer = await contracts.agent.get(f"/api/v1/register/customers/{contracts.customer.id}")
    assert [(one["number"], one["starts_on"]) for one in answer.json()["contracts"]] == [
        ("W-9", "2026-12-30"),
        ("W-1", "2025-01-01"),
    ]
    await contracts.watch()
    assert await contracts.listed() == []


async def test_two_people_at_once(contracts: Contracts):
    await contracts.enter("W-1", date(2026, 12, 29))
    await contracts.watch()
    (seen,) = await contracts.listed()
    path = f"{RENEWALS}/{seen['id']}/close"
    body = {"version": seen["version"], "outcome": "declined"}
    answers = await asyncio.gather(*(contracts.agent.post(path, json=body) for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_a_contract_that_came_in_by_import_ends_the_matter(contracts: Contracts):
    await contracts.enter("W-1", date(2026, 12, 29))
    await contracts.watch()
    await contracts.enter("W-2", date(2027, 12, 29))
    await contracts.watch()
    assert await contracts.listed() == []
    (old,) = await contracts.listed(open_only=False)
    assert old["outcome"] == "renewed"
