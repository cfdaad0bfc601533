"""The register: decisions over HTTP, search, what the bot may learn, customers' files and their merges."""

import uuid
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from backend.access.roles import Role
from backend.clock import FixedClock
from backend.settings import Settings
from backend.warranty.keys import code, look_key
from backend.warranty.models import (
    Customer,
    CustomerPhone,
    Dealer,
    FileEntry,
    MaintenanceContract,
    Product,
    Purchase,
)
from tests.integration.backend.conftest import SERVICE_TOKEN, Running, logged_in, started

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
DECISIONS = "/api/v1/warranty/decisions"
SERVICE_DECISIONS = "/api/v1/service/warranty/decisions"
LOOKUP = "/api/v1/service/register/lookup"
SEARCH = "/api/v1/register/search"
BEARER = {"Authorization": f"Bearer {SERVICE_TOKEN}"}


@pytest.fixture
async def at_noon(settings) -> AsyncIterator[Running]:
    async with started(settings, clock=FixedClock(NOW)) as it:
        await fill(it)
        yield it


@pytest.fixture
async def desk(at_noon: Running) -> AsyncIterator[httpx.AsyncClient]:
    http = await logged_in(at_noon, Role.SUPERVISOR)
    yield http
    await http.aclose()


@pytest.fixture
async def bot(at_noon: Running) -> AsyncIterator[httpx.AsyncClient]:
    async with at_noon.client() as http:
        http.headers.update(BEARER)
        yield http


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url, service_token=SERVICE_TOKEN, worker="outside")


def product(model: str, family: str, name: str) -> Product:
    return Product(
        id=uuid.uuid4(),
        model=model,
        look_key=look_key(model),
        family=family,
        name=name,
        synonyms=[],
        created_at=NOW,
    )


def customer(name: str, **more: Any) -> Customer:
    return Customer(id=uuid.uuid4(), name=name, created_at=NOW, updated_at=NOW, **more)


def purchase(serial: str | None, of: Product, by: Customer | None, bought: date, **more: Any) -> Purchase:
    keys = {"serial": code(serial), "serial_key": look_key(serial)} if serial else {}
    owner = by.id if by else None
    return Purchase(
        id=uuid.uuid4(),
        product_id=of.id,
        customer_id=owner,
        purchase_date=bought,
        created_at=NOW,
        **keys,
        **more,
    )


async def fill(running: Running) -> None:
    """Two air conditioners and a phone; 王芳 is on file twice."""
    cool, fresh = (
        product("KFR-35GW/A1", "air_conditioner", "清岚变频空调"),
        product("KFR-35GW/B3", "air_conditioner", "清岚新风空调"),
    )
    phone = product("YS-P10", "phone", "星语手机")
    dealer = Dealer(id=uuid.uuid4(), code="D01", name="江南家电商行", created_at=NOW)
    wang, again, li = (
        customer("王芳", address="临顿路1号"),
        customer("王芳", unit="苏州一厂"),
        customer("李强"),
    )
    rows = [
        cool, fresh, phone, dealer, wang, again, li,
        CustomerPhone(customer_id=wang.id, number="13900010001"),
        CustomerPhone(customer_id=again.id, number="13900010001"),
        CustomerPhone(customer_id=again.id, number="051265550199"),
        CustomerPhone(customer_id=li.id, number="13900010002"),
        purchase("YSK-2605-00001", cool, wang, date(2026, 5, 10), delivery_date=date(2026, 5, 12), order_number="20260510A", remote=True),
        purchase("YSK-2305-00002", fresh, again, date(2023, 5, 10), dealer_id=dealer.id),
        purchase("YSP-O1", phone, li, date(2026, 3, 1)),
        purchase("YSP-99", phone, None, date(2026, 2, 1)),
    ]  # fmt: skip
    async with running.parts.house.database.transaction() as session:
        session.add_all(rows)
        await session.flush()
        old = await session.scalar(select(Purchase.id).where(Purchase.serial == "YSK230500002"))
        session.add(
            MaintenanceContract(
                number="M1",
                customer_id=again.id,
                purchase_id=old,
                starts_on=date(2026, 1, 1),
                ends_on=date(2026, 12, 31),
                created_at=NOW,
            )
        )
        session.add(FileEntry(customer_id=again.id, kind="satisfaction", at=NOW, text="满意", author="小李"))


