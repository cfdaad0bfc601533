"""Three tries of one message, overlapping and too slow, are one message, and each answer arrives once."""

import asyncio
import random

import httpx
import psycopg
import pytest

from backend.channels.wechat.endpoints import PATH
from cli.wechat_vendor.user import SimulatedUser
from tests.integration.backend.wechat.conftest import rows, until, wechat_settings, with_wechat, working
from tests.integration.backend.wechat.test_talking import NOTICE
from tests.support.scripted_bot import ScriptedBot
from tests.support.wechat_vendor import Vendor, served

SLOW_COMMIT = """
    create function slow() returns trigger language plpgsql as $$
    begin perform pg_sleep(1.5); return null; end $$;
    create constraint trigger slow after insert on wechat_part deferrable initially deferred
    for each row when (new.how = 'passive') execute function slow()"""
NOTHING_WAITS = "select count(*) = 0 from outbox where state <> 'sent'"
USERS, MESSAGES, SEED = 40, 2, 20261124


@pytest.mark.parametrize("overlapping", [False, True], ids=["one after the other", "overlapping"])
async def test_an_answer_that_is_stored_too_late_for_the_vendor_is_said_by_the_outbox(
    database_url: str, bot: ScriptedBot, vendor: Vendor, *, overlapping: bool
):
    """The vendor hangs up after 1.3 s; the unit of work that takes the answer commits after that."""
    settings = wechat_settings(database_url, bot, vendor, wechat_passive_seconds=0.8)
    async with (
        with_wechat(settings) as running,
        served(running.app) as url,
        httpx.AsyncClient(trust_env=False) as http,
    ):
        delivering = vendor.delivering(http, url + PATH)
        delivering.limit = 1.3
        user = SimulatedUser(vendor.account, vendor.state, delivering)
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute(SLOW_COMMIT)
        await (user.say_overlapping("漏水", 0.3) if overlapping else user.say("漏水"))
        async with working(running):
            await until(lambda: rows(database_url, NOTHING_WAITS)[0][0], 40)
    assert "".join(sent.text for sent in user.seen).count("听到：漏水") == 1
    assert rows(database_url, "select count(*) from message where sender = 'customer'") == [(1,)]


@pytest.mark.alone
async def test_under_load_every_message_is_stored_once_and_every_answer_arrives_once_and_in_order(
    database_url: str, bot: ScriptedBot, vendor: Vendor
):
    dice = random.Random(SEED)
    delays = {f"{n}-{m}": dice.uniform(0, 7) for n in range(USERS) for m in range(MESSAGES)}
    apart = {text: dice.uniform(0, 2) for text in delays}
    bot.delay_of = lambda text: delays[text]
    bot.answer = lambda text: [{"text": f"<{text}:{place}>"} for place in "abc"]
    settings = wechat_settings(
        database_url, bot, vendor, wechat_timeout_seconds=30, bot_timeout_seconds=60, pool_size=20
    )
    limits = httpx.Limits(max_connections=4 * USERS)
    async with (
        with_wechat(settings) as running,
        served(running.app) as url,
        httpx.AsyncClient(trust_env=False, timeout=30, limits=limits) as http,
        working(running),
    ):
        people = [
            SimulatedUser(vendor.account, vendor.state, vendor.delivering(http, url + PATH))
            for _ in range(USERS)
        ]

        async def talk(number: int) -> None:
            for place in range(MESSAGES):
                text = f"{number}-{place}"
                await people[number].say_overlapping(text, apart[text])

        await asyncio.gather(*map(talk, range(USERS)))
        count = f"select count(*) = {USERS * (1 + 3 * MESSAGES)} from outbox where state = 'sent'"  # noqa: S608
        await until(lambda: rows(database_url, count)[0][0], 120)
    hows = [sent.how for person in people for sent in person.seen]
    print(f"passive {hows.count('passive')}, service {hows.count('service')}")  # -s shows it
    for number, person in enumerate(people):
        bubbles = [bubble for sent in person.seen for bubble in sent.text.split("\n\n")]
        answers = [f"<{number}-{place}:{letter}>" for place in range(MESSAGES) for letter in "abc"]
        assert bubbles == [NOTICE, *answers]
    query = "select text from message where sender = 'customer'"
    assert sorted(text for (text,) in rows(database_url, query)) == sorted(delays)
    assert sorted(text for _, text in bot.heard) == sorted(delays)
