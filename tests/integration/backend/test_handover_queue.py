"""Queues and presence: who is given what, when somebody comes, finishes, falls silent; what the waiting are told."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from backend.access.roles import Role
from backend.clock import FixedClock
from backend.handover.kinds import Reason
from backend.settings import Settings
from tests.integration.backend.live_desk import MORNING, NIGHT, LiveDesk
from tests.integration.backend.test_tickets import filed
from tests.support.scripted_bot import ScriptedBot


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A bot that is waited for until a test lets it answer, however long filing takes meanwhile."""
    return settings.model_copy(update={"bot_timeout_seconds": 30.0})


@pytest.fixture
async def desk(clock_running) -> AsyncIterator[LiveDesk]:
    clock = FixedClock(MORNING)
    async with clock_running(clock) as running:
        yield LiveDesk(running, clock)


def wishing(reason: str, note: str | None = None, *bubbles: str):
    said = [{"text": text} for text in bubbles]
    return lambda _text: [*said, {"custom": {"handover": {"reason": reason, "note": note}}}]


async def test_who_waits_is_given_to_whoever_comes_online(desk: LiveDesk):
    customer = await desk.waiting_customer()
    linda = await desk.person("linda", state="online")
    await desk.settles()
    assert desk.holder(customer) == ("agent", "linda")
    assert (await linda.sees(customer))["stretches"][-1]["reason"] == "assigned"


@pytest.mark.parametrize("state", ["busy", "away", "offline"])
async def test_only_who_is_online_is_given_anything(desk: LiveDesk, state: str):
    await desk.person("linda", state=state)
    customer = await desk.waiting_customer()
    await desk.sweeps()
    assert desk.holder(customer) == ("queue", None)


async def test_the_longest_idle_with_the_skill_gets_it(desk: LiveDesk):
    await desk.person("service", groups=("service",), state="online")
    await desk.person("early", groups=("quality",), state="online")
    desk.clock.set(desk.clock.now().replace(second=30))
    await desk.person("late", groups=("quality",), state="online")
    held = []
    for _ in range(2):
        customer = await desk.waiting_customer(group="quality")
        await desk.settles()
        held.append(desk.holder(customer)[1])
    assert held == ["early", "late"]


async def test_the_queue_drains_when_somebody_finishes(desk: LiveDesk):
    linda = await desk.person("linda", state="online")
    customers = [await desk.waiting_customer() for _ in range(7)]
    await desk.settles()
    assert [desk.holder(one)[0] for one in customers].count("agent") == 6
    assert desk.holder(customers[-1]) == ("queue", None)
    await linda.did("close", customers[0])
    await desk.settles()
    assert desk.holder(customers[-1]) == ("agent", "linda")


async def test_when_an_agent_is_lost_another_takes_over_without_a_word_repeated(desk: LiveDesk):
    linda = await desk.person("linda", state="online")
    customer = await desk.waiting_customer()
    await desk.settles()
    assert desk.holder(customer) == ("agent", "linda")
    desk.clock.set(desk.clock.now().replace(second=30))
    await desk.person("wang", state="online")
    await desk.passes(seconds=20)
    assert desk.holder(customer) == ("agent", "wang")
    people = {one["username"]: one for one in (await linda.http.get("/api/v1/live/agents")).json()}
    assert (people["linda"]["state"], people["wang"]["state"], people["wang"]["load"]) == (
        "away",
        "online",
        1,
    )
    said = [message["text"] for message in await customer.all_messages()]
    assert any("换一位同事" in text for text in said)
    assert (await linda.is_there("online"))["state"] == "online"


async def test_whoever_goes_offline_gives_back_what_they_have(desk: LiveDesk):
    linda = await desk.person("linda", state="online")
    customer = await desk.waiting_customer()
    await desk.settles()
    await linda.is_there("offline")
    await desk.settles()
    assert desk.holder(customer) == ("queue", None)
    ((reason, waits),) = desk.rows("select handover_reason, waiting_since from conversation")
    assert reason == "agent_lost"
    assert waits <= desk.clock.now()


