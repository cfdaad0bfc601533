"""Web chat over HTTP (invariants 1, 2 and 7)."""

import asyncio

import httpx
import psycopg
import pytest

from tests.integration.backend.conftest import Running, WebCustomer, started
from tests.support.scripted_bot import ScriptedBot


async def test_opening_greets_with_a_privacy_notice_and_ways_to_begin(customer: WebCustomer):
    (greeting,) = customer.greeting
    assert greeting["seq"] == 1
    assert greeting["sender"] == "bot"
    assert "记录" in greeting["text"]
    assert "人工" in greeting["text"]
    assert greeting["quick_replies"]


async def test_a_message_is_stored_and_answered_in_the_same_call(customer: WebCustomer):
    response = await customer.post("热水器漏水", "m1")
    body = response.json()
    assert body["message"]["seq"] == 2
    assert body["message"]["text"] == "热水器漏水"
    assert body["message"]["client_message_id"] == "m1"
    assert [(reply["seq"], reply["sender"], reply["text"]) for reply in body["replies"]] == [
        (3, "bot", "听到：热水器漏水")
    ]


async def test_the_same_client_message_id_is_the_same_message_and_answer(
    customer: WebCustomer, bot: ScriptedBot
):
    first = (await customer.post("热水器漏水", "m1")).json()
    second = (await customer.post("热水器漏水", "m1")).json()
    assert second == first
    assert len(bot.heard) == 1
    assert len(await customer.all_messages()) == 3


async def test_twenty_racing_deliveries_are_one_message(customer: WebCustomer, bot: ScriptedBot):
    answers = await asyncio.gather(*(customer.post("漏水", "same") for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert len(bot.heard) == 1


async def test_two_conversations_may_use_the_same_client_message_id(client: httpx.AsyncClient):
    one, other = await WebCustomer.arrive(client), await WebCustomer.arrive(client)
    assert await one.say("甲", "m1") == ["听到：甲"]
    assert await other.say("乙", "m1") == ["听到：乙"]


async def test_seq_is_gapless_and_turns_run_one_at_a_time(customer: WebCustomer, bot: ScriptedBot):
    bot.delay = 0.02
    await asyncio.gather(*(customer.post(f"第{n}句", wait=n % 2 == 0) for n in range(12)))
    async with asyncio.timeout(10):
        while len(messages := await customer.all_messages()) < 25:
            await asyncio.sleep(0.05)
    assert [message["seq"] for message in messages] == list(range(1, 26))
    assert bot.most_in_flight == 1
    spoken = [message["text"] for message in messages if message["sender"] == "customer"]
    assert [text for _, text in bot.heard] == spoken


async def test_two_processes_share_a_conversation_without_overlap(settings, bot: ScriptedBot):
    bot.delay = 0.02
    async with (
        started(settings) as one,
        started(settings) as other,
        one.client() as first,
        other.client() as second,
    ):
        customer = await WebCustomer.arrive(first)
        elsewhere = WebCustomer(
            second, {"conversation_id": customer.conversation_id, "token": "", "messages": []}
        )
        elsewhere.headers = customer.headers
        pairs = [(customer, elsewhere)[n % 2].post(f"第{n}句") for n in range(16)]
        answers = await asyncio.gather(*pairs)
        messages = await customer.all_messages()
    assert all(answer.json()["replies"] for answer in answers)
    assert bot.most_in_flight == 1
    assert [message["seq"] for message in messages] == list(range(1, 34))


async def test_a_client_that_was_away_asks_for_all_since_a_seq(customer: WebCustomer):
    await customer.say("一")
    await customer.say("二")
    assert [message["text"] for message in await customer.all_messages(since=3)] == ["二", "听到：二"]


@pytest.mark.parametrize("token", ["", "Bearer nonsense", "Basic abc"])
async def test_without_the_token_nothing_is_read_or_written(customer: WebCustomer, token: str):
    headers = {"Authorization": token} if token else {}
    read = await customer.client.get(customer.path, headers=headers)
    write = await customer.client.post(
        customer.path, json={"client_message_id": "x", "text": "y"}, headers=headers
    )
    assert (read.status_code, write.status_code) == (401, 401)
    assert read.json()["error"]["code"] == "unauthorized"


async def test_a_token_opens_only_its_own_conversation(client: httpx.AsyncClient, customer: WebCustomer):
    other = await WebCustomer.arrive(client)
    response = await client.get(other.path, headers=customer.headers)
    assert response.status_code == 401


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\u200b\u200b",
        "😡😡😡",
        "<script>alert(1)</script>",
        "a" * 4_001,
        "漏水" * 5_000,
        "\x00\x01\x1b",
        "\ud83d",
    ],
)
async def test_odd_texts_get_an_answer_and_are_stored_as_text(customer: WebCustomer, text: str):
    content = f'{{"client_message_id": "odd", "wait": true, "text": {_json(text)}}}'
    headers = customer.headers | {"content-type": "application/json"}
    response = await customer.client.post(customer.path, content=content, headers=headers)
    assert response.status_code == 200, response.text
    assert response.json()["replies"]
    stored = response.json()["message"]["text"]
    expected = "".join("\ufffd" if ord(c) < 32 or "\ud800" <= c <= "\udfff" else c for c in text)
    assert stored == expected


