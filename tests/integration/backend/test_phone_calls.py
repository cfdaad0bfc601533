"""Calls over the vendor's protocol, on a real database, with a bot that says what the test needs."""

import asyncio
import uuid
from collections.abc import AsyncIterator

import httpx
import psycopg
import pytest
from twilio.request_validator import RequestValidator

from backend.settings import Settings
from cli.phone.ear import Did, Sound
from cli.phone.line import Line
from tests.integration.backend.conftest import Running
from tests.support.scripted_bot import ScriptedBot
from tests.support.scripted_caller import ScriptedCaller
from tests.support.served_backend import Served, served

DEMO_TOKEN = "a-demo-token-of-this-test"
TOKEN = "the-vendors-auth-token"
PUBLIC = "https://hotline.example"
CALLER = "+8613900112266"


@pytest.fixture
async def phone(settings: Settings) -> AsyncIterator[Served]:
    changed = settings.model_copy(update={"voice_demo_token": DEMO_TOKEN, "voice_patience_seconds": 2.0})
    async with served(changed) as running:
        yield running


def line(phone: Served, caller: str = CALLER, **options) -> Line:
    return Line(base=phone.url, token=DEMO_TOKEN, caller=caller, **options)


async def call(phone: Served, *acts: str | Did, caller: str = CALLER) -> ScriptedCaller:
    return await asyncio.to_thread(ScriptedCaller(*acts).call, line(phone, caller))


def rows(settings: Settings, query: str) -> list[tuple]:
    with psycopg.connect(settings.database_url) as connection:
        return connection.execute(query).fetchall()


async def test_a_call_is_a_conversation_and_begins_with_the_notice(phone: Served, settings: Settings):
    caller = await call(phone, "洗衣机漏水")
    assert "记录" in caller.heard[0]
    assert "查询或者删除" in caller.heard[0]
    assert caller.turns[1] == ["听到：洗衣机漏水"]
    assert rows(settings, "select channel, address from conversation") == [("phone", CALLER)]
    said = [text for (text,) in rows(settings, "select text from message order by seq")]
    assert said[0].replace(" ", "") == caller.heard[0].replace(" ", "")
    assert said[-2:] == ["洗衣机漏水", "听到：洗衣机漏水"]


async def test_hanging_up_in_the_middle_leaves_an_incomplete_ticket_with_a_call_back_due(
    phone: Served, settings: Settings
):
    await call(phone, "洗衣机漏水", "声音还特别大")
    ((kind, intake, phone_number, description, channel),) = rows(
        settings, "select kind, intake, phone, description, channel from ticket"
    )
    assert (kind, intake, phone_number, channel) == ("inquiry", "incomplete", "13900112266", "phone")
    assert description == "洗衣机漏水\n声音还特别大"
    clocks = {clock for (clock,) in rows(settings, "select clock_id from clock")}
    assert "human_callback" in clocks


async def test_a_caller_who_says_nothing_leaves_nothing_behind(phone: Served, settings: Settings):
    await call(phone)
    assert rows(settings, "select number from ticket") == []
    assert len(rows(settings, "select id from phone_call where ended_at is not null")) == 1


async def test_silence_is_met_in_other_words_and_then_by_people(phone: Served, settings: Settings):
    caller = await call(phone, "", "", "")
    openings = [turn[0] for turn in caller.turns[1:3]]
    assert len(set(openings)) == 2
    assert all("没有听到" in opening for opening in openings)
    assert {Sound.MUSIC, Sound.TONE} & set(caller.sounds), "neither queue nor voicemail"


