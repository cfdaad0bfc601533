"""Service orders on a real PostgreSQL: free, charged, declined, of a dealer, taken in; with clocks and timeline."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest

from backend.access.roles import Role
from backend.clock import FixedClock
from backend.dispatch.overdue import OverdueRepairs
from backend.tickets import audit
from backend.warranty.keys import code, look_key
from backend.warranty.models import Dealer, Product, Purchase
from tests.integration.backend.service_orders import SERVICE, Shop

MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)
"""Nine in the morning in Shanghai."""
IN, OUT = {"purchase_date": "2026-06-01"}, {"purchase_date": "2020-06-01"}


@pytest.fixture
async def shop(clock_running) -> AsyncIterator[Shop]:
    clock = FixedClock(MONDAY)
    async with clock_running(clock) as running:
        it = Shop(running, clock)
        await it.open()
        yield it
        await it.close()


async def record_is_whole(shop: Shop) -> bool:
    async with shop.running.parts.house.database.transaction() as session:
        return await audit.verify(session) == []


async def test_a_free_order_from_the_call_to_the_audit(shop: Shop):
    opened = await shop.order(**IN)
    assert (opened["stage"], opened["number"]) == ("opened", f"{shop.ticket_number}-1")
    planned = await shop.take("plan", role=Role.AGENT)
    assert (planned["service_class"], planned["family"]) == ("free", "air_conditioner")
    assert planned["decision"]["state"] == "in"
    assert {"R10-4.1.1"} <= {reason["source"] for reason in planned["decision"]["reasons"]}
    assert (await shop.clocks())["arrival_city"]["state"] == "running"
    await shop.take("dispatch")
    mine = (await shop.people[Role.AGENT].get("/api/v1/service-orders/mine")).json()["items"]
    assert [card["number"] for card in mine] == [shop.number]
    await shop.take("depart", role=Role.AGENT)
    shop.later(hours=1)
    await shop.take("arrive", role=Role.AGENT)
    assert (await shop.clocks())["arrival_city"]["stopped_at"] is not None
    shop.later(hours=1)
    used = [{"name": "fan_motor"}, {"name": "螺丝", "quantity": 4}]
    fixed = await shop.take("fix", role=Role.AGENT, parts=used)
    assert [(part["name"], part["quantity"]) for part in fixed["parts"]] == [("螺丝", 4), ("风扇电机", 1)]
    assert fixed["bill_total"] == "0.00"
    await shop.take("sign", role=Role.AGENT)
    clocks = await shop.clocks()
    assert {clocks[name]["state"] for name in ("report", "audit", "callback")} == {"running"}
    await shop.take("report", role=Role.AGENT)
    done = await shop.take("audit")
    clocks = await shop.clocks()
    assert clocks["report"]["stopped_at"]
    assert clocks["audit"]["stopped_at"]
    assert (done["stage"], done["steps"]) == ("audited", ["file_record"])
    assert await shop.verbs() == [
        "order_opened",
        "order_planned",
        "dispatched",
        "departed",
        "arrived",
        "fixed_on_site",
        "signed",
        "reported",
        "audited",
    ]
    texts = [message["text"] for message in await shop.heard()]
    assert any("李工" in text and "11-23 11:00" in text for text in texts)
    assert any("上门检查压缩机" in text for text in texts)
    assert await record_is_whole(shop)


async def quoted(shop: Shop, **facts) -> dict:
    await shop.order(**OUT)
    assert (await shop.take("plan"))["service_class"] == "charged"
    return await shop.take("quote", **facts)


def code_in(text: str) -> str:
    return text.split("码", 1)[1][:10]


async def test_a_charged_order_that_the_customer_agrees_to_in_the_conversation(shop: Shop):
    await shop.order(**OUT)
    assert "arrival_city" in await shop.clocks()
    await shop.take("plan")
    assert (await shop.clocks())["arrival_city"]["state"] != "running"
    assert await shop.lacks("dispatch") == {"fee_confirmed"}
    order = await shop.take("quote", parts=[{"name": "compressor"}])
    assert (order["stage"], order["quoted_total"]) == ("quoted", "810.00")
    told = (await shop.heard())[-1]
    assert told["quick_replies"] == ["同意", "不同意"]
    assert all(words in told["text"] for words in ("合计810.00元", "压缩机×1，680.00元", "上门费50.00元"))
    assert (await shop.at_the_desk())["case"]["awaiting_customer_since"]
    asked = {"conversation_id": shop.customer.conversation_id}
    waiting = (await shop.page.get("/api/v1/service/quotes", params=asked, headers=SERVICE)).json()["items"]
    assert [item["order"] for item in waiting] == [shop.number]
    path = f"/api/v1/service/quotes/{waiting[0]['quote']['id']}/answer"
    shop.later(hours=3)
    for _ in range(2):  # said twice is said once
        answer = await shop.page.post(path, json=asked | {"answer": "agreed"}, headers=SERVICE)
        assert (answer.status_code, answer.json()["answered_how"]) == (200, "bot"), answer.text
    otherwise = await shop.page.post(path, json=asked | {"answer": "declined"}, headers=SERVICE)
    assert otherwise.status_code == 409
    order = await shop.detail()
    assert (order["stage"], order["agreed_total"]) == ("confirmed", "810.00")
    arrival = (await shop.clocks())["arrival_charged_city"]
    assert arrival["started_at"] == order["confirmed_at"]
    assert not (await shop.at_the_desk())["case"]["awaiting_customer_since"]
    await shop.take("dispatch", "depart", "arrive")
    assert (await shop.clocks())["arrival_charged_city"]["stopped_at"] is not None
    more = [{"name": "compressor"}, {"name": "fan_motor"}]
    assert await shop.lacks("fix", parts=more) == {"fee_confirmed"}
    fixed = await shop.take("fix", parts=more[:1])
    assert fixed["bill_total"] == "810.00"
    await shop.take("sign")
    assert await shop.lacks("report") == {"invoice"}
    assert (await shop.take("report", invoice="FP-20261123"))["invoice"] == "FP-20261123"
    verbs = await shop.verbs()
    assert verbs[1:4] == ["order_planned", "quote_sent", "fee_confirmed"]
    assert await record_is_whole(shop)


async def test_a_quote_is_answered_only_by_its_own_conversation(shop: Shop):
    order = await quoted(shop)
    stranger = (await shop.page.post("/api/v1/webchat/conversations", json={})).json()["conversation_id"]
    path = f"/api/v1/service/quotes/{order['open_quote']}/answer"
    body = {"conversation_id": stranger, "answer": "agreed"}
    assert (await shop.page.post(path, json=body, headers=SERVICE)).status_code == 404
    own = body | {"conversation_id": shop.customer.conversation_id}
    assert (await shop.page.post(path, json=own)).status_code == 401
    assert (await shop.detail())["stage"] == "quoted"


async def test_who_declines_to_pay_is_served_by_leave_of_the_general_manager_only(shop: Shop):
    await quoted(shop)
    words = (await shop.heard())[-1]["text"]
    body = {"code": f" {code_in(words).lower()} ", "answer": "declined"}
    answer = await shop.page.post("/api/v1/quotes/by-code/answer", json=body)
    assert (answer.status_code, answer.json()["answered_how"]) == (200, "code"), answer.text
    assert (await shop.detail())["stage"] == "declined"
    ticket = await shop.at_the_desk()
    assert (ticket["details"]["fee_refused"], ticket["level"]) == ("yes", "gm")
    assert await shop.lacks("dispatch") == {"fee_waiver"}
    refused = await shop.attempt("waive", Role.SUPERVISOR, note="老客户")
    assert refused.status_code == 403
    waived = await shop.take("waive", role=Role.GM, note="老客户")
    assert waived["waived_by"] == "user-gm"
    assert (await shop.clocks())["arrival_charged_city"]["state"] == "running"
    done = await shop.take("dispatch", "depart", "arrive", "fix")
    assert done["bill_total"] == "0.00"


async def test_a_code_is_hard_to_guess_and_not_in_the_database(shop: Shop):
    await quoted(shop)
    right = code_in((await shop.heard())[-1]["text"])
    for number in range(10):
        answer = await shop.page.post("/api/v1/quotes/by-code", json={"code": f"WRONG{number:05}"})
        assert answer.status_code == 404
    blocked = await shop.page.post("/api/v1/quotes/by-code", json={"code": right})
    assert (blocked.status_code, int(blocked.headers["Retry-After"])) == (429, 900)
    async with shop.running.client("198.51.100.7") as elsewhere:
        assert (await elsewhere.post("/api/v1/quotes/by-code", json={"code": right})).status_code == 200
    shop.later(minutes=16)
    seen = await shop.page.post("/api/v1/quotes/by-code", json={"code": right})
    assert (seen.status_code, seen.json()["total"]) == (200, "130.00")


async def test_a_quote_ends_with_the_last_of_its_days(shop: Shop):
    order = await quoted(shop)
    assert order["quotes"][0]["valid_until"].startswith("2026-11-30T15:59:59")
    shop.clock.set(datetime(2026, 11, 30, 16, tzinfo=UTC))
    body = {"code": code_in((await shop.heard())[-1]["text"]), "answer": "agreed"}
    late = await shop.page.post("/api/v1/quotes/by-code/answer", json=body)
    assert (late.status_code, late.json()["error"]["missing"]) == (409, ["valid_quote"])


async def test_a_dealer_is_told_before_anybody_is_sent(shop: Shop):
    async with shop.running.parts.house.database.transaction() as session:
        product = Product(
            model="KFR-35",
            look_key=look_key("KFR-35"),
            family="air_conditioner",
            name="空调",
            created_at=MONDAY,
        )
        dealer = Dealer(code="D1", name="城南电器", created_at=MONDAY)
        session.add_all([product, dealer])
        await session.flush()
        session.add(
            Purchase(
                serial=code("SN-8821-A"),
                serial_key=look_key("SN-8821-A"),
                product_id=product.id,
                dealer_id=dealer.id,
                purchase_date=date(2026, 5, 1),
                delivery_date=date(2026, 5, 3),
                created_at=MONDAY,
            )
        )
    await shop.order(serial_number="SN-8821-A")
    planned = await shop.take("plan")
    assert (planned["dealer_sold"], planned["service_class"]) == (True, "free")
    assert await shop.lacks("dispatch") == {"dealer_told"}
    assert await shop.lacks("tell_dealer") == {"told_to"}
    await shop.take("tell_dealer", told_to="城南电器 王经理")
    assert (await shop.take("dispatch"))["stage"] == "dispatched"
    entries = (await shop.at_the_desk())["timeline"]
    (told,) = [entry for entry in entries if entry["verb"] == "dealer_told"]
    assert (told["source"], told["visibility"]) == ("R10-3.2", "internal")


async def test_what_is_taken_in_is_chased_and_handed_back(shop: Shop):
    await shop.order(**IN)
    await shop.take("plan", "dispatch", "depart", "arrive")
    await shop.take("take_in", promised_on="2026-11-25")
    assert (await shop.attempt("cancel", note="不修了")).status_code == 409
    house = shop.running.parts.house
    sweep = OverdueRepairs(house.units, house.policy)
    shop.clock.set(datetime(2026, 11, 25, 15, 59, tzinfo=UTC))
    assert await sweep.run() == 0
    shop.later(minutes=1)
    both = await asyncio.gather(sweep.run(), sweep.run())
    assert sum(both) == 1
    assert await sweep.run() == 0
    await shop.another_day(shop.clock.now())
    order = await shop.detail()
    assert order["overdue"] is True
    ticket = await shop.at_the_desk()
    assert (ticket["level"], ticket["priority"]) == ("supervisor", "high")
    raised = [entry for entry in ticket["timeline"] if entry["source"] == "R3b-14"]
    assert [entry["verb"] for entry in raised] == ["repair_overdue", "escalated"]
    assert await shop.lacks("return", receipt_voided=False) == {"receipt_voided"}
    await shop.take("return")
    words = (await shop.heard())[-1]["text"]
    wrong = await shop.attempt("sign", code="AAAAAAAAAA", signed_by=None)
    assert wrong.json()["error"]["missing"] == ["signature"]
    body = {"code": code_in(words), "opinion": "修得好"}
    signed = await shop.page.post("/api/v1/service-orders/by-code/sign", json=body)
    assert signed.status_code == 200, signed.text
    order = await shop.detail()
    assert (order["stage"], order["signed_how"], order["opinion"], order["overdue"]) == (
        "signed",
        "code",
        "修得好",
        False,
    )
    assert (await shop.page.post("/api/v1/service-orders/by-code/sign", json=body)).status_code == 404
    assert await record_is_whole(shop)
