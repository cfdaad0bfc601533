"""A customer at the desk: found by anything at hand, one page of all channels, whom a chat is with."""

import uuid
from datetime import UTC, date, datetime

import httpx
import pytest

from backend.access.roles import Role
from backend.conversations.models import Conversation
from backend.warranty.keys import code, look_key
from backend.warranty.models import Customer, CustomerPhone, FileEntry, Product, Purchase
from tests.integration.backend.conftest import Running, WebCustomer, logged_in
from tests.integration.backend.test_tickets import filed

PHONE, OTHER_PHONE = "13812345678", "13900010001"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
SERIAL = "YSK260500001"


async def search(http: httpx.AsyncClient, text: str) -> list[dict]:
    response = await http.get("/api/v1/customers/search", params={"text": text})
    assert response.status_code == 200, response.text
    assert PHONE not in response.text
    return response.json()["items"]


async def page(http: httpx.AsyncClient, key: str) -> dict:
    response = await http.get(f"/api/v1/customers/{key}")
    assert response.status_code == 200, response.text
    return response.json()


@pytest.fixture
async def registered(running: Running) -> Customer:
    """A customer with a file, two numbers and a water heater bought this year."""
    file = Customer(
        id=uuid.uuid4(), name="王芳", address="苏州市姑苏区临顿路1号", created_at=NOW, updated_at=NOW
    )
    heater = Product(
        id=uuid.uuid4(),
        model="JSQ30-W16",
        look_key=look_key("JSQ30-W16"),
        family="water_heater",
        name="暖汐燃气热水器",
        synonyms=[],
        created_at=NOW,
    )
    async with running.parts.house.database.transaction() as session:
        session.add_all([file, heater])
        await session.flush()
        session.add_all(
            [CustomerPhone(customer_id=file.id, number=number) for number in (PHONE, "051265550199")]
        )
        session.add(
            Purchase(
                serial=code(SERIAL),
                serial_key=look_key(SERIAL),
                product_id=heater.id,
                customer_id=file.id,
                purchase_date=date(2026, 6, 1),
                created_at=NOW,
            )
        )
        session.add(FileEntry(customer_id=file.id, kind="note", at=NOW, text=f"也打{OTHER_PHONE}"))
    return file


async def thread(running: Running, channel: str, address: str) -> str:
    conversation = Conversation(
        id=uuid.uuid4(), channel=channel, address=address, created_at=NOW, updated_at=NOW
    )
    async with running.parts.house.database.transaction() as session:
        session.add(conversation)
    return str(conversation.id)


async def test_a_page_of_everything(
    running: Running, customer: WebCustomer, agent: httpx.AsyncClient, registered: Customer
):
    await customer.say("热水器漏水")
    number = await filed(customer, contact={"phone": PHONE})
    call = await thread(running, "phone", f"+86{PHONE}")
    stranger = await thread(running, "phone", "+8613700000000")
    (found,) = await search(agent, PHONE)
    assert (found["key"], found["name"], found["registered"]) == (str(registered.id), "王芳", True)
    assert found["phones_masked"] == ["051*****0199", "138****5678"]
    assert (found["tickets"], found["open_tickets"]) == (1, 1)

    whole = await page(agent, found["key"])
    assert [ticket["number"] for ticket in whole["tickets"]] == [number]
    threads = {each["id"]: each for each in whole["conversations"]}
    assert set(threads) == {customer.conversation_id, call}
    assert stranger not in threads
    assert threads[customer.conversation_id]["opening"] == "热水器漏水"
    assert threads[customer.conversation_id]["tickets"] == [number]
    (product,) = whole["products"]
    assert (product["sale"]["serial"], product["state"]) == (SERIAL, "in")
    assert product["until"] > "2026-11-23"
    assert (whole["revealed"], whole["address"]) == (False, "苏州市姑苏****")
    assert whole["entries"][0]["text"] == "也打139****0001"


@pytest.mark.parametrize("text", ["王芳", "051265550199", SERIAL, "0512-65550199"])
async def test_found_by_anything(agent: httpx.AsyncClient, registered: Customer, text: str):
    assert [item["key"] for item in await search(agent, text)] == [str(registered.id)]


