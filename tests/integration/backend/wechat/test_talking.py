"""A customer writes on WeChat and is answered: at once when the bot is fast, else by a message of its own."""

import asyncio

import httpx
import psycopg
import pytest

from cli.wechat_vendor.account import SimulatedAccount
from cli.wechat_vendor.user import SimulatedUser
from tests.integration.backend.conftest import Running
from tests.integration.backend.wechat.conftest import (
    hurry,
    rows,
    until,
    wechat_settings,
    with_wechat,
    working,
)
from tests.support.scripted_bot import ScriptedBot
from tests.support.wechat_vendor import Vendor, running_vendor

NOTICE = "为了处理您的事情，我们会记录本次对话和您留下的联系方式，只用于售后；想找人工，随时回复“转人工”。"


@pytest.mark.parametrize("mode", ["plain", "compatible", "safe"])
async def test_the_address_is_verified_and_a_text_answered_at_once(
    database_url: str, bot: ScriptedBot, mode: str
):
    async with running_vendor(SimulatedAccount(mode=mode)) as vendor:
        settings = wechat_settings(database_url, bot, vendor)
        async with with_wechat(settings) as running, running.client() as http:
            assert await vendor.delivering(http).check_address()
            user = vendor.user(http)
            first = await user.say("洗衣机漏水 <&> ]]> 😀")
            second = await user.say("好的")
    assert first.answers == (f"{NOTICE}\n\n听到：洗衣机漏水 <&> ]]> 😀",)
    assert second.answers == ("听到：好的",)
    assert rows(database_url, "select count(*) from conversation") == [(1,)]


async def test_a_slow_bot_is_answered_by_a_message_of_its_own(
    impatient_user: SimulatedUser, bot: ScriptedBot
):
    bot.delay = 1.6
    outcome = await impatient_user.say("我的冰箱不制冷")
    assert outcome.answers == (NOTICE,)
    await until(lambda: len(impatient_user.seen) == 2)
    await asyncio.sleep(1.5)
    found = [(sent.how, sent.text) for sent in impatient_user.seen]
    assert found == [("passive", NOTICE), ("service", "听到：我的冰箱不制冷")]
    silent = await impatient_user.say("还有空调")
    assert (silent.answers, silent.out_of_order) == ((), False)


async def test_what_was_said_at_once_is_not_said_again_by_the_outbox(
    user: SimulatedUser, worker, database_url: str
):
    await user.say("你好")
    await asyncio.to_thread(hurry, database_url)
    await until(lambda: rows(database_url, "select count(*) from outbox where state = 'sent'") == [(2,)])
    assert [sent.how for sent in user.seen] == ["passive"]


async def test_while_a_person_answers_the_webhook_says_nothing(
    user: SimulatedUser, worker, database_url: str, running: Running
):
    await user.say("你好")
    rows(database_url, "update conversation set owner = 'agent', agent_username = 'li' returning 1")
    outcome = await user.say("在吗")
    assert (outcome.answers, outcome.statuses) == ((), (200,))
    assert outcome.seconds < 1


async def test_three_tries_at_once_are_one_message_and_one_answer(
    user: SimulatedUser, bot: ScriptedBot, database_url: str, worker
):
    bot.delay = 0.3
    outcome = await user.say_overlapping("空调不制冷", apart=0.1)
    assert set(outcome.answers) == {f"{NOTICE}\n\n听到：空调不制冷"}
    assert outcome.statuses == (200, 200, 200)
    assert [text for _, text in bot.heard] == ["空调不制冷"]
    await asyncio.to_thread(hurry, database_url)
    await asyncio.sleep(1.5)
    assert [sent.how for sent in user.seen] == ["passive"]
    assert rows(database_url, "select count(*) from message where sender = 'customer'") == [(1,)]


async def test_overlapping_tries_to_a_slow_bot_are_one_message_and_one_answer(
    impatient_user: SimulatedUser, bot: ScriptedBot, database_url: str
):
    bot.delay = 1.2
    outcome = await impatient_user.say_overlapping("空调不制冷", apart=0.3)
    await until(lambda: "听到：空调不制冷" in "".join(sent.text for sent in impatient_user.seen))
    await asyncio.to_thread(hurry, database_url)
    await asyncio.sleep(1.5)
    assert "".join(sent.text for sent in impatient_user.seen).count("听到：空调不制冷") == 1
    assert len(set(outcome.answers)) <= 1
    assert [text for _, text in bot.heard] == ["空调不制冷"]