async def decided(http: httpx.AsyncClient, path: str, **facts: Any) -> dict[str, Any]:
    response = await http.post(path, json=facts)
    assert response.status_code == 200, response.text
    return response.json()


async def test_a_decision_on_told_facts_is_the_same_for_desk_and_bot(desk, bot):
    told = {"product": "空调", "purchase_date": "2026-03"}
    by_desk, by_bot = await decided(desk, DECISIONS, **told), await decided(bot, SERVICE_DECISIONS, **told)
    assert by_desk == by_bot
    assert (by_desk["state"], by_desk["service_class"], by_desk["until_between"]) == (
        "in",
        "free",
        ["2027-03-01", "2027-03-31"],
    )
    assert by_desk["today"] == "2026-11-23"
    assert "2027年3月1日" in by_desk["sentence"]


async def test_a_serial_brings_the_purchase_from_the_register(desk):
    found = await decided(desk, DECISIONS, serial="ysk 2605 00001")
    assert (found["state"], found["until"], found["family"]) == ("in", "2027-05-12", "air_conditioner")
    assert "record_used" not in {reason["code"] for reason in found["reasons"]}


async def test_the_record_goes_before_what_is_remembered_and_says_so(desk):
    found = await decided(desk, DECISIONS, serial="YSK260500001", purchase_date="2026-06-01")
    assert found["until"] == "2027-05-12"
    assert "record_used" in {reason["code"] for reason in found["reasons"]}
    agreeing = await decided(desk, DECISIONS, serial="YSK260500001", purchase_date="2026-05")
    assert "record_used" not in {reason["code"] for reason in agreeing["reasons"]}


async def test_dealer_and_contract_come_from_the_register(desk):
    found = await decided(desk, DECISIONS, serial="YSK230500002")
    assert (found["state"], found["service_class"], found["dealer_first"]) == ("out", "contract", True)


async def test_second_hand_keeps_the_period_of_the_sale_on_record(desk):
    found = await decided(desk, DECISIONS, serial="YSPO1", second_hand=True, purchase_date="2026-11-01")
    assert (found["state"], found["until"]) == ("in", "2027-03-01")
    assert "counted_from_first_sale" in {reason["code"] for reason in found["reasons"]}


async def test_a_model_on_record_tells_the_family_and_an_unknown_one_is_no_guess(desk):
    known = await decided(desk, DECISIONS, model="kfr35gw a1", purchase_date="2026-01-01")
    assert (known["state"], known["family"]) == ("in", "air_conditioner")
    unknown = await decided(desk, DECISIONS, model="KFR-35GW/A2", product="空调", purchase_date="2026-01-01")
    assert (unknown["state"], unknown["service_class"]) == ("unknown", "unknown")
    assert unknown["models_alike"][0] == "KFR-35GW/A1"
    assert "KFR-35GW/A1" in unknown["sentence"]
    other = await decided(desk, DECISIONS, model="KFR-35GW/A1", product="冰箱", purchase_date="2026-01-01")
    assert other["state"] == "contradictory"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"colour": 1}, "colour"),
        ({"purchase_date": "2026-13"}, "purchase_date"),
        ({"cause": "bad luck"}, "cause"),
        ({"today": "1900-01-01"}, "today"),
    ],
)
async def test_bad_facts_are_named(desk, facts: dict, field: str):
    response = await desk.post(DECISIONS, json=facts)
    assert response.status_code == 422
    assert field in response.json()["error"]["fields"]


async def lookup(bot: httpx.AsyncClient, **asked: str) -> dict[str, Any]:
    response = await bot.get(LOOKUP, params=asked)
    assert response.status_code == 200, response.text
    return response.json()


async def test_the_bot_learns_models_and_what_is_nearly_one(bot):
    assert (await lookup(bot, model="kfr35gwa1"))["product"]["name"] == "清岚变频空调"
    near = await lookup(bot, model="KFR-35GW/P3")
    assert near["product"] is None
    assert near["models_alike"][0]["model"] == "KFR-35GW/B3"
    assert (await lookup(bot, model="ZZZ-999"))["models_alike"] == []


