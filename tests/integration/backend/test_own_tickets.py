"""A customer's own tickets through the bot: nobody learns of another person's, nothing is done twice."""

import uuid
from datetime import UTC, datetime, timedelta

import httpx
import psycopg
import pytest

from backend.access.roles import Role
from backend.clock import FixedClock
from backend.conversations import hub
from tests.integration.backend.conftest import Running, WebCustomer
from tests.integration.backend.desk_steps import Desk
from tests.integration.backend.test_tickets import SERVICE, filed, request_for

V1 = "/api/v1/service/tickets"
PHONE, LAST4 = "13812345678", "5678"


async def asked(client: httpx.AsyncClient, conversation_id: str, /, **query) -> httpx.Response:
    parameters = {"conversation_id": conversation_id, "phone_last4": LAST4} | query
    return await client.get(f"{V1}/lookup", params=parameters, headers=SERVICE)


async def wished(
    client: httpx.AsyncClient, number: str, what: str, conversation_id: str, **body
) -> httpx.Response:
    whole = {"request_id": uuid.uuid4().hex, "conversation_id": conversation_id} | body
    return await client.post(f"{V1}/{number}/{what}", json=whole, headers=SERVICE)


@pytest.fixture
async def number(customer: WebCustomer) -> str:
    return await filed(customer)


@pytest.fixture
async def stranger(client: httpx.AsyncClient) -> WebCustomer:
    return await WebCustomer.arrive(client)


async def test_progress_is_told_by_number_and_last_digits(
    running: Running, stranger: WebCustomer, number: str
):
    first = (await asked(stranger.client, stranger.conversation_id, number=number)).json()["items"]
    assert [(item["number"], item["stage"], item["open"], item["title"]) for item in first] == [
        (number, "recorded", True, "热水器 · 漏水")
    ]
    assert first[0]["status"].startswith("您的事情已经登记")
    assert first[0]["promise"]["what"]
    assert datetime.fromisoformat(first[0]["promise"]["due_at"]) > datetime.now(UTC)
    desk = await Desk.of(running, Role.SUPERVISOR, number)
    await desk.go("notify_customer")
    (then,) = (await asked(stranger.client, stranger.conversation_id, number=number)).json()["items"]
    assert (then["stage"], then["status"]) == ("customer_notified", "解决办法已经通知您，正在落实。")
    assert then["next_step"]
    assert PHONE not in str(first) + str(then)


async def test_wrong_digits_and_unknown_numbers_are_answered_alike(stranger: WebCustomer, number: str):
    wrong = await asked(stranger.client, stranger.conversation_id, number=number, phone_last4="0000")
    unknown = await asked(stranger.client, stranger.conversation_id, number="26112399994")
    nonsense = await asked(stranger.client, stranger.conversation_id, number="没有号")
    assert {answer.status_code for answer in (wrong, unknown, nonsense)} == {404}
    assert wrong.json() == unknown.json() == nonsense.json()


async def test_guessing_is_slowed_down_by_conversation(
    customer: WebCustomer, stranger: WebCustomer, number: str
):
    for guess in range(5):
        answer = await asked(
            stranger.client, stranger.conversation_id, number=number, phone_last4=f"000{guess}"
        )
        assert answer.status_code == 404
    right = await asked(stranger.client, stranger.conversation_id, number=number)
    assert (right.status_code, right.json()["error"]["code"]) == (429, "too_many_attempts")
    assert int(right.headers["Retry-After"]) > 0
    own = await asked(customer.client, customer.conversation_id, number=number)
    assert own.status_code == 200, "whoever filed it is not shut out"


async def test_guessing_is_slowed_down_by_ticket_over_many_conversations(clock_running):
    clock = FixedClock(datetime(2026, 11, 23, 2, tzinfo=UTC))
    async with clock_running(clock) as running, running.client() as http:
        number = await filed(await WebCustomer.arrive(http))
        answers = []
        for guess in range(12):
            page = await WebCustomer.arrive(http)
            answers.append(
                (
                    await asked(http, page.conversation_id, number=number, phone_last4=f"00{guess:02}")
                ).status_code
            )
        assert answers == [404] * 10 + [429] * 2
        clock.set(clock.now() + timedelta(minutes=31))
        page = await WebCustomer.arrive(http)
        assert (await asked(http, page.conversation_id, number=number)).status_code == 200


async def test_a_phone_number_that_is_merely_claimed_opens_nothing(
    customer: WebCustomer, stranger: WebCustomer, number: str
):
    claimed = await asked(stranger.client, stranger.conversation_id, phone=PHONE)
    assert (claimed.status_code, claimed.json()["error"]["code"]) == (403, "phone_not_verified")
    assert "工单号" in claimed.json()["error"]["message"]
    own = await asked(customer.client, customer.conversation_id, phone=PHONE)
    assert [item["number"] for item in own.json()["items"]] == [number]