async def test_somebody_without_a_file_is_known_by_number_and_the_key_does_not_tell_it(
    customer: WebCustomer, agent: httpx.AsyncClient
):
    number = await filed(customer, contact={"name": "陈先生", "phone": PHONE})
    for text in (PHONE, f"+86 {PHONE}", "陈先生", number):
        (found,) = await search(agent, text)
        assert (found["name"], found["registered"], found["tickets"]) == ("陈先生", False, 1)
        assert PHONE not in found["key"]
        uuid.UUID(found["key"])
    whole = await page(agent, found["key"])
    assert (whole["name"], whole["phones"]) == ("陈先生", ["138****5678"])
    assert len({item["key"] for text in (PHONE, number) for item in await search(agent, text)}) == 1
    assert await search(agent, "13700000000") == []
    assert await search(agent, "查无此人") == []
    assert (await agent.get(f"/api/v1/customers/{uuid.uuid4()}")).status_code == 404


async def test_a_number_on_two_files_is_nobodys_in_particular(
    running: Running, agent: httpx.AsyncClient, registered: Customer, customer: WebCustomer
):
    async with running.parts.house.database.transaction() as session:
        other = Customer(id=uuid.uuid4(), name="王强", created_at=NOW, updated_at=NOW)
        session.add(other)
        await session.flush()
        session.add(CustomerPhone(customer_id=other.id, number=PHONE))
    await filed(customer, contact={"phone": PHONE})
    panel = await agent.get(f"/api/v1/live/conversations/{customer.conversation_id}/customer")
    assert panel.json()["customer"]["registered"] is False
    assert len(await search(agent, PHONE)) == 3  # both files, and the number itself with its ticket


async def test_numbers_are_revealed_with_a_reason_or_by_who_sees_to_them(
    running: Running, customer: WebCustomer, agent: httpx.AsyncClient, registered: Customer
):
    number = await filed(customer, contact={"phone": PHONE})
    path = f"/api/v1/customers/{registered.id}"
    assert (await agent.post(f"{path}/reveal", json={})).status_code == 422
    version = (await agent.get(f"/api/v1/tickets/{number}")).json()["version"]
    await agent.post(
        f"/api/v1/tickets/{number}/steps/assign", json={"version": version, "assignee": "user-agent"}
    )
    shown = await agent.post(f"{path}/reveal", json={})
    assert shown.json() == {"phones": ["051265550199", PHONE], "address": "苏州市姑苏区临顿路1号"}
    assert (await page(agent, str(registered.id)))["phones"] == ["051265550199", PHONE]
    register = (await agent.get(f"/api/v1/register/customers/{registered.id}")).json()
    assert (register["revealed"], register["phones"]) == (True, ["051265550199", PHONE])
    other = await logged_in(running, Role.AGENT, "tom")
    hidden = await other.get(f"/api/v1/register/customers/{registered.id}")
    assert PHONE not in hidden.text
    assert "临顿路" not in (await other.get("/api/v1/register/search", params={"text": "王芳"})).text


async def test_the_panel_beside_a_chat(
    running: Running, customer: WebCustomer, agent: httpx.AsyncClient, registered: Customer
):
    path = f"/api/v1/live/conversations/{customer.conversation_id}"
    assert (await agent.get(f"{path}/customer")).json() == {"customer": None}
    assert (await agent.post(f"{path}/reveal", json={"reason": "回电"})).json() == {
        "phone": None,
        "address": None,
    }
    call = await thread(running, "phone", f"+86{PHONE}")
    caller = f"/api/v1/live/conversations/{call}"
    panel = (await agent.get(f"{caller}/customer")).json()["customer"]
    assert (panel["key"], panel["revealed"]) == (str(registered.id), False)
    assert (await agent.post(f"{caller}/reveal", json={})).status_code == 422
    async with running.parts.house.database.transaction() as session:
        (await session.get_one(Conversation, uuid.UUID(call))).agent_username = "user-agent"
    assert (await agent.post(f"{caller}/reveal", json={})).json()["address"] == "苏州市姑苏区临顿路1号"
    assert (await agent.get(f"{caller}/customer")).json()["customer"]["revealed"] is True
    assert (await agent.get(f"/api/v1/live/conversations/{uuid.uuid4()}/customer")).status_code == 404
