"""A matter that was told in part and left: filed as it stands, completed when the customer goes on."""

import copy
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

from backend.bot_api.drafts import Drafts
from backend.clock import SystemClock
from backend.conversations.models import Conversation
from tests.integration.backend.conftest import SERVICE_TOKEN, Running, WebCustomer

SERVICE = {"Authorization": f"Bearer {SERVICE_TOKEN}"}
KNOWN = {
    "kind": "quality_complaint",
    "secondary_kind": None,
    "stage": "taking",
    "asked": "phone",
    "slots": {
        "description": "洗衣机脱水乱跳",
        "product": "洗衣机",
        "fault": "脱水乱跳",
        "incident_place": "客厅",
    },
    "missing": ["phone"],
    "signals": {"anger": 1, "hazard": False},
    "ticket": None,
    "run": 1,
}


class Later(SystemClock):
    """The same clock, so much later."""

    def __init__(self, later: timedelta) -> None:
        self._later = later

    def now(self):
        return super().now() + self._later


async def understood(running: Running, customer: WebCustomer, **changes: object) -> None:
    known = copy.deepcopy(KNOWN) | changes
    async with running.parts.house.units.begin() as uow:
        statement = update(Conversation).where(Conversation.id == UUID(customer.conversation_id))
        await uow.session.execute(statement.values(understanding=known))


async def sweep(running: Running, minutes: float) -> None:
    house = running.parts.house
    units = copy.copy(house.units)
    units.clock = Later(timedelta(minutes=minutes))
    await Drafts(units, house.policy, house.wording).run()


async def tickets(customer: WebCustomer, agent) -> list[dict]:
    query = {"conversation_id": customer.conversation_id}
    rows = (await agent.get("/api/v1/tickets", params=query)).json()["items"]
    return [(await agent.get(f"/api/v1/tickets/{row['number']}")).json() for row in rows]


@pytest.fixture
async def told(running: Running, customer: WebCustomer) -> WebCustomer:
    await customer.say("洗衣机脱水乱跳")
    await understood(running, customer)
    return customer


async def test_a_silent_customers_matter_is_filed_once_and_the_customer_is_told_once(running, told, agent):
    await sweep(running, minutes=31)
    await sweep(running, minutes=32)
    (ticket,) = await tickets(told, agent)
    assert (ticket["kind"], ticket["intake"]) == ("quality_complaint", "incomplete")
    assert ticket["description"] == "洗衣机脱水乱跳"
    assert ticket["details"] == {"product": "洗衣机", "fault": "脱水乱跳", "where": "客厅"}
    said = [message["text"] for message in await told.all_messages() if ticket["number"] in message["text"]]
    assert len(said) == 1


async def test_nothing_is_filed_before_the_time_is_up(running, told, agent):
    await sweep(running, minutes=29)
    assert await tickets(told, agent) == []


async def test_a_danger_is_filed_sooner(running, told, agent):
    await understood(running, told, signals={"hazard": True})
    await sweep(running, minutes=4)
    (ticket,) = await tickets(told, agent)
    assert (ticket["hazard"], ticket["severity"]) == (True, "grave")


@pytest.mark.parametrize(
    "changes", [{"stage": "filed"}, {"stage": "idle"}, {"kind": "inquiry"}, {"slots": {"product": "洗衣机"}}]
)
async def test_what_is_no_unfinished_matter_is_left_alone(running, told, agent, changes):
    await understood(running, told, **changes)
    await sweep(running, minutes=60)
    assert await tickets(told, agent) == []


async def test_a_conversation_that_a_person_has_is_left_alone(running, told, agent):
    async with running.parts.house.units.begin() as uow:
        statement = update(Conversation).where(Conversation.id == UUID(told.conversation_id))
        await uow.session.execute(statement.values(owner="agent", agent_username="linda"))
    await sweep(running, minutes=60)
    assert await tickets(told, agent) == []


async def test_what_the_bot_says_of_itself_wrongly_keeps_nobody_else_waiting(running, told, agent, client):
    await understood(running, told, kind="no such kind")
    other = await WebCustomer.arrive(client)
    await other.say("冰箱不制冷")
    await understood(running, other)
    await sweep(running, minutes=40)
    await sweep(running, minutes=41)
    assert await tickets(told, agent) == []
    assert len(await tickets(other, agent)) == 1


async def finish(customer: WebCustomer) -> dict:
    body = {
        "request_id": f"{customer.conversation_id}:1",
        "conversation_id": customer.conversation_id,
        "kind": "quality_complaint",
        "description": "洗衣机脱水乱跳\n声音也很大",
        "demand": "repair",
        "details": {"product": "洗衣机", "fault": "脱水乱跳", "purchase_date": "2025-03"},
        "contact": {"name": "王", "phone": "13812345678"},
    }
    response = await customer.client.post("/api/v1/service/tickets", json=body, headers=SERVICE)
    assert response.status_code in {200, 201}, response.text
    return response.json()


async def test_a_customer_who_comes_back_completes_the_same_ticket(running, told, agent):
    await sweep(running, minutes=31)
    (before,) = await tickets(told, agent)
    assert (await finish(told))["number"] == before["number"]
    assert (await finish(told))["number"] == before["number"]
    (ticket,) = await tickets(told, agent)
    assert ticket["intake"] == "complete"
    assert ticket["demand"] == "repair"
    assert ticket["contact"] == {"name": "王", "phone": "138****5678", "address": None}
    assert ticket["details"]["purchase_date"] == "2025-03"
    assert ticket["description"].splitlines() == ["洗衣机脱水乱跳", "声音也很大"]
    verbs = [entry["verb"] for entry in ticket["timeline"]]
    assert (verbs.count("facts_corrected"), verbs.count("added")) == (1, 1)


async def test_the_bot_is_told_what_was_kept_while_the_customer_was_silent(running, told, agent, bot):
    await sweep(running, minutes=31)
    (kept,) = await tickets(told, agent)
    await told.say("算了，不弄了")
    assert bot.metadata[-1]["draft"] == kept["number"]
    await understood(running, told, stage="idle", ticket=kept["number"])
    await told.say("再见")
    assert bot.metadata[-1]["draft"] is None


async def test_what_people_put_right_meanwhile_stays(running, told, agent):
    await sweep(running, minutes=31)
    (before,) = await tickets(told, agent)
    path = f"/api/v1/tickets/{before['number']}"
    step = {"version": before["version"], "details": {"product": "洗烘一体机"}, "customer_name": "王芳"}
    response = await agent.patch(f"{path}/facts", json=step)
    assert response.status_code == 200, response.text
    user = (await agent.get("/api/v1/auth/me")).json()["user"]["username"]
    step = {"version": response.json()["version"], "assignee": user}
    response = await agent.post(f"{path}/steps/assign", json=step)
    assert response.status_code == 200, response.text
    await finish(told)
    (ticket,) = await tickets(told, agent)
    assert ticket["details"]["product"] == "洗烘一体机"
    assert ticket["contact"]["name"] == "王芳"
    assert ticket["demand"] == "repair"