async def test_a_caller_is_told_of_the_tickets_of_the_number_they_call_from(
    running: Running, client: httpx.AsyncClient, customer: WebCustomer, number: str
):
    later = await filed(customer)
    async with running.parts.house.units.begin() as uow:
        call = await hub.start(uow, "phone", address=PHONE)
        other = await hub.start(uow, "phone", address="13900000000")
    mine = await asked(client, str(call.id), phone=PHONE)
    assert [item["number"] for item in mine.json()["items"]] == [later, number]
    assert (await asked(client, str(call.id), phone=PHONE, phone_last4="0000")).status_code == 404
    assert (await asked(client, str(other.id), phone=PHONE)).status_code == 403


@pytest.mark.parametrize(
    "query", [{}, {"number": "1", "phone_last4": "56"}, {"number": "1", "conversation_id": "x"}]
)
async def test_a_malformed_question_is_refused(stranger: WebCustomer, query: dict):
    assert (await asked(stranger.client, stranger.conversation_id, **query)).status_code == 422


async def test_words_are_added_once(agent: httpx.AsyncClient, stranger: WebCustomer, number: str):
    body = {"request_id": "same", "text": "现在楼下也漏了", "phone_last4": LAST4}
    for _ in range(2):
        answer = await wished(stranger.client, number, "words", stranger.conversation_id, **body)
        assert answer.status_code == 200, answer.text
    detail = (await agent.get(f"/api/v1/tickets/{number}")).json()
    assert detail["description"].count("楼下也漏") == 1
    (entry,) = [entry for entry in detail["timeline"] if entry["verb"] == "added"]
    assert (entry["actor_kind"], entry["note"], entry["source"]) == ("customer", "现在楼下也漏了", "R1-1.2")
    found = (await agent.get("/api/v1/tickets", params={"text": "楼下"})).json()
    assert found["total"] == 1
    assert (await agent.get("/api/v1/tickets", params={"text": "王女士"})).json()["total"] == 1


@pytest.mark.parametrize(
    ("what", "body"), [("words", {"text": "x"}), ("urge", {}), ("withdraw", {"reason": "x"})]
)
async def test_nobody_else_changes_a_ticket(
    agent: httpx.AsyncClient, stranger: WebCustomer, number: str, what: str, body: dict
):
    before = (await agent.get(f"/api/v1/tickets/{number}")).json()
    for digits in ({}, {"phone_last4": "0000"}):
        answer = await wished(stranger.client, number, what, stranger.conversation_id, **body, **digits)
        assert answer.status_code == 404
    assert (await agent.get(f"/api/v1/tickets/{number}")).json() == before


async def test_coming_again_with_the_same_matter_is_added_and_counted_together(
    agent: httpx.AsyncClient, customer: WebCustomer, number: str
):
    body = {"request_id": "again", "text": "又漏了", "again": True}
    for _ in range(2):
        answer = await wished(customer.client, number, "words", customer.conversation_id, **body)
        assert (answer.status_code, answer.json()["urged"]) == (200, 1)
    detail = (await agent.get(f"/api/v1/tickets/{number}")).json()
    assert detail["description"].count("又漏了") == 1
    assert [entry["verb"] for entry in detail["timeline"] if entry["verb"] in {"added", "urged"}] == [
        "added",
        "urged",
    ]


async def own(client: httpx.AsyncClient, conversation_id: str) -> httpx.Response:
    return await client.get(f"{V1}/own", params={"conversation_id": conversation_id}, headers=SERVICE)


async def test_a_conversation_is_told_of_its_own_tickets_and_of_nobody_elses(
    customer: WebCustomer, stranger: WebCustomer, number: str
):
    later = await filed(customer)
    mine = (await own(customer.client, customer.conversation_id)).json()
    assert mine["phone"] is None
    assert [item["number"] for item in mine["items"]] == [later, number]
    assert (await own(stranger.client, stranger.conversation_id)).json() == {"phone": None, "items": []}
    assert (await own(stranger.client, str(uuid.uuid4()))).status_code == 404


async def test_a_caller_owns_the_tickets_of_the_number_that_calls(
    running: Running, client: httpx.AsyncClient, number: str
):
    async with running.parts.house.units.begin() as uow:
        call = await hub.start(uow, "phone", address=PHONE)
        other = await hub.start(uow, "phone", address="13900000000")
        claimed = await hub.start(uow, "wechat", address=PHONE)
    mine = (await own(client, str(call.id))).json()
    assert (mine["phone"], [item["number"] for item in mine["items"]]) == (PHONE, [number])
    assert (await own(client, str(other.id))).json() == {"phone": "13900000000", "items": []}
    assert (await own(client, str(claimed.id))).json() == {"phone": None, "items": []}


async def test_a_merged_ticket_is_told_of_once(running: Running, customer: WebCustomer, number: str):
    target = await filed(customer)
    await (await Desk.of(running, Role.SUPERVISOR, number)).take("merge", other=target)
    mine = (await own(customer.client, customer.conversation_id)).json()
    assert [item["number"] for item in mine["items"]] == [target]


