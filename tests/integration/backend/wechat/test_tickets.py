"""A complaint made on WeChat: its pictures are in the ticket, its progress reaches the customer, or the desk calls."""

import asyncio
from uuid import UUID

import httpx
import pytest

from backend.access.roles import Role
from backend.tickets.deeds import By
from backend.tickets.filing import file
from backend.tickets.kinds import Actor, Kind
from backend.tickets.schemas import Contact, NewTicket
from cli.wechat_vendor.user import SimulatedUser
from tests.integration.backend.conftest import Running, logged_in
from tests.integration.backend.desk_steps import Desk
from tests.integration.backend.wechat.conftest import hurry, rows, until, working
from tests.integration.backend.wechat.test_limits import HOURS_49
from tests.integration.backend.wechat.test_media import fetched, picture
from tests.support.wechat_vendor import Vendor

PHONE = "13800138000"
RESULT = "师傅明天上门，费用由我们承担。"
NOTIFY = {"notify_customer": {"how": "channel", "text": RESULT}}


@pytest.fixture
async def desk(user: SimulatedUser, running: Running, database_url: str) -> Desk:
    """The desk with the complaint of a user who sent a picture of the fault."""
    await user.show("image", picture(), "image/jpeg")
    await fetched(running, database_url, "count(*) = 1 from stored_file")
    rows(database_url, "update message set created_at = created_at - interval '1 minute' returning 1")
    ((thread,),) = rows(database_url, "select id from conversation")
    house = running.parts.house
    async with house.units.begin() as uow:
        new = NewTicket(
            request_id="r1",
            conversation_id=UUID(str(thread)),
            kind=Kind.QUALITY_COMPLAINT,
            description="洗衣机漏水",
            contact=Contact(phone=PHONE),
        )
        filed = await file(uow, house.policy, new, channel="wechat", by=By(Actor.BOT))
    return await Desk.of(running, Role.SUPERVISOR, filed.ticket.number)


async def delivered(running: Running, url: str) -> None:
    async with working(running):

        async def through() -> bool:
            await asyncio.to_thread(hurry, url)
            return rows(url, "select count(*) = 0 from outbox where state = 'pending'")[0][0]

        await until(through)


async def test_the_picture_is_in_the_ticket(desk: Desk):
    messages = (await desk.detail())["messages"]
    (shown,) = [one["attachments"][0] for one in messages if one["attachments"]]
    assert (shown["kind"], shown["width"], shown["height"]) == ("image", 40, 30)
    response = await desk.http.get(f"/api/v1/files/{shown['file_id']}")
    assert (response.status_code, response.headers["content-type"]) == (200, "image/jpeg")


async def test_the_result_reaches_the_customer_in_the_chat_that_they_wrote_in(
    desk: Desk, user: SimulatedUser, running: Running, database_url: str
):
    await desk.go("notify_customer", **NOTIFY)
    await delivered(running, database_url)
    assert (user.seen[-1].how, user.seen[-1].text) == ("service", RESULT)
    assert (await desk.detail())["notice"]["delivery"] == "sent"


@pytest.mark.parametrize("left", [False, True], ids=["window shut", "unsubscribed"])
async def test_where_it_cannot_reach_them_the_desk_says_so_and_gets_the_number_to_call(
    left: bool, desk: Desk, user: SimulatedUser, running: Running, vendor: Vendor, database_url: str
):
    if left:
        await user.leave()
    else:
        vendor.state.ahead = HOURS_49
    await desk.go("notify_customer", **NOTIFY)
    await delivered(running, database_url)
    assert (await desk.detail())["notice"]["delivery"] == "failed"
    agent = await logged_in(running, Role.AGENT)
    (shown,) = (await agent.get("/api/v1/deliveries")).json()["items"]
    assert shown["ticket_number"] == desk.number
    assert shown["reason_code"] == ("wechat_unsubscribed" if left else "wechat_window_shut")
    assert "请打电话联系" in shown["advice"]
    assert await number_of(agent, shown["conversation_id"]) == PHONE
    await agent.aclose()


async def number_of(agent: httpx.AsyncClient, conversation_id: str) -> str | None:
    path = f"/api/v1/live/conversations/{conversation_id}/reveal"
    response = await agent.post(path, json={"reason": "消息没有送到"})
    assert response.status_code == 200, response.text
    return response.json()["phone"]