async def test_a_purchase_is_told_only_to_who_knows_the_last_digits(bot):
    asked = await lookup(bot, serial="YSK260500001")
    assert (asked["sales"], asked["needs_last4"], asked["product"]["model"]) == ([], True, "KFR-35GW/A1")
    wrong = await lookup(bot, serial="YSK260500001", last4="0002")
    assert (wrong["sales"], wrong["needs_last4"]) == ([], False)
    right = await lookup(bot, serial="YSK260500001", last4="0001")
    assert [sale["purchase_date"] for sale in right["sales"]] == ["2026-05-10"]
    assert not {"customer_id", "price", "id"} & set(right["sales"][0])
    by_order = await lookup(bot, order="20260510-a", last4="0001")
    assert [sale["serial"] for sale in by_order["sales"]] == ["YSK260500001"]
    assert (await lookup(bot, order="20260510A"))["sales"] == []


async def test_a_verified_number_alone_tells_nothing(bot):
    alone = await lookup(bot, phone="13900010002")
    assert (alone["sales"], alone["needs_last4"]) == ([], True)
    both = await lookup(bot, phone="+86 139 0001 0002", last4="0002")
    assert [sale["serial"] for sale in both["sales"]] == ["YSPO1"]
    assert (await lookup(bot, last4="0002"))["sales"] == []


async def test_a_unit_whose_buyer_left_no_number_is_told_to_its_holder(bot):
    assert [sale["serial"] for sale in (await lookup(bot, serial="YSP99"))["sales"]] == ["YSP99"]


async def test_a_callers_decision_uses_the_record_only_with_the_digits(bot):
    without = await decided(bot, SERVICE_DECISIONS, serial="YSK260500001", product="空调")
    assert without["state"] == "unknown"
    found = await decided(bot, SERVICE_DECISIONS, serial="YSK260500001", last4="0001")
    assert (found["state"], found["until"]) == ("in", "2027-05-12")
    by_phone = await decided(
        bot, SERVICE_DECISIONS, verified_phone="13900010001", last4="0001", product="空调"
    )
    assert by_phone["state"] == "unknown"  # two air conditioners under that number: which one is not guessed
    one = await decided(bot, SERVICE_DECISIONS, verified_phone="13900010002", last4="0002")
    assert (one["family"], one["until"]) == ("phone", "2027-03-01")


async def search(desk: httpx.AsyncClient, text: str) -> dict[str, Any]:
    response = await desk.get(SEARCH, params={"text": text})
    assert response.status_code == 200, response.text
    return response.json()


@pytest.mark.parametrize(
    ("text", "serials"),
    [
        ("YSK-2605-00001", ["YSK260500001"]),
        ("ysk2605ooooi", ["YSK260500001"]),
        ("YSP-01", ["YSPO1"]),
        ("20260510A", ["YSK260500001"]),
        ("13900010002", ["YSPO1"]),
        ("YSK2305", ["YSK230500002"]),
        ("不存在的", []),
    ],
)
async def test_units_are_found_by_serial_order_and_phone(desk, text: str, serials: list[str]):
    assert [sale["serial"] for sale in (await search(desk, text))["sales"]] == serials


async def test_models_and_customers_are_found_and_numbers_are_masked(desk):
    assert {one["model"] for one in (await search(desk, "KFR-35GW"))["products"]} == {
        "KFR-35GW/A1",
        "KFR-35GW/B3",
    }
    wangs = (await search(desk, "王"))["customers"]
    assert [one["name"] for one in wangs] == ["王芳", "王芳"]
    assert {number for one in wangs for number in one["phones_masked"]} == {"139****0001", "051*****0199"}
    assert [one["name"] for one in (await search(desk, "13900010002"))["customers"]] == ["李强"]
    assert (await search(desk, "%"))["customers"] == []


async def ids(running: Running, name: str) -> dict[str | None, uuid.UUID]:
    async with running.parts.house.database.transaction() as session:
        found = await session.execute(select(Customer.unit, Customer.id).where(Customer.name == name))
        return {unit: one for unit, one in found}  # noqa: C416  # a result is iterated once


async def file(desk: httpx.AsyncClient, customer_id: uuid.UUID) -> dict[str, Any]:
    response = await desk.get(f"/api/v1/register/customers/{customer_id}")
    assert response.status_code == 200, response.text
    return response.json()