@pytest.mark.parametrize(
    ("now", "due", "counts"),
    [
        (datetime(2026, 11, 23, 1, tzinfo=UTC), datetime(2026, 11, 23, 6, 30, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 4, 15, tzinfo=UTC), datetime(2026, 11, 23, 9, 30, tzinfo=UTC), False),
        (datetime(2026, 11, 23, 14, tzinfo=UTC), datetime(2026, 11, 24, 6, 30, tzinfo=UTC), False),
        (datetime(2026, 11, 28, 2, tzinfo=UTC), datetime(2026, 11, 30, 6, 30, tzinfo=UTC), False),
    ],
    ids=["at work", "at lunch", "in the evening", "on a Saturday"],
)
async def test_filing_tells_what_is_promised_and_whether_the_clock_counts_now(
    clock_running, now: datetime, due: datetime, counts: bool
):
    async with clock_running(FixedClock(now)) as running, running.client() as http:
        customer = await WebCustomer.arrive(http)
        body = request_for(customer)
        answers = [await http.post(V1, json=body, headers=SERVICE) for _ in range(2)]
    assert answers[0].json() == answers[1].json(), "asked again, the same is promised"
    promises = answers[0].json()["promises"]
    assert [promise["clock_id"] for promise in promises] == ["first_contact", "outermost"]
    first = promises[0]
    assert (first["amount"], first["unit"]) == (4, "working_hours")
    assert datetime.fromisoformat(first["due_at"]) == due
    assert (first["counts_now"], promises[1]["counts_now"]) == (counts, True)


async def test_a_question_is_promised_an_answer(customer: WebCustomer):
    body = request_for(customer, kind="inquiry")
    promises = (await customer.client.post(V1, json=body, headers=SERVICE)).json()["promises"]
    answer = next(promise for promise in promises if promise["clock_id"] == "enquiry_answer")
    assert (answer["amount"], answer["unit"], answer["what"]) == (8, "working_hours", "给您答复")


async def test_urging_counts(agent: httpx.AsyncClient, customer: WebCustomer, number: str):
    for _ in range(2):
        answer = await wished(customer.client, number, "urge", customer.conversation_id, text="快点")
    assert answer.json()["urged"] == 2
    detail = (await agent.get(f"/api/v1/tickets/{number}")).json()
    urged = [entry for entry in detail["timeline"] if entry["verb"] == "urged"]
    assert [(entry["after"], entry["source"]) for entry in urged] == [
        ({"urged": 1}, "R3b-27"),
        ({"urged": 2}, "R3b-27"),
    ]


async def test_a_customer_withdraws_until_it_is_over(customer: WebCustomer, number: str):
    gone = await wished(customer.client, number, "withdraw", customer.conversation_id, reason="自己修好了")
    assert (gone.json()["stage"], gone.json()["open"]) == ("cancelled", False)
    again = await wished(customer.client, number, "withdraw", customer.conversation_id, reason="x")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "illegal_step")


async def test_what_was_merged_is_asked_about_under_either_number(
    running: Running, customer: WebCustomer, number: str
):
    target = await filed(customer)
    someone_elses = await filed(await WebCustomer.arrive(customer.client), contact={"phone": "13900001111"})
    desk = await Desk.of(running, Role.SUPERVISOR, number)
    await desk.take("merge", other=target)
    answer = await asked(customer.client, customer.conversation_id, number=number)
    assert [item["number"] for item in answer.json()["items"]] == [target]
    await Desk(desk.http, target).take("merge", other=someone_elses)
    (item,) = (await asked(customer.client, customer.conversation_id, number=number)).json()["items"]
    assert item["number"] == target, "another customer's ticket is not told"
    assert item["status"].startswith("这件事已经并到")


async def duplicates(client: httpx.AsyncClient, **query) -> list[tuple[str, bool]]:
    parameters = {"phone": PHONE, "product": "热水器", "fault": "一直漏水"} | query
    response = await client.get(f"{V1}/duplicates", params=parameters, headers=SERVICE)
    assert response.status_code == 200, response.text
    return [(item["number"], item["may_be_told"]) for item in response.json()["items"]]


async def test_an_open_ticket_of_the_same_matter_is_found(
    customer: WebCustomer, stranger: WebCustomer, number: str, database_url: str
):
    client = customer.client
    assert await duplicates(client) == [(number, False)]
    assert await duplicates(client, conversation_id=customer.conversation_id) == [(number, True)]
    assert await duplicates(client, conversation_id=stranger.conversation_id) == [(number, False)]
    assert await duplicates(client, fault="") == [(number, False)]
    assert await duplicates(client, fault="打不着火") == []
    assert await duplicates(client, product="冰箱") == []
    assert await duplicates(client, phone="13900000000") == []
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("update ticket set created_at = created_at - interval '31 days'")
    assert await duplicates(client) == []


async def test_a_closed_ticket_is_no_duplicate(customer: WebCustomer, number: str):
    await wished(customer.client, number, "withdraw", customer.conversation_id, reason="x")
    assert await duplicates(customer.client) == []
