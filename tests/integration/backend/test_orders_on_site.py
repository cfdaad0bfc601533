"""Service orders on the technician's phone and the customer's link: sent twice, sent late, seen by whom."""

import io
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from PIL import Image

from backend.access.roles import Role
from backend.clock import FixedClock
from backend.tickets import audit
from backend.warranty.models import Customer, CustomerPhone
from tests.integration.backend.desk_steps import Desk
from tests.integration.backend.service_orders import Shop

MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)
"""Nine in the morning in Shanghai."""
IN, OUT = {"purchase_date": "2026-06-01"}, {"purchase_date": "2020-06-01"}
V1 = "/api/v1"


@pytest.fixture
async def shop(clock_running) -> AsyncIterator[Shop]:
    clock = FixedClock(MONDAY)
    async with clock_running(clock) as running:
        it = Shop(running, clock)
        await it.open()
        yield it
        await it.close()


def picture(colour: str = "red") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "PNG")
    return file.getvalue()


async def upload(shop: Shop, kind: str, data: bytes, picture_id: str | None = None):
    return await shop.people[Role.AGENT].post(
        f"{V1}/service-orders/{shop.number}/pictures",
        data={"picture_id": picture_id or str(uuid.uuid4()), "kind": kind},
        files={"file": ("photo.png", data, "image/png")},
    )


async def arrived(shop: Shop, **facts: str) -> None:
    await shop.order(**facts)
    await shop.take("plan", "dispatch")
    await shop.take("depart", "arrive", role=Role.AGENT)


def code_in(text: str) -> str:
    return text.split("码", 1)[1][:10]