async def test_two_files_become_one_and_two_again(desk, at_noon):
    wangs = await ids(at_noon, "王芳")
    kept, other = wangs[None], wangs["苏州一厂"]
    before = [await file(desk, one) for one in (kept, other)]
    merged = await desk.post(f"/api/v1/register/customers/{kept}/merge", json={"other_id": str(other)})
    assert merged.status_code == 201, merged.text
    whole, empty = await file(desk, kept), await file(desk, other)
    assert whole["phones"] == ["051*****0199", "139****0001"]
    assert {sale["serial"] for sale in whole["sales"]} == {"YSK260500001", "YSK230500002"}
    assert (whole["unit"], whole["address"]) == ("苏州一厂", "临顿****")
    assert [entry["text"] for entry in whole["entries"]] == ["满意"]
    assert [contract["number"] for contract in whole["contracts"]] == ["M1"]
    assert (empty["merged_into"], empty["sales"]) == (str(kept), [])
    assert len((await search(desk, "王芳"))["customers"]) == 1

    undone = await desk.post(f"/api/v1/register/merges/{merged.json()['id']}/undo")
    assert undone.status_code == 200, undone.text
    after = [await file(desk, one) for one in (kept, other)]
    for then, now in zip(before, after, strict=True):
        assert {name: now[name] for name in now if name != "merges"} == {
            name: then[name] for name in then if name != "merges"
        }
    assert (await desk.post(f"/api/v1/register/merges/{merged.json()['id']}/undo")).status_code == 409


async def test_what_came_after_a_merge_stays_when_it_is_undone(desk, at_noon):
    wangs = await ids(at_noon, "王芳")
    kept, other = wangs[None], wangs["苏州一厂"]
    merge = (
        await desk.post(f"/api/v1/register/customers/{kept}/merge", json={"other_id": str(other)})
    ).json()
    entry = {"kind": "service", "text": "换了遥控器"}
    assert (await desk.post(f"/api/v1/register/customers/{kept}/entries", json=entry)).status_code == 201
    await desk.post(f"/api/v1/register/merges/{merge['id']}/undo")
    assert [one["text"] for one in (await file(desk, kept))["entries"]] == ["换了遥控器"]
    assert [one["text"] for one in (await file(desk, other))["entries"]] == ["满意"]


async def test_impossible_merges_are_refused(desk, at_noon):
    wangs, li = await ids(at_noon, "王芳"), (await ids(at_noon, "李强"))[None]
    kept, other = wangs[None], wangs["苏州一厂"]

    async def status(one: object, another: object) -> int:
        return (
            await desk.post(f"/api/v1/register/customers/{one}/merge", json={"other_id": str(another)})
        ).status_code

    assert await status(kept, kept) == 409
    assert await status(kept, uuid.uuid4()) == 404
    assert await status(kept, other) == 201
    assert await status(li, other) == 409
    assert await status(other, li) == 409


async def test_an_agent_reads_and_notes_but_does_not_merge(at_noon):
    li = (await ids(at_noon, "李强"))[None]
    agent = await logged_in(at_noon, Role.AGENT)
    assert (await agent.get(f"/api/v1/register/customers/{li}")).status_code == 200
    entry = {"kind": "note", "text": "下午联系"}
    assert (await agent.post(f"/api/v1/register/customers/{li}/entries", json=entry)).status_code == 201
    foreign = entry | {"purchase_id": str(uuid.uuid4())}
    assert (await agent.post(f"/api/v1/register/customers/{li}/entries", json=foreign)).status_code == 404
    assert (
        await agent.post(f"/api/v1/register/customers/{li}/merge", json={"other_id": str(li)})
    ).status_code == 403
    await agent.aclose()


async def test_last_digits_are_not_guessed(bot):
    for tried in range(5):
        wrong = await lookup(bot, serial="YSK260500001", last4=f"9{tried:03}")
        assert (wrong["sales"], wrong["too_many"]) == ([], False)
    right = await lookup(bot, serial="ysk-2605-00001", last4="0001")
    assert (right["sales"], right["too_many"]) == ([], True)
    told = await decided(bot, SERVICE_DECISIONS, serial="YSK260500001", product="空调", last4="0001")
    assert told["state"] == "unknown"
    other = await lookup(bot, phone="13900010002", last4="0002")
    assert [sale["serial"] for sale in other["sales"]] == ["YSPO1"]


async def test_nobody_tries_one_code_after_the_other(bot):
    conversation = str(uuid.uuid4())
    for serial in ("YSK260500001", "YSPO1", "YSK260500001", "YSPO1", "YSK260500001"):
        await lookup(bot, serial=serial, last4="9999", conversation_id=conversation)
    right = await lookup(bot, phone="13900010002", last4="0002", conversation_id=conversation)
    assert (right["sales"], right["too_many"]) == ([], True)
    assert (await lookup(bot, phone="13900010002", last4="0002"))["sales"]