async def test_whoever_is_away_by_choice_keeps_what_they_have(desk: LiveDesk):
    linda = await desk.person("linda")
    customer = await desk.customer()
    await linda.did("takeover", customer)
    await linda.is_there("away")
    await desk.passes(minutes=10)
    assert desk.holder(customer) == ("agent", "linda")


async def test_what_is_not_looked_at_goes_to_somebody_else(desk: LiveDesk):
    linda = await desk.person("linda", state="online")
    customer = await desk.waiting_customer()
    await desk.settles()
    await desk.person("wang", state="away")
    for _ in range(5):
        await desk.passes(seconds=20)
        await linda.is_there("online")  # her page lives, and she does not look
    wang = await desk.person("wang", state="online")
    await desk.settles()
    assert desk.holder(customer) == ("agent", "wang")
    assert (await wang.http.get("/api/v1/live/agents")).json()[0]["username"] == "linda"


async def test_supervisors_send_people_home_and_agents_do_not(desk: LiveDesk):
    linda = await desk.person("linda", state="online")
    chief = await desk.person("chief", Role.SUPERVISOR)
    path = "/api/v1/live/agents/linda/presence"
    assert (await linda.http.put(path, json={"state": "offline"})).status_code == 403
    sent = await chief.http.put(path, json={"state": "offline"})
    assert sent.json()["state"] == "offline"
    nobody = await chief.http.put("/api/v1/live/agents/nobody/presence", json={"state": "offline"})
    assert nobody.status_code == 422


async def test_the_bot_asks_and_the_customer_hears_the_place_and_an_honest_wait(
    desk: LiveDesk, bot: ScriptedBot
):
    await desk.person("linda", state="busy")
    await desk.waiting_customer()
    customer = await desk.customer()
    bot.answer = wishing("customer_asked", "要投诉")
    (told,) = await customer.say("转人工")
    assert "第2位" in told
    assert "10分钟" in told
    assert desk.holder(customer) == ("queue", None)
    ((reason, note),) = desk.rows(
        "select reason, note from stretch where conversation_id = %s and ended_at is null",
        customer.conversation_id,
    )
    assert (reason, note) == ("customer_asked", "要投诉")


async def test_with_nobody_there_in_hours_the_customer_hears_that(desk: LiveDesk, bot: ScriptedBot):
    customer = await desk.customer()
    bot.answer = wishing("bot_unsure", None, "我没听懂")
    told = await customer.say("转人工")
    assert told[0] == "我没听懂"
    assert "不在座位" in told[1]
    assert desk.holder(customer)[0] == "queue"


async def test_outside_hours_a_call_back_is_on_record_and_the_bot_stays(desk: LiveDesk, bot: ScriptedBot):
    desk.clock.set(NIGHT)
    customer = await desk.customer()
    await customer.say("我的电话13812345678，要人工")
    bot.answer = wishing("customer_asked")
    (told,) = await customer.say("转人工")
    ((number, phone, kind),) = desk.rows("select number, phone, kind from ticket")
    assert number in told
    assert "11月24日08:30" in told
    assert (phone, kind) == ("13812345678", "inquiry")
    assert desk.holder(customer) == ("bot", None)
    (again,) = await customer.say("转人工")
    assert number in again
    assert desk.rows("select count(*) from ticket") == [(1,)]


async def test_outside_hours_somebody_who_is_there_is_asked(desk: LiveDesk, bot: ScriptedBot):
    desk.clock.set(NIGHT)
    await desk.person("linda", state="online")
    customer = await desk.customer()
    bot.answer = wishing("customer_asked")
    await customer.say("转人工")
    await desk.settles()
    assert desk.holder(customer) == ("agent", "linda")


async def test_a_hazard_is_queued_at_any_hour_before_all_others(desk: LiveDesk, bot: ScriptedBot):
    desk.clock.set(NIGHT)
    await desk.wants_a_person(await desk.customer(), Reason.RULE)
    customer = await desk.customer()
    bot.answer = wishing("hazard")
    await customer.say("漏电了")
    linda = await desk.person("linda")
    first, second = (await linda.lists("queue"))["items"]
    assert (first["id"], first["group"], first["priority"]) == (customer.conversation_id, "hazard", "urgent")
    assert second["handover_reason"] == "rule"


