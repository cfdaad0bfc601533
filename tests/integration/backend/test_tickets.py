"""Filing, listing and moving tickets (invariant 5)."""

import asyncio
import uuid
from datetime import UTC, datetime

import httpx
import psycopg
import pytest

from backend.clock import FixedClock
from backend.tickets import audit
from backend.tickets.number import is_ticket_number
from tests.integration.backend.conftest import SERVICE_TOKEN, Running, WebCustomer

SERVICE = {"Authorization": f"Bearer {SERVICE_TOKEN}"}


def request_for(customer: WebCustomer, **changes) -> dict:
    return {
        "request_id": uuid.uuid4().hex,
        "conversation_id": customer.conversation_id,
        "kind": "quality_complaint",
        "description": "上个月买的热水器漏水，打了三次电话都没人管",
        "demand": "维修",
        "details": {"product": "热水器", "fault": "漏水"},
        "contact": {"name": "王女士", "phone": "13812345678"},
    } | changes


async def filed(customer: WebCustomer, **changes) -> str:
    response = await customer.client.post(
        "/api/v1/service/tickets", json=request_for(customer, **changes), headers=SERVICE
    )
    assert response.status_code == 201, response.text
    return response.json()["number"]


async def test_a_filed_ticket_is_on_the_desk_with_everything(customer: WebCustomer, agent: httpx.AsyncClient):
    await customer.say("热水器漏水")
    number = await filed(customer)
    detail = (await agent.get(f"/api/v1/tickets/{number}")).json()
    assert is_ticket_number(number)
    assert detail["title"] == "热水器 · 漏水"
    assert detail["stage"] == "recorded"
    assert detail["department"] == "质量部"
    assert detail["phone_masked"] == "138****5678"
    assert detail["contact"] == {"name": "王女士", "phone": "138****5678", "address": None}
    assert [message["sender"] for message in detail["messages"]] == ["bot", "customer", "bot"]
    assert [(entry["verb"], entry["source"], entry["rule"]) for entry in detail["timeline"]] == [
        ("filed", "R1-1.3", None),
        ("routed", "R1-1.3", "quality-complaint"),
    ]


async def test_the_same_request_is_the_same_ticket_even_in_a_race(
    customer: WebCustomer, agent: httpx.AsyncClient
):
    body = request_for(customer)
    answers = await asyncio.gather(
        *(customer.client.post("/api/v1/service/tickets", json=body, headers=SERVICE) for _ in range(10))
    )
    assert sorted(answer.status_code for answer in answers) == [200] * 9 + [201]
    assert len({answer.json()["number"] for answer in answers}) == 1
    assert (await agent.get("/api/v1/tickets")).json()["total"] == 1


async def test_forty_racing_filings_get_consecutive_numbers(running: Running, customer: WebCustomer):
    numbers = await asyncio.gather(*(filed(customer) for _ in range(40)))
    assert sorted(int(number[6:-1]) for number in numbers) == list(range(1, 41))
    async with running.parts.house.database.transaction() as session:
        assert await audit.verify(session) == []


async def test_the_number_carries_the_day_in_shanghai(clock_running):
    async with (
        clock_running(FixedClock(datetime(2026, 12, 31, 16, 0, tzinfo=UTC))) as running,
        running.client() as http,
    ):
        customer = await WebCustomer.arrive(http)
        assert (await filed(customer)).startswith("2701010001")


