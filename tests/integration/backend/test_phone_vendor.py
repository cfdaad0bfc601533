"""The vendor's protocol as somebody else implements it: signatures from the npm package, JSON bodies, WebSockets."""

import asyncio
import hashlib
import json
import os
from collections.abc import AsyncIterator

import httpx
import psycopg
import pytest
import websockets
from twilio.request_validator import RequestValidator

from backend.channels.telephony.plan import Plan
from backend.channels.twilio_voice.relay import RelaySession
from backend.settings import PROJECT_ROOT, Settings
from cli.phone.ear import Sound
from cli.phone.line import Line, LineError
from tests.integration.backend.test_phone_calls import CALLER, DEMO_TOKEN, rows
from tests.support.scripted_bot import ScriptedBot
from tests.support.scripted_caller import ScriptedCaller
from tests.support.served_backend import Served, served

PREFIX = "/api/v1/twilio/voice"


@pytest.fixture
async def phone(settings: Settings) -> AsyncIterator[Served]:
    async with served(settings.model_copy(update={"voice_demo_token": DEMO_TOKEN})) as running:
        yield running


@pytest.fixture
async def relaying(settings: Settings) -> AsyncIterator[Served]:
    changed = {"voice_demo_token": DEMO_TOKEN, "voice_mode": "relay", "public_url": "https://hotline.example"}
    async with served(settings.model_copy(update=changed)) as running:
        yield running