async def test_a_rule_that_calls_for_a_person_is_heard_once(desk: LiveDesk, bot: ScriptedBot):
    customer = await desk.customer()
    number = await filed(customer, hazard=True, severity="grave")
    await desk.settles()
    ((group, reason, priority),) = desk.rows("select group_id, handover_reason, priority from conversation")
    assert (group, reason, priority) == ("hazard", "hazard", "urgent")
    told = [message for message in await customer.all_messages() if message["sender"] == "system"]
    linda = await desk.person("linda")
    await linda.did("claim", customer)
    await linda.did("hand_back", customer)
    listener = desk.running.parts.handover.listener
    await listener.by_rule(customer.conversation_id, number, "emergency-hazard", MORNING.isoformat())
    assert desk.holder(customer)[0] == "bot"
    assert len(told) == 1


async def test_a_rule_that_fires_within_the_bots_turn_lets_it_finish(desk: LiveDesk, bot: ScriptedBot):
    """Somebody is free, and is given the conversation once the bot has said what it was saying."""
    await desk.person("linda", state="online")
    customer = await desk.customer()
    bot.may_answer.clear()
    bot.answer = lambda _text: [{"text": "已登记，请先关闭电源"}]
    asked = asyncio.create_task(customer.post("冒烟了"))
    while not bot.heard:
        await asyncio.sleep(0.01)
    await filed(customer, hazard=True, severity="grave")
    assert desk.holder(customer) == ("queue", None)
    bot.may_answer.set()
    replies = (await asked).json()["replies"]
    await desk.sweeps()
    assert "请先关闭电源" in [reply["text"] for reply in replies][-1]
    assert desk.holder(customer) == ("agent", "linda")


async def test_a_caller_hears_of_the_call_back_on_the_line_and_not_in_writing(desk: LiveDesk):
    customer = await desk.waiting_customer()
    desk.rows(
        "update conversation set channel = 'phone' where id = %s returning id", customer.conversation_id
    )
    await desk.passes(minutes=30)
    assert len(await customer.all_messages()) == 1


async def test_after_too_long_a_wait_a_call_back_is_offered_once_and_the_place_kept(
    desk: LiveDesk, bot: ScriptedBot
):
    customer = await desk.waiting_customer()
    await desk.passes(seconds=179)
    assert len(await customer.all_messages()) == 1
    await desk.passes(seconds=1)
    await desk.passes(minutes=30)
    (offer,) = (await customer.all_messages())[1:]
    assert offer["quick_replies"] == ["请回电话", "继续等"]
    (asked,) = await customer.say("请回电话")
    assert "手机号" in asked
    assert await customer.say("等一下") == []
    (done,) = await customer.say("138 1234 5678")
    ((number, phone),) = desk.rows("select number, phone from ticket")
    assert number in done
    assert phone == "13812345678"
    assert desk.holder(customer) == ("queue", None)
    assert await customer.say("请回电话") == []
    assert desk.rows("select count(*) from ticket") == [(1,)]


async def test_groups_and_wall_count_what_there_is(desk: LiveDesk):
    linda = await desk.person("linda", groups=("quality",), state="busy")
    await desk.person("wang", state="online")
    taken = await desk.customer()
    await linda.did("takeover", taken)
    await desk.waiting_customer(group="hazard", reason=Reason.HAZARD)
    await desk.settles()
    closed = await desk.customer()
    await linda.did("takeover", closed)
    await linda.did("close", closed)
    groups = {one["id"]: one for one in (await linda.http.get("/api/v1/live/groups")).json()}
    wall = (await linda.http.get("/api/v1/live/wall")).json()
    assert (groups["quality"]["online"], groups["service"]["online"]) == (2, 1)
    assert (wall["with_agents"], wall["handled_today"], wall["waiting"]) == (2, 1, 0)
    assert {one["username"]: one["load"] for one in wall["agents"]} == {"linda": 1, "wang": 1}


async def test_what_needs_no_answer_from_the_bot_is_told_with_every_message(desk: LiveDesk, bot: ScriptedBot):
    await desk.person("linda", state="busy")
    await desk.person("wang", state="away")
    customer = await desk.customer()
    await customer.say("在吗")
    assert bot.metadata[-1]["people"] == {"open": True, "online": 1}