@pytest.mark.parametrize(
    ("changes", "department"),
    [
        ({"kind": "service_complaint"}, "服务主管"),
        ({"kind": "suggestion"}, "客户关系组"),
        ({"kind": "repair_request"}, "维修调度组"),
        ({"kind": "inquiry"}, "客服一线"),
        ({"hazard": True, "severity": "grave"}, "安全应急组"),
    ],
)
async def test_each_kind_goes_to_its_department(
    customer: WebCustomer, agent: httpx.AsyncClient, changes: dict, department: str
):
    number = await filed(customer, **changes)
    assert (await agent.get(f"/api/v1/tickets/{number}")).json()["department"] == department


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "nonsense"},
        {"description": ""},
        {"conversation_id": "x"},
        {"unknown": 1},
        {"severity": "awful"},
    ],
)
async def test_a_malformed_filing_is_refused(customer: WebCustomer, changes: dict):
    body = request_for(customer, **changes)
    response = await customer.client.post("/api/v1/service/tickets", json=body, headers=SERVICE)
    assert response.status_code == 422
    assert response.json()["error"]["fields"]


async def test_a_ticket_needs_a_conversation(customer: WebCustomer):
    body = request_for(customer, conversation_id=str(uuid.uuid4()))
    response = await customer.client.post("/api/v1/service/tickets", json=body, headers=SERVICE)
    assert response.status_code == 404


async def test_listing_filters_and_pages(customer: WebCustomer, agent: httpx.AsyncClient):
    fridge = await filed(
        customer, description="冰箱不制冷，肉都化了", details={}, contact={"phone": "13900001111"}
    )
    praise = await filed(customer, kind="suggestion", description="希望遥控器字大一点", details={})
    heater = await filed(customer)

    async def listed(**filters) -> list[str]:
        response = await agent.get("/api/v1/tickets", params=filters)
        assert response.status_code == 200, response.text
        return [item["number"] for item in response.json()["items"]]

    assert await listed() == [heater, praise, fridge]
    assert await listed(kind="suggestion") == [praise]
    assert await listed(stage="judged") == []
    assert await listed(text="制冷") == [fridge]
    assert await listed(text="冰箱 肉") == [fridge]
    assert await listed(text="王女士") == [heater, praise]
    assert await listed(text=heater) == [heater]
    assert await listed(text="13900001111") == [fridge]
    assert await listed(text="洗衣机") == []
    assert await listed(conversation_id=customer.conversation_id, page=2, page_size=2) == [fridge]
    assert await listed(conversation_id=str(uuid.uuid4())) == []


@pytest.mark.parametrize("query", [{"page": 0}, {"page_size": 1000}, {"kind": "x"}, {"conversation_id": "x"}])
async def test_a_wrong_filter_is_a_clear_error(agent: httpx.AsyncClient, query: dict):
    response = await agent.get("/api/v1/tickets", params=query)
    assert response.status_code == 422
    assert list(response.json()["error"]["fields"]) == list(query)


async def test_an_unknown_ticket_is_not_found(agent: httpx.AsyncClient):
    response = await agent.get("/api/v1/tickets/26112399999")
    assert response.status_code == 404


@pytest.mark.parametrize(
    "statement",
    ["update timeline_entry set note = 'x'", "delete from timeline_entry", "truncate timeline_entry"],
)
async def test_the_timeline_refuses_changes(customer: WebCustomer, database_url: str, statement: str):
    await filed(customer)
    with psycopg.connect(database_url) as connection, pytest.raises(psycopg.errors.RestrictViolation):
        connection.execute(statement)


@pytest.mark.parametrize(
    ("tamper", "position", "problem"),
    [
        ("update timeline_entry set note = 'x' where position = 1", 1, "content was changed"),
        ("delete from timeline_entry where position = 1", 1, "missing"),
        ("delete from timeline_entry where position = 2", 2, "the end is missing"),
        ("truncate ticket cascade", None, "the ticket is missing"),
    ],
)
async def test_the_audit_finds_tampering(
    running: Running,
    customer: WebCustomer,
    database_url: str,
    tamper: str,
    position: int | None,
    problem: str,
):
    number = await filed(customer)
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("alter table timeline_entry disable trigger user")
        for statement in tamper.split(";"):
            connection.execute(statement)
    async with running.parts.house.database.transaction() as session:
        assert await audit.verify(session) == [audit.Finding(number, position, problem)]