async def test_keys_pick_choices_repeat_and_the_menu(phone: Served, bot: ScriptedBot):
    bot.answer = lambda text: [{"text": f"听到：{text}", "buttons": [{"title": "确认"}, {"title": "修改"}]}]
    caller = await call(phone, "我要报修", "#9", "#*", "#2", "#7", "请再说一遍")
    assert [text for _, text in bot.heard] == ["我要报修", "修改"]
    assert caller.turns[1] == ["听到：我要报修", "确认请按1。", "修改请按2。"]
    assert "投诉服务" in caller.turns[2][0]
    assert caller.turns[2][1:] == caller.turns[3][-3:]
    assert "按键7" in caller.turns[5][0]


async def test_a_keyed_number_is_read_back_before_it_counts(phone: Served, bot: ScriptedBot):
    bot.answer = lambda text: [{"text": "请说一下您的订单号"}]
    caller = await call(phone, "我要退货", "#20260115889#", "#2", "#20260115888#", "#1")
    assert caller.asked[1] == (True, False), "a number needs more than one key"
    assert "2 0 2 6" in caller.turns[2][0]
    assert [text for _, text in bot.heard] == ["我要退货", "20260115888"]


async def test_the_callers_own_number_is_offered_as_contact(phone: Served, bot: ScriptedBot):
    bot.answer = lambda text: [{"text": "好的"}, {"text": "请说一下您的联系电话，也可以直接按键输入。"}]
    caller = await call(phone, "我要报修", "#1")
    assert "尾号2 2 6 6" in caller.turns[1][1]
    assert [text for _, text in bot.heard] == ["我要报修", "13900112266"]
    other = await call(phone, "我要报修", "换一个", "#13700001111#", "是的")
    assert [text for _, text in bot.heard][2:] == ["我要报修", "13700001111"]
    assert other.asked[2] == (True, False)
    bot.heard.clear()
    await call(phone, "我要报修", "幺三九零零幺幺二二六六", caller="anonymous")
    assert [text for _, text in bot.heard] == ["我要报修", "幺三九零零幺幺二二六六"]


async def test_what_was_badly_heard_is_confirmed_once(phone: Served, bot: ScriptedBot):
    caller = await call(
        phone,
        Did(speech="洗一鸡漏水", confidence=0.2),
        "不对",
        Did(speech="洗衣机漏水", confidence=0.3),
        "对",
    )
    assert "洗一鸡漏水" in caller.turns[1][0]
    assert [text for _, text in bot.heard] == ["洗衣机漏水", "对"] or [text for _, text in bot.heard] == [
        "洗衣机漏水"
    ]


async def test_a_slow_bot_makes_the_caller_wait_not_the_vendor(
    phone: Served, settings: Settings, bot: ScriptedBot
):
    bot.delay = 0.5
    quick = settings.model_copy(update={"voice_demo_token": DEMO_TOKEN, "voice_patience_seconds": 0.15})
    async with served(quick) as hasty:
        caller = await call(hasty, "洗衣机漏水")
    assert caller.turns[1][0].startswith("请稍等")
    assert caller.turns[1][-1] == "听到：洗衣机漏水"


async def test_a_bot_that_is_down_still_makes_a_ticket(phone: Served, settings: Settings, bot: ScriptedBot):
    await bot.stop()
    caller = await call(phone, "热水器打不着火")
    ((number, intake, phone_number),) = rows(settings, "select number, intake, phone from ticket")
    assert (intake, phone_number) == ("raw", "13900112266")
    assert number in "".join(caller.turns[1]).replace(" ", "")


async def test_a_returning_caller_is_asked_about_the_open_matter(
    phone: Served, settings: Settings, bot: ScriptedBot
):
    await call(phone, "洗衣机漏水")
    ((number,),) = rows(settings, "select number from ticket")
    again = await call(phone, "#1")
    assert "洗衣机漏水" in again.heard[1]
    assert bot.heard[-1][1] == f"我的工单{number}处理到哪一步了"
    other = await call(phone, "不是", "空调不制冷")
    assert bot.heard[-1][1] == "空调不制冷"
    assert "请问有什么可以帮您" in other.turns[1][0]
    stranger = await call(phone, caller="+8613700000001")
    assert "洗衣机漏水，" not in "".join(stranger.heard)