def _json(text: str) -> str:
    return '"' + "".join(f"\\u{ord(unit):04x}" if ord(unit) < 0x10000 else unit for unit in text) + '"'


async def test_empty_and_long_texts_are_answered_in_words_of_their_own(
    customer: WebCustomer, bot: ScriptedBot
):
    assert "没收到文字" in (await customer.say(" "))[0]
    assert bot.heard == []
    replies = await customer.say("漏" * 4_001)
    assert "很长" in replies[0]
    assert len(bot.heard[0][1]) == 4_000


async def test_a_customers_slash_is_not_an_intent(customer: WebCustomer, bot: ScriptedBot):
    await customer.say("/restart")
    assert bot.heard[0][1] == "／restart"


async def test_a_body_over_the_limit_is_refused_in_chinese(customer: WebCustomer):
    response = await customer.client.post(customer.path, content=b"x" * 1_100_000, headers=customer.headers)
    assert response.status_code == 413
    assert "太大" in response.json()["error"]["message"]


async def test_a_text_over_the_schema_limit_names_the_field(customer: WebCustomer):
    response = await customer.post("长" * 100_001)
    assert response.status_code == 422
    assert "100000" in response.json()["error"]["fields"]["text"]


async def test_an_acknowledged_message_is_in_the_database(customer: WebCustomer, database_url: str):
    assert (await customer.post("不等回复", wait=False)).status_code == 200
    with psycopg.connect(database_url) as connection:
        rows = connection.execute("select text from message where sender = 'customer'").fetchall()
    assert rows == [("不等回复",)]


async def test_while_a_person_owns_it_the_bot_is_silent(
    customer: WebCustomer, bot: ScriptedBot, database_url: str
):
    await customer.say("你好")
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("update conversation set owner = 'agent'")
    assert await customer.say("还在吗") == []
    assert len(bot.heard) == 1


async def test_an_answer_that_comes_after_a_takeover_is_dropped(
    customer: WebCustomer, bot: ScriptedBot, database_url: str
):
    bot.delay = 0.3
    waiting = asyncio.create_task(customer.say("你好"))
    while not bot.heard:
        await asyncio.sleep(0.01)
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("update conversation set owner = 'agent'")
    assert await waiting == []


async def test_what_a_dead_process_left_is_answered_by_the_job(
    running: Running, customer: WebCustomer, database_url: str
):
    """The safety net is deferred with the message and answers it, however the storing process ended."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "update conversation set lease_until = now() + interval '1 hour', lease_token = gen_random_uuid()"
        )
        assert (await customer.post("有人吗", wait=False)).status_code == 200
        await running.parts.turns.finish()
        (job,) = connection.execute("select task_name, args from procrastinate_jobs").fetchall()
        assert job == ("conversations.handle_waiting", {"conversation_id": customer.conversation_id})
        connection.execute("update conversation set lease_until = now()")
        connection.execute("update procrastinate_jobs set scheduled_at = now()")
    worker = asyncio.create_task(running.parts.house.jobs.work())
    try:
        async with asyncio.timeout(15):
            while len(await customer.all_messages()) < 3:
                await asyncio.sleep(0.05)
    finally:
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)
    assert (await customer.all_messages())[-1]["text"] == "听到：有人吗"


async def test_a_late_holder_of_a_lost_lease_writes_nothing(
    customer: WebCustomer, bot: ScriptedBot, database_url: str
):
    bot.delay = 0.3
    waiting = asyncio.create_task(customer.post("你好"))
    await asyncio.sleep(0.1)
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "update conversation set lease_token = gen_random_uuid(), lease_until = now() + interval '1 hour'"
        )
    response = await waiting
    assert response.json()["replies"] == []
    assert len(await customer.all_messages()) == 2
