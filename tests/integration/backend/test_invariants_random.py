"""Invariants 1, 2, 3, 5 and 7 under random traffic: two processes, impatient customers, a bot that fails."""

import asyncio
import random
from dataclasses import dataclass, field

import httpx
import psycopg
import pytest

from backend.settings import Settings
from backend.tickets import audit
from tests.integration.backend.conftest import Running, WebCustomer, started
from tests.integration.backend.test_tickets import SERVICE, request_for
from tests.support.scripted_bot import ScriptedBot

CUSTOMERS = 5
MESSAGES_EACH = 7
TICKETS = 10
SETTLE_SECONDS = 30


def moody(chance: random.Random):
    """A bot that is mostly quick, now and then silent, broken, garbled or long-winded."""

    def answer(text: str) -> list[dict]:
        mood = chance.random()
        if mood < 0.15:
            return []
        if mood < 0.2:
            return [{"image": "no text"}]
        if mood < 0.3:
            return [
                {"text": "请稍等"},
                {"text": f"听到：{text}", "buttons": [{"title": "好", "payload": "好"}]},
            ]
        return [{"text": f"听到：{text}"}]

    return answer


@dataclass
class Traffic:
    """What was sent and acknowledged."""

    chance: random.Random
    pages: list[list[WebCustomer]]
    acknowledged: dict[str, dict[str, int]] = field(default_factory=dict)
    filed: dict[str, set[str]] = field(default_factory=dict)

    async def pause(self) -> None:
        await asyncio.sleep(self.chance.random() * 0.03)

    async def writes(self, pages: list[WebCustomer], number: int) -> None:
        """One message, delivered once to three times, from either of the customer's pages."""
        await self.pause()
        key, text = f"m{number}", f"第{number}句"
        deliveries = [self.chance.choice(pages) for _ in range(self.chance.choice([1, 1, 2, 3]))]
        wait = self.chance.random() < 0.5
        answers = await asyncio.gather(*(page.post(text, key, wait=wait) for page in deliveries))
        assert {answer.status_code for answer in answers} == {200}
        (seq,) = {answer.json()["message"]["seq"] for answer in answers}
        assert {answer.json()["message"]["text"] for answer in answers} == {text}
        self.acknowledged.setdefault(pages[0].conversation_id, {})[key] = seq

    async def reads(self, pages: list[WebCustomer], done: asyncio.Event) -> None:
        """A page that comes and goes: whenever it asks, from wherever it stands, there is no gap."""
        while not done.is_set():
            since = self.chance.randint(0, 12)
            seen = [message["seq"] for message in await self.chance.choice(pages).all_messages(since)]
            assert seen == list(range(since + 1, since + 1 + len(seen)))
            await asyncio.sleep(0.02 + self.chance.random() * 0.1)

    async def files(self, pages: list[WebCustomer], number: int) -> None:
        """The bot's actions file a ticket and repeat the request, as after a timeout."""
        await self.pause()
        body = request_for(pages[0], request_id=f"r{number}")
        answers = await asyncio.gather(
            *(
                page.client.post("/api/v1/service/tickets", json=body, headers=SERVICE)
                for page in (*pages, *pages)
            )
        )
        assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
        self.filed[f"r{number}"] = {answer.json()["number"] for answer in answers}


async def _arrived(clients: list[httpx.AsyncClient]) -> list[WebCustomer]:
    first = await WebCustomer.arrive(clients[0])
    opened = {"conversation_id": first.conversation_id, "token": "", "messages": first.greeting}
    second = WebCustomer(clients[1], opened)
    second.headers = first.headers
    return [first, second]


async def _run(traffic: Traffic, bot: ScriptedBot) -> None:
    done = asyncio.Event()
    readers = [asyncio.create_task(traffic.reads(pages, done)) for pages in traffic.pages]
    bot.answer = moody(traffic.chance)
    bot.delay = 0.01
    work = [traffic.writes(pages, number) for pages in traffic.pages for number in range(MESSAGES_EACH)]
    work += [traffic.files(traffic.chance.choice(traffic.pages), number) for number in range(TICKETS)]
    traffic.chance.shuffle(work)
    try:
        await asyncio.gather(*work)
    finally:
        done.set()
    await asyncio.gather(*readers)


