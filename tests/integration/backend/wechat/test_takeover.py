"""A person takes the conversation: what the bot had not said yet it says no more."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from backend.access.roles import Role
from cli.wechat_vendor.server import Fault
from cli.wechat_vendor.user import SimulatedUser
from tests.integration.backend.conftest import Running, logged_in
from tests.integration.backend.live_desk import Person
from tests.integration.backend.wechat.conftest import (
    hurry,
    rows,
    until,
    wechat_settings,
    with_wechat,
    working,
)
from tests.support.scripted_bot import ScriptedBot
from tests.support.wechat_vendor import Vendor

SEND = "/cgi-bin/message/custom/send"
SENTENCES = [f"这是第{number}句话，说的是保修的规定。" for number in range(100)]
STATES = (
    "select message.sender, outbox.state from outbox join message on message.id = message_id order by seq"
)


@pytest.fixture
async def running(database_url: str, bot: ScriptedBot, vendor: Vendor) -> AsyncIterator[Running]:
    """Nothing is answered within the webhook's own answer: the outbox says it all."""
    settings = wechat_settings(database_url, bot, vendor, wechat_passive_seconds=0.3)
    async with with_wechat(settings) as it:
        yield it


@pytest.fixture
async def linda(running: Running) -> Person:
    return Person("linda", await logged_in(running, Role.AGENT, "linda"))


@pytest.fixture
async def thread(user: SimulatedUser, database_url: str) -> str:
    """A conversation in which all that was said has arrived."""
    await user.follow()
    await until(lambda: rows(database_url, "select count(*) from conversation") == [(1,)])
    rows(database_url, "update outbox set state = 'sent' returning 1")
    user.seen.clear()
    ((conversation_id,),) = rows(database_url, "select id from conversation")
    return str(conversation_id)


async def asked(user: SimulatedUser, bot: ScriptedBot, running: Running, *bubbles: str) -> None:
    """The bot's answer is stored, later than the webhook waits."""
    bot.delay, bot.answer = 0.6, lambda text: [{"text": bubble} for bubble in bubbles]
    await user.say("保修规定")
    await running.parts.turns.finish()


async def worked_until(running: Running, url: str, done: str) -> None:
    async with working(running):

        async def holds() -> bool:
            await asyncio.to_thread(hurry, url)
            return rows(url, done)[0][0]

        await until(holds)


NOTHING_WAITS = "select count(*) = 0 from outbox where state = 'pending'"


def service(vendor: Vendor) -> list[str]:
    return [sent.text for sent in vendor.state.sent if sent.how == "service"]


async def test_the_bot_falls_silent_between_two_parts_of_one_bubble(
    thread: str, user, bot, running: Running, linda: Person, vendor: Vendor, database_url: str
):
    await asked(user, bot, running, "".join(SENTENCES))
    vendor.server.fail(SEND, Fault(seconds=0.8))
    async with working(running):
        await asyncio.to_thread(hurry, database_url)
        await until(lambda: SEND in vendor.server.calls)  # the first part is on its way
        await linda.did("takeover", thread)
        await linda.writes(thread, "您好，我来处理")
        await until(lambda: rows(database_url, NOTHING_WAITS)[0][0])
    first, *rest = service(vendor)
    assert "".join(SENTENCES).startswith(first)
    assert len(first) < len("".join(SENTENCES))
    assert not any(sentence in text for text in rest for sentence in SENTENCES)
    assert "您好，我来处理" in rest[-1]
    assert ("bot", "withheld") in rows(database_url, STATES)


async def test_what_waits_for_a_vendor_in_trouble_is_not_said_after_a_takeover(
    thread: str, user, bot, running: Running, linda: Person, vendor: Vendor, database_url: str
):
    await asked(user, bot, running, "一", "二")
    vendor.server.fail(SEND, Fault(status=503))
    await worked_until(running, database_url, "select max(attempts) = 1 from outbox")
    await linda.did("takeover", thread)
    await linda.writes(thread, "您好")
    await linda.did("hand_back", thread)  # nor when the bot has it again
    bot.delay = 0
    await running.parts.turns.finish()
    rows(database_url, "update message set created_at = created_at - interval '1 minute' returning 1")
    await worked_until(running, database_url, NOTHING_WAITS)
    said = service(vendor)
    states = rows(database_url, STATES)
    assert [state for sender, state in states if sender == "bot"].count("withheld") == 2
    assert "您好" in "".join(said)
    assert "".join(said).count("一") == 1  # of the turn after the hand-back


async def test_the_webhook_says_nothing_of_what_was_withheld(
    thread: str, user, bot, running: Running, linda: Person, vendor: Vendor, database_url: str
):
    await asked(user, bot, running, "一")
    await linda.did("takeover", thread)
    outcome = await user.say("在吗")
    assert not any("一" in answer for answer in outcome.answers)
    assert ("bot", "withheld") in rows(database_url, STATES)


async def test_the_desk_is_told_which_words_were_withheld(
    thread: str, user, bot, running: Running, linda: Person, vendor: Vendor, database_url: str
):
    await asked(user, bot, running, "一", "二")
    rows(
        database_url,
        "update outbox set state = 'sent' where state = 'pending' and id in"
        " (select outbox.id from outbox join message on message.id = message_id where text = '一') returning 1",
    )
    taken = await linda.did("takeover", thread)
    ((seq,),) = rows(database_url, "select seq from message where text = '二'")
    assert taken["undelivered"] == [{"seq": seq, "state": "withheld"}]


async def test_what_a_vendor_had_got_already_is_not_called_withheld(
    thread: str, user, bot, running: Running, linda: Person, vendor: Vendor, database_url: str
):
    await asked(user, bot, running, "一")
    await linda.did("takeover", thread)
    rows(database_url, "update outbox set vendor_id = 'v1' where state = 'withheld' returning 1")
    assert (await linda.sees(thread))["undelivered"] == []
    rows(database_url, "update outbox set state = 'failed' where state = 'withheld' returning 1")
    assert [one["state"] for one in (await linda.sees(thread))["undelivered"]] == ["failed"]


async def test_where_the_bot_asked_for_a_person_its_words_are_still_said(
    thread: str, user, bot, running: Running, linda: Person, vendor: Vendor, database_url: str
):
    await linda.is_there("online")
    bot.delay = 0.6
    bot.answer = lambda text: [
        {"text": "工单已登记"},
        {"custom": {"handover": {"reason": "customer_asked", "note": None}}},
    ]
    await user.say("转人工")
    await running.parts.turns.finish()
    await running.parts.handover.drain.finish()
    assert rows(database_url, "select owner, agent_username from conversation") == [("agent", "linda")]
    rows(database_url, "update message set created_at = created_at - interval '1 minute' returning 1")
    await worked_until(running, database_url, NOTHING_WAITS)
    assert "工单已登记" in "".join(service(vendor))
