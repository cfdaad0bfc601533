"""The board, the technicians, and people who want the same order at once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from backend.access.roles import Role
from backend.clock import FixedClock
from tests.integration.backend.conftest import logged_in
from tests.integration.backend.service_orders import Shop
from tests.integration.backend.test_dispatch import IN, MONDAY


@pytest.fixture
async def shop(clock_running) -> AsyncIterator[Shop]:
    clock = FixedClock(MONDAY)
    async with clock_running(clock) as running:
        it = Shop(running, clock)
        await it.open()
        yield it
        await it.close()


async def board(shop: Shop, **wanted: str) -> list[dict]:
    answer = await shop.people[Role.AGENT].get("/api/v1/service-orders", params=wanted)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_who_was_left_over_is_first_tomorrow_then_who_needs_parts(shop: Shop):
    left = (await shop.order(**IN))["number"]
    await shop.another_day(datetime(2026, 11, 24, 1, tzinfo=UTC))
    plain = (await shop.order(**IN))["number"]
    shop.later(minutes=5)
    urgent = (await shop.opened(await shop.ticket(**IN), parts_urgent=True)).json()["number"]
    cards = await board(shop, open_only="true")
    assert [card["number"] for card in cards] == [left, urgent, plain]
    assert [card["carried_over"] for card in cards] == [True, False, False]
    assert all("phone" not in card for card in cards)
    shop.number = left
    await shop.take("plan", "dispatch")
    assert [card["number"] for card in await board(shop)] == [urgent, plain, left]
    assert [card["number"] for card in await board(shop, technician_id=shop.technician)] == [left]
    assert [card["number"] for card in await board(shop, stage="opened")] == [urgent, plain]
    assert [card["number"] for card in await board(shop, region="suzhou-city")] == [left]
    assert await board(shop, region="wuxi-city") == []
    assert (await board(shop, ticket=plain.partition("-")[0]))[0]["number"] == plain


async def test_of_those_who_take_the_same_step_one_wins(shop: Shop):
    await shop.order(**IN)
    version = (await shop.take("plan"))["version"]
    answers = await asyncio.gather(*(shop.attempt("dispatch", version=version) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409]
    assert (await shop.verbs()).count("dispatched") == 1
    told = [message["text"] for message in await shop.heard() if "李工" in message["text"]]
    assert len(told) == 1


async def test_a_refused_step_changes_and_tells_nothing(shop: Shop):
    await shop.order(**IN)
    before, heard = await shop.detail(), await shop.heard()
    assert await shop.lacks("plan", plan=None, region="mars") == {"plan", "known_region"}
    refused = await shop.attempt("sign")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "illegal_step")
    assert (await shop.detail(), await shop.heard()) == (before, heard)


async def test_a_ticket_has_one_open_order_at_a_time(shop: Shop):
    await shop.order(**IN)
    first = shop.ticket_number
    again = await shop.opened(first)
    assert (again.status_code, again.json()["error"]["missing"]) == (409, ["no_open_order"])
    await shop.take("cancel", note="客户出差")
    assert (await shop.opened(first)).json()["number"] == f"{first}-2"
    assert (await shop.opened("26112399999")).status_code == 404


async def test_orders_are_opened_at_once_by_one_only(shop: Shop):
    ticket = await shop.ticket(**IN)
    answers = await asyncio.gather(*(shop.opened(ticket) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]


@pytest.mark.parametrize(
    "details", [{"purchase_date": "去年吧"}, {}, {"model": "不知道"}, {"serial_number": "?"}]
)
async def test_without_facts_nobody_is_sent_until_somebody_decides(shop: Shop, details: dict):
    await shop.order(**details)
    assert (await shop.take("plan"))["service_class"] == "unknown"
    assert await shop.lacks("dispatch") == {"service_class"}
    assert (await shop.take("plan", service_class="free"))["service_class"] == "free"
    assert (await shop.take("dispatch"))["stage"] == "dispatched"


async def test_misuse_in_warranty_is_charged_with_parts_at_a_discount(shop: Shop):
    await shop.order(**IN)
    planned = await shop.take("plan", cause="misuse")
    assert (planned["service_class"], planned["parts_discount"]) == ("charged", 20)
    order = await shop.take("quote", parts=[{"name": "compressor"}])
    assert order["quoted_total"] == "674.00"
    assert "配件优惠20%，减136.00元" in [line["text"] for line in order["quotes"][0]["lines"]]
    assert await shop.lacks("quote", parts=[{"name": "神秘零件"}]) == {"unit_price"}


async def test_technicians_are_entered_by_supervisors_with_known_places(shop: Shop):
    entry = {"name": "王工", "regions": ["wuxi-city"], "skills": ["washing"]}
    agent, boss = shop.people[Role.AGENT], shop.people[Role.SUPERVISOR]
    assert (await agent.post("/api/v1/technicians", json=entry)).status_code == 403
    wrong = entry | {"regions": ["mars"], "skills": ["magic"]}
    answer = await boss.post("/api/v1/technicians", json=wrong)
    assert set(answer.json()["error"]["missing"]) == {"known_region", "known_skill"}
    nobody = await boss.post("/api/v1/technicians", json=entry | {"username": "nobody"})
    assert nobody.json()["error"]["missing"] == ["username"]
    taken = await boss.post("/api/v1/technicians", json=entry | {"username": "user-agent"})
    assert taken.json()["error"]["code"] == "conflict"
    made = (await boss.post("/api/v1/technicians", json=entry)).json()
    gone = await boss.put(f"/api/v1/technicians/{made['id']}", json=entry | {"active": False})
    assert gone.json()["active"] is False
    active = (await agent.get("/api/v1/technicians", params={"active": "true"})).json()["items"]
    assert [one["name"] for one in active] == ["李工"]
    places = (await agent.get("/api/v1/dispatch-map")).json()
    assert {"suzhou-city", "elsewhere"} <= {region["id"] for region in places["regions"]}
    await shop.order(**IN)
    await shop.take("plan")
    lacking = await shop.lacks("dispatch", technician_id=made["id"])
    assert lacking == {"technician_active", "technician_region", "technician_skill"}


async def test_the_list_of_a_technician_is_theirs_alone(shop: Shop):
    await shop.order(**IN)
    await shop.take("plan", "dispatch")
    other = await logged_in(shop.running, Role.AGENT, "someone-else")
    assert (await other.get("/api/v1/service-orders/mine")).json()["items"] == []
    await other.aclose()