async def _settled(database: psycopg.Connection) -> None:
    query = "select count(*) from conversation where handled_seq < pending_seq or lease_token is not null"
    async with asyncio.timeout(SETTLE_SECONDS):
        while database.execute(query).fetchone() != (0,):
            await asyncio.sleep(0.05)


def _check_messages(database: psycopg.Connection, traffic: Traffic, with_a_person: str) -> None:
    rows = database.execute(
        "select conversation_id::text, seq, id, sender, text, client_message_id, in_reply_to from message order by 1, 2"
    ).fetchall()
    for conversation_id, acknowledged in traffic.acknowledged.items():
        mine = [row for row in rows if row[0] == conversation_id]
        assert [row[1] for row in mine] == list(range(1, len(mine) + 1))
        said = [row for row in mine if row[3] == "customer"]
        assert {row[5]: row[1] for row in said} == acknowledged
        assert len(said) == MESSAGES_EACH
        answers = [row for row in mine if row[6] is not None]
        assert {row[3] for row in answers} <= {"bot", "system"}
        if conversation_id == with_a_person:
            assert answers == []
            continue
        for message in said:
            _check_answer(message[4], [row for row in answers if row[6] == message[2]])
        order = [row[6] for row in answers]
        assert [row[2] for row in said] == list(dict.fromkeys(order))  # answered in the order of asking


def _check_answer(asked: str, answers: list[tuple]) -> None:
    """One turn's answer: the bot's one or two bubbles, or one apology."""
    said = [(row[3], row[4]) for row in answers]
    positions = [row[1] for row in answers]
    assert positions == list(range(positions[0], positions[0] + len(positions)))
    if len(said) == 1 and said[0][0] == "system":
        return
    echo = ("bot", f"听到：{asked}")
    assert said in ([echo], [("bot", "请稍等"), echo])


def _check_tickets(database: psycopg.Connection, traffic: Traffic) -> None:
    rows = database.execute(
        "select number, request_id, intake, conversation_id::text, description from ticket"
    ).fetchall()
    by_request = {row[1]: row[0] for row in rows}
    for request_id, numbers in traffic.filed.items():
        assert numbers == {by_request[request_id]}
    assert len(traffic.filed) == TICKETS
    days: dict[str, list[int]] = {}
    for row in rows:
        days.setdefault(row[0][:6], []).append(int(row[0][6:-1]))
    assert all(sorted(counts) == list(range(1, len(counts) + 1)) for counts in days.values())
    raw = [row for row in rows if row[2] == "raw"]
    assert len({row[3] for row in raw}) == len(raw)  # one transcript a conversation, the rest is added to it
    apologised = database.execute(
        "select m.conversation_id::text, c.text from message m join message c on c.id = m.in_reply_to where m.sender = 'system'"
    ).fetchall()
    assert apologised
    transcripts = {row[3]: row[4].splitlines() for row in raw}
    assert all(text in transcripts[conversation_id] for conversation_id, text in apologised)


@pytest.mark.parametrize("seed", [7, 2026, 19012])
async def test_nothing_is_lost_doubled_or_out_of_order(
    settings: Settings, bot: ScriptedBot, database_url: str, seed: int
):
    chance = random.Random(seed)
    async with (
        started(settings) as one,
        started(settings) as two,
        one.client() as here,
        two.client() as there,
    ):
        traffic = Traffic(chance, [await _arrived([here, there]) for _ in range(CUSTOMERS)])
        with_a_person = traffic.pages[0][0].conversation_id
        with psycopg.connect(database_url, autocommit=True) as database:
            database.execute("update conversation set owner = 'agent' where id = %s", [with_a_person])
            async with asyncio.timeout(60):
                await _run(traffic, bot)
            await _settled(database)
            _check_messages(database, traffic, with_a_person)
            _check_tickets(database, traffic)
        assert bot.most_in_flight == 1
        heard = [text for sender, text in bot.heard if sender == with_a_person]
        assert heard == []
        assert len(bot.heard) == len(set(bot.heard)) == (CUSTOMERS - 1) * MESSAGES_EACH
        await _clean_record(one)


async def _clean_record(running: Running) -> None:
    async with running.parts.house.database.transaction() as session:
        assert await audit.verify(session) == []
