"""A WeChat user and a caller are one customer once the phone number is shown to be theirs."""

import httpx
import pytest

from backend.access.roles import Role
from backend.conversations import hub, identity
from backend.tickets.deeds import By
from backend.tickets.filing import file
from backend.tickets.kinds import Actor, Kind
from backend.tickets.schemas import Contact, NewTicket
from cli.wechat_vendor.user import SimulatedUser
from tests.integration.backend.conftest import SERVICE_TOKEN, Running, logged_in
from tests.integration.backend.wechat.conftest import rows

PHONE = "13800138000"
SERVICE = {"Authorization": f"Bearer {SERVICE_TOKEN}"}


async def ticket_of_a_call(running: Running, phone: str = PHONE, request_id: str = "r1") -> str:
    house = running.parts.house
    async with house.units.begin() as uow:
        call = await hub.start(uow, "phone", address=f"+86{phone}")
        new = NewTicket(
            request_id=request_id,
            conversation_id=call.id,
            kind=Kind.INQUIRY,
            description="冰箱不制冷",
            contact=Contact(phone=phone),
        )
        filed = await file(uow, house.policy, new, channel="phone", by=By(Actor.BOT))
        return filed.ticket.number


def thread_of(url: str) -> str:
    ((found,),) = rows(url, "select id from conversation where channel = 'wechat'")
    return str(found)


async def own(client: httpx.AsyncClient, conversation_id: str) -> dict:
    response = await client.get(
        "/api/v1/service/tickets/own", params={"conversation_id": conversation_id}, headers=SERVICE
    )
    assert response.status_code == 200, response.text
    return response.json()


async def look_up(client: httpx.AsyncClient, conversation_id: str, number: str, last4: str) -> int:
    params = {"conversation_id": conversation_id, "number": number, "phone_last4": last4}
    return (await client.get("/api/v1/service/tickets/lookup", params=params, headers=SERVICE)).status_code


async def test_a_ticket_number_and_four_digits_show_whose_phone_it_is(
    user: SimulatedUser, running: Running, client: httpx.AsyncClient, database_url: str
):
    numbers = [await ticket_of_a_call(running), await ticket_of_a_call(running, request_id="r2")]
    await user.say("你好")
    thread = thread_of(database_url)
    assert await own(client, thread) == {"phone": None, "items": []}
    assert await look_up(client, thread, numbers[0], "1111") == 404
    assert (await own(client, thread))["phone"] is None
    assert await look_up(client, thread, numbers[0], PHONE[-4:]) == 200
    found = await own(client, thread)
    assert found["phone"] == PHONE
    assert {item["number"] for item in found["items"]} == set(numbers)
    bound = rows(database_url, "select channel, address, phone, how from channel_identity")
    assert bound == [("wechat", user.openid, PHONE, "ticket")]


async def test_who_was_shown_to_be_the_caller_has_one_history_at_the_desk(
    user: SimulatedUser, running: Running, client: httpx.AsyncClient, database_url: str
):
    number = await ticket_of_a_call(running)
    await user.say("冰箱还是不制冷")
    thread = thread_of(database_url)
    agent = await logged_in(running, Role.AGENT)
    panel = f"/api/v1/live/conversations/{thread}/customer"
    assert (await agent.get(panel)).json() == {"customer": None}
    assert await look_up(client, thread, number, PHONE[-4:]) == 200
    customer = (await agent.get(panel)).json()["customer"]
    await agent.aclose()
    assert [ticket["number"] for ticket in customer["tickets"]] == [number]
    assert sorted(each["channel"] for each in customer["conversations"]) == ["phone", "wechat"]
    assert customer["phones"] == ["138****8000"]


async def test_a_visit_in_a_browser_binds_nothing(
    running: Running, client: httpx.AsyncClient, database_url: str
):
    number = await ticket_of_a_call(running)
    opened = (await client.post("/api/v1/webchat/conversations", json={})).json()
    assert await look_up(client, opened["conversation_id"], number, PHONE[-4:]) == 200
    assert rows(database_url, "select count(*) from channel_identity") == [(0,)]


async def test_a_code_from_the_menu_keyed_on_a_call_binds(
    user: SimulatedUser, running: Running, client: httpx.AsyncClient, database_url: str
):
    number = await ticket_of_a_call(running)
    shown = (await user.tap("bind")).shown
    code = next(word for word in shown.replace("，", "是").split("是") if word.isdigit())
    ((call,),) = rows(database_url, "select id from conversation where channel = 'phone'")
    body = {"conversation_id": str(call), "code": code}
    first = await client.post("/api/v1/service/identities/codes", json=body, headers=SERVICE)
    again = await client.post("/api/v1/service/identities/codes", json=body, headers=SERVICE)
    assert (first.json(), again.json()) == ({"joined": True}, {"joined": False})
    found = await own(client, thread_of(database_url))
    assert (found["phone"], [item["number"] for item in found["items"]]) == (PHONE, [number])


@pytest.mark.parametrize("minutes", [14, 16])
async def test_a_code_is_good_for_a_quarter_of_an_hour(
    minutes: int, user: SimulatedUser, running: Running, database_url: str
):
    await user.tap("bind")
    ((code,),) = rows(database_url, "select code from binding_code")
    earlier = "update binding_code set issued_at = issued_at - make_interval(mins => %s) returning 1"
    rows(database_url, earlier, minutes)
    async with running.parts.house.units.begin() as uow:
        assert await identity.redeem_code(uow, code, PHONE) is (minutes < 15)


async def test_a_new_code_ends_the_one_before_and_guessing_is_stopped(
    user: SimulatedUser, running: Running, database_url: str
):
    await user.tap("bind")
    ((first,),) = rows(database_url, "select code from binding_code")
    rows(database_url, "update wechat_nonce set external_id = 'x' returning 1")
    async with running.parts.house.units.begin() as uow:
        ((thread,),) = rows(database_url, "select conversation_id from binding_code")
        second = await identity.issue_code(uow, thread)
    wrong = [code for code in ("000000", "111111", "222222", "333333", "444444") if code != second]
    for code in [first, *wrong][:5]:
        async with running.parts.house.units.begin() as uow:
            assert not await identity.redeem_code(uow, code, PHONE)
    async with running.parts.house.units.begin() as uow:
        assert not await identity.redeem_code(uow, second, PHONE)
        assert await identity.redeem_code(uow, second, "13900139000")


async def test_codes_are_for_the_bots_actions_alone(client: httpx.AsyncClient):
    body = {"conversation_id": "00000000-0000-4000-8000-000000000000", "code": "123456"}
    assert (await client.post("/api/v1/service/identities/codes", json=body)).status_code == 401