async def test_an_answer_that_the_database_keeps_back_too_long_is_said_by_the_outbox(
    impatient_user: SimulatedUser, database_url: str
):
    await impatient_user.say("你好")
    async with await psycopg.AsyncConnection.connect(database_url) as busy:
        await busy.execute("lock table wechat_part in exclusive mode")
        outcome = await impatient_user.say("洗衣机漏水")
    assert (outcome.answers, outcome.statuses) == ((), (200,))
    assert outcome.seconds < 3
    await asyncio.to_thread(hurry, database_url)
    await until(lambda: "听到：洗衣机漏水" in impatient_user.seen[-1].text)
    await asyncio.sleep(1)
    assert [sent.how for sent in impatient_user.seen if "洗衣机漏水" in sent.text] == ["service"]


async def test_many_users_with_overlapping_tries_are_each_answered_once(
    vendor: Vendor, running: Running, client: httpx.AsyncClient, bot: ScriptedBot, database_url: str
):
    users = [vendor.user(client) for _ in range(8)]
    outcomes = await asyncio.gather(*(user.say_overlapping(f"第{n}个", 0.02) for n, user in enumerate(users)))
    async with working(running):

        async def through() -> bool:
            await asyncio.to_thread(hurry, database_url)
            return rows(database_url, "select count(*) = 16 from outbox where state = 'sent'")[0][0]

        await until(through)
    for n, (user, outcome) in enumerate(zip(users, outcomes, strict=True)):
        assert len(set(outcome.answers)) <= 1
        assert "".join(sent.text for sent in user.seen).count(f"听到：第{n}个") == 1
    assert sorted(text for _, text in bot.heard) == sorted(f"第{n}个" for n in range(8))
    query = "select count(*), count(distinct conversation_id) from message where sender = 'customer'"
    assert rows(database_url, query) == [(8, 8)]


async def test_two_first_messages_at_once_open_one_thread(user: SimulatedUser, database_url: str):
    await asyncio.gather(user.say("一"), user.say("二"), user.say("三"))
    assert rows(database_url, "select count(*) from conversation") == [(1,)]
    assert rows(database_url, "select count(*) from message where sender = 'customer'") == [(3,)]


async def test_choices_are_numbered_and_a_bare_number_picks_one(user: SimulatedUser, bot: ScriptedBot):
    buttons = [{"title": "报修"}, {"title": "投诉服务"}]
    bot.answer = lambda text: [{"text": "请问是哪一种？", "buttons": buttons}]
    await user.say("你好")
    asked = await user.say("嗯")
    assert asked.shown == "请问是哪一种？\n1. 报修\n2. 投诉服务\n回复数字就可以选择。"
    bot.answer = lambda text: [{"text": "好"}]
    await user.say("２")
    await user.say("2")
    assert [text for _, text in bot.heard][2:] == ["投诉服务", "2"]


async def test_an_answer_that_is_too_long_is_cut_at_sentence_ends_and_all_of_it_arrives(
    user: SimulatedUser, bot: ScriptedBot, worker, database_url: str
):
    await user.say("你好")
    sentences = [f"这是第{number}句话，说的是保修的规定。" for number in range(100)]
    bot.answer = lambda text: [{"text": "".join(sentences)}]
    outcome = await user.say("保修规定")
    await asyncio.to_thread(hurry, database_url)
    await until(lambda: rows(database_url, "select count(*) from outbox where state <> 'sent'") == [(0,)])
    texts = [sent.text for sent in user.seen][1:]
    assert outcome.shown == texts[0]
    assert len(texts) > 2
    assert "".join(texts) == "".join(sentences)
    assert all(len(text.encode()) <= 2048 and text.endswith("。") for text in texts)


async def test_bubbles_that_fit_go_together_since_five_is_all_there_is(
    impatient_user: SimulatedUser, bot: ScriptedBot
):
    user = impatient_user
    bot.delay, bot.answer = (
        1.4,
        lambda text: [{"text": word} for word in ("一", "二", "三", "四", "五", "六", "七")],
    )
    await user.say("说来话长")
    await until(lambda: len(user.seen) > 1)
    await asyncio.sleep(1)
    assert [(sent.how, sent.text) for sent in user.seen][1:] == [
        ("service", "一\n\n二\n\n三\n\n四\n\n五\n\n六\n\n七")
    ]


async def test_the_bot_is_down_and_the_customer_is_answered_within_the_limit(
    user: SimulatedUser, bot: ScriptedBot
):
    await bot.stop()
    outcome = await user.say("洗衣机漏水")
    assert "工单号是" in outcome.shown
    assert outcome.seconds < 4.5


async def test_after_a_close_the_thread_goes_on(user: SimulatedUser, database_url: str):
    await user.say("你好")
    rows(database_url, "update conversation set closed_at = now() returning 1")
    assert (await user.say("还有一件事")).shown == "听到：还有一件事"
    assert rows(database_url, "select count(*), max(closed_at) from conversation") == [(1, None)]