async def by_code(shop: Shop, path: str, **body) -> dict:
    answer = await shop.page.post(f"{V1}/{path}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_advice_on_the_phone_leads_to_a_call_back_and_to_no_paper(shop: Shop):
    await shop.order(**IN)
    await shop.take("guide", work_done="教客户重新插电")
    clocks = await shop.clocks()
    assert clocks["arrival_city"]["stopped_at"]
    assert clocks["callback"]["state"] == "running"
    assert not {"report", "audit", "service_record"} & clocks.keys()


async def test_the_record_is_filed_by_its_picture_even_after_the_audit(shop: Shop):
    await arrived(shop, **IN)
    await shop.take("fix", "sign", role=Role.AGENT)
    assert await shop.lacks("file_record", Role.AGENT) == {"record"}
    await shop.take("report", "audit")
    assert (await shop.clocks())["service_record"]["state"] == "running"
    assert (await upload(shop, "work", picture())).status_code == 201
    assert await shop.lacks("file_record", Role.AGENT) == {"record"}
    assert (await upload(shop, "record", picture())).status_code == 201
    filed = await shop.take("file_record", role=Role.AGENT)
    assert (filed["stage"], filed["steps"]) == ("audited", [])
    assert filed["record_filed_at"]
    assert (await shop.clocks())["service_record"]["state"] == "met"
    async with shop.running.parts.house.database.transaction() as session:
        assert await audit.verify(session) == []


async def test_what_is_planned_anew_starts_its_arrival_with_the_new_agreement(shop: Shop):
    await shop.order(**OUT)
    await shop.take("plan")

    async def agree() -> dict:
        order = await shop.take("quote")
        await shop.take("answer", quote_id=order["open_quote"], answer="agreed")
        return (await shop.clocks())["arrival_charged_city"]

    first = await agree()
    assert first["state"] == "running"
    shop.later(hours=1)
    await shop.take("plan")
    assert (await shop.clocks())["arrival_charged_city"]["state"] == "withdrawn"
    shop.later(hours=1)
    second = await agree()
    assert second["state"] == "running"
    gone_by = datetime.fromisoformat(second["started_at"]) - datetime.fromisoformat(first["started_at"])
    assert gone_by.total_seconds() == 2 * 3600


async def test_an_action_that_is_sent_again_is_taken_once(shop: Shop):
    await shop.order(**IN)
    await shop.take("plan", "dispatch")
    action, version = str(uuid.uuid4()), (await shop.detail())["version"]
    for _ in range(2):
        after = await shop.attempt("depart", Role.AGENT, action_id=action, version=version)
        assert after.status_code == 200, after.text
        assert after.json()["stage"] == "departed"
    assert (await shop.verbs()).count("departed") == 1
    told = [message["text"] for message in await shop.heard() if "正在出发" in message["text"]]
    assert len(told) == 1
    assert (await shop.attempt("depart", Role.AGENT, version=version)).status_code == 409


async def test_who_was_there_in_time_and_could_not_say_so_was_in_time(shop: Shop):
    await shop.order(**IN)
    await shop.take("plan", "dispatch")
    gone = shop.later(minutes=30)
    there = shop.later(hours=1)
    shop.later(hours=5)  # by now the six hours are over
    await shop.take("depart", role=Role.AGENT, departed_at=gone.isoformat())
    await shop.take("arrive", role=Role.AGENT, arrived_at=there.isoformat())
    clock = (await shop.clocks())["arrival_city"]
    assert (clock["state"], datetime.fromisoformat(clock["stopped_at"])) == ("met", there)


@pytest.mark.parametrize("minutes", [-600, 10])
async def test_nobody_leaves_before_being_sent_or_in_the_future(shop: Shop, minutes: int):
    await shop.order(**IN)
    await shop.take("plan", "dispatch")
    at = shop.clock.now().timestamp() + 60 * minutes
    departed = datetime.fromtimestamp(at, UTC).isoformat()
    assert await shop.lacks("depart", Role.AGENT, departed_at=departed) == {"departed_at_in_order"}


async def test_misuse_found_on_site_is_quoted_agreed_to_by_link_and_signed_for_by_link(shop: Shop):
    await arrived(shop, **IN)
    seen = await shop.take("diagnose", role=Role.AGENT, diagnosis="进水烧毁", cause="misuse")
    assert (seen["service_class"], seen["stage"]) == ("charged", "arrived")
    assert await shop.lacks("fix", Role.AGENT) == {"fee_confirmed"}
    await shop.take("quote", role=Role.AGENT)
    code = code_in((await shop.heard())[-1]["text"])
    view = await by_code(shop, "service-orders/by-code", code=code)
    assert (view["asks"], view["product"], view["technician"]) == ("quote", "空调", "李工")
    await by_code(shop, "quotes/by-code/answer", code=code, answer="agreed")
    fixed = await shop.take("fix", role=Role.AGENT)
    assert float(fixed["bill_total"]) > 0
    code = code_in((await shop.heard())[-1]["text"])
    view = await by_code(shop, "service-orders/by-code", code=code)
    assert (view["asks"], view["work_done"], view["quote"]) == ("signature", "更换启动电容", None)
    await by_code(shop, "service-orders/by-code/sign", code=code, opinion="很好")
    assert (await shop.detail())["opinion"] == "很好"
    gone = await shop.page.post(f"{V1}/service-orders/by-code", json={"code": code})
    assert gone.status_code == 404


async def test_only_who_is_sent_reads_number_and_address(shop: Shop):
    await shop.order(**IN)
    await shop.take("plan", "dispatch")
    (visit,) = (await shop.people[Role.AGENT].get(f"{V1}/visits")).json()["items"]
    assert (visit["phone"], visit["address"]) == ("13900001234", "苏州市工业园区")
    answer = await shop.people[Role.SUPERVISOR].get(f"{V1}/service-orders/{shop.number}")
    assert "13900001234" not in answer.text
    assert "工业园区" not in answer.text
    assert (await shop.people[Role.SUPERVISOR].get(f"{V1}/visits")).json()["items"] == []


async def test_a_picture_sent_again_is_one_and_what_is_none_is_refused(shop: Shop):
    await arrived(shop, **IN)
    mine = str(uuid.uuid4())
    for _ in range(2):
        answer = await upload(shop, "work", picture(), mine)
        assert answer.status_code == 201, answer.text
    assert [one["id"] for one in (await shop.detail())["pictures"]] == [mine]
    refused = await upload(shop, "work", b"%PDF-1.7 no picture")
    assert refused.status_code == 422
    assert refused.json()["error"]["code"] == "file_type_unknown"
    shown = await shop.people[Role.AGENT].get(f"{V1}/files/{(await shop.detail())['pictures'][0]['file_id']}")
    assert shown.headers["content-type"].startswith("image/")


async def test_the_customers_file_tells_of_the_service_and_of_what_they_said(shop: Shop):
    database = shop.running.parts.house.database
    async with database.transaction() as session:
        customer = Customer(name="陈女士", created_at=MONDAY, updated_at=MONDAY)
        session.add(customer)
        await session.flush()
        session.add(CustomerPhone(customer_id=customer.id, number="13900001234"))
    await arrived(shop, **IN)
    await shop.take("fix", role=Role.AGENT, parts=[{"name": "fan_motor"}])
    await shop.take("sign", "report", "audit")
    desk = Desk(shop.people[Role.AGENT], shop.ticket_number)
    rated = {f"rated_{name}": 4 for name in ("attitude", "skill", "arrival", "promises")}
    answer = await desk.attempt("record_callback", reached=True, customer_suggestion="再快一点", **rated)
    if answer.status_code == 409:  # a call-back follows a settled matter
        await Desk(shop.people[Role.SUPERVISOR], shop.ticket_number).go("settle")
        await desk.take("record_callback", reached=True, customer_suggestion="再快一点", **rated)
    answer = await shop.people[Role.AGENT].get(f"{V1}/register/customers/{customer.id}")
    entries = {entry["kind"]: entry["text"] for entry in answer.json()["entries"]}
    assert all(words in entries["service"] for words in (shop.number, "更换启动电容", "风扇电机", "李工"))
    assert all(words in entries["satisfaction"] for words in ("态度4分", "再快一点"))


async def test_the_board_says_what_is_due_next(shop: Shop):
    await shop.order(**IN)
    (card,) = (await shop.people[Role.AGENT].get(f"{V1}/service-orders")).json()["items"]
    clocks = await shop.clocks()
    running = [clock for clock in clocks.values() if clock["state"] == "running"]
    assert card["next_due"]["due_at"] == min(clock["due_at"] for clock in running)
