"""What people put right is kept to learn from, without the customer's data."""

import uuid

import httpx
from sqlalchemy import select

from backend.conversations.events import FactsCorrected
from backend.desk.corrections.models import Correction
from tests.integration.backend.conftest import Running, WebCustomer
from tests.integration.backend.test_tickets import filed

CONTACT = {"name": "欧阳修文", "phone": "13812345678", "address": "苏州市姑苏区临顿路1号"}


async def kept(running: Running) -> list[Correction]:
    async with running.parts.house.database.transaction() as session:
        return list(await session.scalars(select(Correction).order_by(Correction.at)))


async def test_a_ticket_classified_otherwise(
    running: Running, customer: WebCustomer, agent: httpx.AsyncClient
):
    said = "我叫欧阳修文，热水器漏水，打13812345678，住苏州市姑苏区临顿路1号"
    number = await filed(customer, description=said, contact=CONTACT)
    version = (await agent.get(f"/api/v1/tickets/{number}")).json()["version"]
    body = {
        "version": version,
        "kind": "repair_request",
        "details": {"fault": "滴水"},
        "phone": "13900010001",
    }
    assert (await agent.patch(f"/api/v1/tickets/{number}/facts", json=body)).status_code == 200
    (one,) = await kept(running)
    assert (one.origin, one.subject, one.by) == ("ticket", number, "user-agent")
    assert one.machine == {"kind": "quality_complaint", "details": {"fault": "漏水"}}
    assert one.person == {"kind": "repair_request", "details": {"fault": "滴水"}}
    assert one.text == "我叫[name]，热水器漏水，打[phone]，住[address]"


async def test_a_new_number_is_no_correction_and_steps_without_facts_are_none(
    running: Running, customer: WebCustomer, agent: httpx.AsyncClient
):
    number = await filed(customer, contact=CONTACT)
    version = (await agent.get(f"/api/v1/tickets/{number}")).json()["version"]
    await agent.patch(f"/api/v1/tickets/{number}/facts", json={"version": version, "phone": "13900010001"})
    version = (await agent.get(f"/api/v1/tickets/{number}")).json()["version"]
    await agent.post(f"/api/v1/tickets/{number}/steps/contact", json={"version": version})
    assert await kept(running) == []


async def test_what_the_bot_had_understood(running: Running, customer: WebCustomer):
    await customer.say("我是欧阳修文，洗衣机不转了")
    async with running.parts.house.units.begin() as uow:
        await uow.publish(
            FactsCorrected(
                conversation_id=uuid.UUID(customer.conversation_id),
                before={"product": None, "customer_name": "欧阳修文"},
                after={"product": "洗衣机", "customer_name": "欧阳"},
                by="linda",
            )
        )
    (one,) = await kept(running)
    assert (one.origin, one.machine, one.person) == ("conversation", {"product": None}, {"product": "洗衣机"})
    assert one.text == "我是[name]，洗衣机不转了"