class Vendor:
    """Signs as the vendor does, for the public address, and posts to the application."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.sid = f"CA{uuid.uuid4().hex}"

    async def post(self, path: str, signed: str | None = None, **parameters: str) -> httpx.Response:
        url = f"/api/v1/twilio/voice/{path}"
        body = {"CallSid": self.sid, "From": CALLER, "To": "+864008000000", **parameters}
        body = {name: value for name, value in body.items() if value}
        signature = signed or RequestValidator(TOKEN).compute_signature(PUBLIC + url, body)
        return await self.client.post(url, data=body, headers={"X-Twilio-Signature": signature})


@pytest.fixture
async def vendor(settings: Settings) -> AsyncIterator[Vendor]:
    changed = settings.model_copy(update={"twilio_auth_token": TOKEN, "public_url": PUBLIC})
    async with served(changed) as running, Running(running.parts, running.app).client() as client:
        yield Vendor(client)


async def test_forged_and_unsigned_requests_are_refused(vendor: Vendor, settings: Settings):
    assert (await vendor.post("call", signed="AAAA")).status_code == 403
    assert (await vendor.client.post("/api/v1/twilio/voice/call")).status_code == 403
    other = RequestValidator("another token").compute_signature(f"{PUBLIC}/api/v1/twilio/voice/call", {})
    assert (await vendor.post("call", signed=other)).status_code == 403
    assert rows(settings, "select id from conversation") == []
    assert (await vendor.post("call")).status_code == 200


async def test_without_a_token_the_channel_is_off(client: httpx.AsyncClient):
    assert (await Vendor(client).post("call")).status_code == 403


async def test_the_same_request_twice_is_one_message_and_one_answer(
    vendor: Vendor, settings: Settings, bot: ScriptedBot
):
    first = await vendor.post("call")
    assert (await vendor.post("call")).text == first.text
    bot.delay = 0.2
    both = await asyncio.gather(*(vendor.post("heard?turn=1", SpeechResult="漏水") for _ in range(3)))
    assert len({answer.text for answer in both}) == 1
    assert "听到：漏水" in both[0].text
    assert len(bot.heard) == 1
    assert (await vendor.post("heard?turn=1", SpeechResult="漏水")).text == both[0].text
    assert rows(settings, "select count(*) from message where sender = 'customer'") == [(1,)]


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("heard?turn=1", {"SpeechResult": "漏水"}),
        ("heard", {"SpeechResult": "漏水", "Confidence": "many"}),
        ("heard?turn=-3", {"Digits": "A*#"}),
        ("waited?turn=99", {}),
        ("left", {"QueueResult": "what"}),
        ("waits", {"QueueTime": "soon"}),
        ("message", {"RecordingDuration": "-1"}),
        ("call", {"CallSid": ""}),
        ("heard?turn=1", {"CallSid": ""}),
        ("relayed", {"HandoffData": "{broken"}),
        ("agent?caller=CAnobody", {}),
    ],
)
async def test_what_makes_no_sense_is_answered_in_twiml(
    vendor: Vendor, path: str, parameters: dict[str, str]
):
    answer = await vendor.post(path, **parameters)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/xml")
    assert "<Response>" in answer.text
    assert "</Say>" in answer.text


async def test_huge_and_foreign_speech_is_kept_and_answered(vendor: Vendor, settings: Settings):
    await vendor.post("call")
    huge = await vendor.post("heard?turn=1", SpeechResult="洗衣机坏了" * 3_000)
    assert huge.status_code == 200
    foreign = await vendor.post("heard?turn=2", SpeechResult="my washing machine is broken \N{PILE OF POO}")
    assert "my washing machine" in foreign.text
    lengths = [
        len(text)
        for (text,) in rows(settings, "select text from message where sender='customer' order by seq")
    ]
    assert lengths[0] == 15_000