async def node_call(phone: Served, *acts: dict[str, str], forge: bool = False) -> dict:
    script = {"base": phone.url, "token": DEMO_TOKEN, "from": CALLER, "acts": acts, "forge": forge}
    process = await asyncio.create_subprocess_exec(
        str(PROJECT_ROOT / ".venv/bin/node"),
        "tests/support/node_caller.mjs",
        cwd=PROJECT_ROOT,
        env={**os.environ, "NO_PROXY": "*"},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await asyncio.wait_for(process.communicate(json.dumps(script).encode()), 60)
    assert process.returncode == 0
    return json.loads(out)


async def test_a_call_signed_by_the_vendors_own_package(phone: Served, settings: Settings, bot: ScriptedBot):
    bot.answer = lambda text: [{"text": f"听到：{text} <&>", "buttons": [{"title": "确认"}]}]
    call = await node_call(phone, {"speech": "洗衣机漏水"}, {"digits": "1"})
    assert set(call["statuses"]) == {200, 204}
    assert call["turns"][1][0].startswith("听到：洗衣机漏水")
    assert [text for _, text in bot.heard] == ["洗衣机漏水", "确认"]
    assert rows(settings, "select intake from ticket") == [("incomplete",)]


async def test_a_wrong_token_is_refused_by_every_webhook(phone: Served, settings: Settings):
    call = await node_call(phone, {"speech": "洗衣机漏水"}, forge=True)
    assert set(call["statuses"]) == {403}
    assert rows(settings, "select id from conversation") == []


async def test_a_json_body_is_covered_by_its_digest(phone: Served):
    body = json.dumps({"any": "thing"})
    digest = hashlib.sha256(body.encode()).hexdigest()
    url = f"{phone.url}{PREFIX}/status?bodySHA256={digest}"
    signature = RequestValidator(DEMO_TOKEN).compute_signature(url, {})
    headers = {"X-Twilio-Signature": signature, "Content-Type": "application/json"}
    async with httpx.AsyncClient(trust_env=False) as client:
        right = await client.post(url, content=body, headers=headers)
        changed = await client.post(url, content=body.replace("thing", "other"), headers=headers)
    assert (right.status_code, changed.status_code) == (204, 403)


async def _begin(phone: Served, sid: str) -> str:
    url = f"{phone.url}{PREFIX}/call"
    body = {"CallSid": sid, "From": CALLER, "To": "+864008000000"}
    headers = {"X-Twilio-Signature": RequestValidator(DEMO_TOKEN).compute_signature(url, body)}
    async with httpx.AsyncClient(trust_env=False) as client:
        return (await client.post(url, data=body, headers=headers)).text


def _socket(phone: Served, token: str = DEMO_TOKEN) -> websockets.connect:
    url = f"{phone.url.replace('http', 'ws', 1)}{PREFIX}/relay"
    signature = RequestValidator(token).compute_signature(url, {})
    return websockets.connect(url, additional_headers={"X-Twilio-Signature": signature}, proxy=None)


async def test_conversation_relay_speaks_the_same_dialogue(
    relaying: Served, settings: Settings, bot: ScriptedBot
):
    bot.answer = lambda text: [{"text": f"听到：{text}", "buttons": [{"title": "确认"}, {"title": "修改"}]}]
    opening = await _begin(relaying, "CArelay")
    assert "<ConversationRelay" in opening
    assert 'url="wss://hotline.example/api/v1/twilio/voice/relay"' in opening
    async with _socket(relaying) as socket:
        await socket.send(
            json.dumps({"type": "setup", "callSid": "CArelay", "customParameters": {"turn": "1"}})
        )
        await socket.send("no json")
        await socket.send(json.dumps({"type": "prompt", "voicePrompt": "漏", "last": False}))
        await socket.send(
            json.dumps({"type": "prompt", "voicePrompt": "漏水", "lang": "zh-CN", "last": True})
        )
        said = [json.loads(await socket.recv()) for _ in range(3)]
        await socket.send(json.dumps({"type": "interrupt", "utteranceUntilInterrupt": "听到"}))
        await socket.send(json.dumps({"type": "dtmf", "digit": "2"}))
        more = [json.loads(await socket.recv()) for _ in range(3)]
        await socket.send(json.dumps({"type": "dtmf", "digit": "0"}))
        end = json.loads(await socket.recv())
    assert [message["token"] for message in said] == ["听到：漏水", "确认请按1。", "修改请按2。"]
    assert more[0]["token"] == "听到：修改"
    assert end["type"] == "end"
    assert json.loads(end["handoffData"])[-1]["kind"] in {"queue", "voicemail"}
    assert [text for _, text in bot.heard] == ["漏水", "修改"]


def _line(phone: Served, **options: str) -> Line:
    return Line(**{"base": phone.url, "token": DEMO_TOKEN, "caller": CALLER, **options})


async def test_the_demo_caller_holds_the_call_over_the_relay_to_its_end(
    relaying: Served, settings: Settings, bot: ScriptedBot
):
    bot.answer = lambda text: [{"text": f"听到：{text}", "buttons": [{"title": "确认"}, {"title": "修改"}]}]
    caller = ScriptedCaller("漏水", "", "#2", "#0", waiting=["1"])
    await asyncio.to_thread(caller.call, _line(relaying))
    assert "记录" in caller.heard[0]
    assert "请问有什么可以帮您" in caller.heard[1], "the greeting of the relay"
    assert caller.turns[1] == ["听到：漏水", "确认请按1。", "修改请按2。"]
    assert caller.turns[2] == [], "silence is nothing"
    assert caller.turns[3] == ["听到：修改", "确认请按1。", "修改请按2。"]
    assert [text for _, text in bot.heard] == ["漏水", "修改"]
    assert {Sound.MUSIC, Sound.TONE} & set(caller.sounds), "neither queue nor voicemail after the relay"
    assert rows(settings, "select count(*) from phone_call where ended_at is not null") == [(1,)]
    assert rows(settings, "select clock_id from clock where clock_id = 'human_callback'")


async def test_a_number_is_keyed_over_the_relay_and_read_back(relaying: Served, bot: ScriptedBot):
    bot.answer = lambda text: [{"text": "请说一下您的订单号"}]
    caller = ScriptedCaller("我要退货", "#20260115889#", "#1")
    await asyncio.to_thread(caller.call, _line(relaying))
    assert "2 0 2 6" in "".join(caller.turns[2])
    assert [text for _, text in bot.heard] == ["我要退货", "20260115889"]


@pytest.fixture
def losing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The first answer of a session is lost with its socket; which calls that befell."""
    carry_out = RelaySession._carry_out
    lost: list[str] = []

    async def lose_first(session: RelaySession, plan: Plan) -> bool:
        if lost:
            return await carry_out(session, plan)
        lost.append(session.call_id)
        await session._socket.close(1011)
        return False

    monkeypatch.setattr(RelaySession, "_carry_out", lose_first)
    return lost


async def test_a_lost_socket_goes_on_with_the_question_that_was_open(
    relaying: Served, bot: ScriptedBot, losing: list[str]
):
    caller = ScriptedCaller("漏水", "声音大")
    await asyncio.to_thread(caller.call, _line(relaying))
    assert losing
    assert caller.turns[1:3] == [["听到：漏水"], ["听到：声音大"]]
    assert [text for _, text in bot.heard] == ["漏水", "声音大"]


async def test_after_a_lost_socket_a_number_is_still_a_number(
    relaying: Served, bot: ScriptedBot, losing: list[str]
):
    bot.answer = lambda text: [{"text": "请说一下您的订单号"}]
    caller = ScriptedCaller("我要退货", "#20260115889#", "#1")
    await asyncio.to_thread(caller.call, _line(relaying))
    assert losing
    assert "2 0 2 6" in "".join(caller.turns[2])
    assert [text for _, text in bot.heard] == ["我要退货", "20260115889"]


async def test_a_relay_that_does_not_let_the_caller_in_is_an_error(relaying: Served, settings: Settings):
    line = _line(relaying)
    opened = line.connect

    def forging():
        line.token = "another"
        try:
            return opened()
        finally:
            line.token = DEMO_TOKEN

    line.connect = forging
    with pytest.raises(LineError, match="403"):
        await asyncio.to_thread(ScriptedCaller("漏水").call, line)
    assert rows(settings, "select count(*) from phone_call where ended_at is not null") == [(1,)]


async def test_an_unsigned_socket_is_refused_and_nonsense_closes_it(relaying: Served):
    with pytest.raises(websockets.InvalidStatus) as refused:
        async with _socket(relaying, token="another"):
            pass
    assert refused.value.response.status_code == 403
    async with _socket(relaying) as socket:
        for _ in range(10):
            await socket.send("{")
        with pytest.raises(websockets.ConnectionClosed):
            await socket.recv()


@pytest.mark.parametrize(
    ("origin", "headers", "let_in"),
    [
        ("{url}", {}, True),
        ("https://evil.example", {}, False),
        ("", {}, False),
        ("null", {}, False),
        ("{url}", {"X-Forwarded-For": "203.0.113.9"}, False),
    ],
)
async def test_the_relay_of_the_page_is_for_the_page_alone(
    relaying: Served, origin: str, headers: dict[str, str], *, let_in: bool
):
    given = {**headers, **({"Origin": origin.format(url=relaying.url)} if origin else {})}
    url = f"{relaying.url.replace('http', 'ws', 1)}/api/v1/phone-demo/relay"
    opening = websockets.connect(url, additional_headers=given, proxy=None)
    if let_in:
        async with opening:
            return
    with pytest.raises(websockets.InvalidStatus):
        await opening


async def test_without_the_demo_the_page_has_no_relay(settings: Settings):
    async with served(settings) as running:
        url = f"{running.url.replace('http', 'ws', 1)}/api/v1/phone-demo/relay"
        with pytest.raises(websockets.InvalidStatus):
            await websockets.connect(url, origin=running.url, proxy=None)


async def test_the_demo_signs_only_our_own_webhooks_and_only_here(phone: Served):
    async with httpx.AsyncClient(base_url=phone.url, trust_env=False) as client:
        path = "/api/v1/phone-demo/signature"
        url = f"{phone.url}{PREFIX}/call"
        own = await client.post(path, json={"url": url, "parameters": {"CallSid": "CA1"}})
        foreign = await client.post(path, json={"url": f"https://other.example{PREFIX}/call"})
        elsewhere = await client.post(path, json={"url": f"{phone.url}/api/v1/tickets"})
        proxied = await client.post(path, json={"url": url}, headers={"X-Forwarded-For": "203.0.113.9"})
    assert own.json()["signature"] == RequestValidator(DEMO_TOKEN).compute_signature(url, {"CallSid": "CA1"})
    assert (foreign.status_code, elsewhere.status_code, proxied.status_code) == (422, 422, 403)


async def test_a_demo_signature_counts_on_this_machine_only(phone: Served, settings: Settings):
    url = f"{phone.url}{PREFIX}/call"
    body = {"CallSid": "CA1", "From": CALLER, "To": ""}
    headers = {
        "X-Twilio-Signature": RequestValidator(DEMO_TOKEN).compute_signature(url, body),
        "X-Forwarded-For": "203.0.113.9",
    }
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.post(url, data=body, headers=headers)).status_code == 403
    with psycopg.connect(settings.database_url) as connection:
        assert connection.execute("select count(*) from phone_call").fetchone() == (0,)
