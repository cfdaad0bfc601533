"""Callers and people: waiting, being taken, talking to somebody who types, the survey, voicemail, call-backs."""

import json
import re
import uuid
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from defusedxml.ElementTree import fromstring

from backend.access.roles import Role
from backend.channels.telephony.recordings import Recordings
from backend.channels.twilio_voice import music
from backend.channels.twilio_voice.carrier import TwilioCarrier
from backend.clock import FixedClock
from backend.settings import Settings
from tests.integration.backend.conftest import Running, logged_in, started
from tests.integration.backend.test_phone_calls import CALLER, PUBLIC, TOKEN, Vendor, rows
from tests.support.scripted_bot import ScriptedBot

DAY = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # 11:00 in Shanghai
NIGHT = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # 23:00
LIVE = "/api/v1/live"


class Caller(Vendor):
    """Answers each document as the vendor would, one step at a time."""

    document = ""

    @property
    def said(self) -> str:
        return "".join("".join(say.itertext()) for say in fromstring(self.document).iter("Say"))

    @property
    def verbs(self) -> list[str]:
        return [verb.tag for verb in fromstring(self.document)]

    async def go(self, path: str, **parameters: str) -> str:
        answer = await self.post(path, **parameters)
        assert answer.status_code == 200, answer.text
        self.document = answer.text
        return self.said

    async def begin(self, caller: str = CALLER) -> str:
        return await self.go("call", From=caller)

    async def answer(self, **parameters: str) -> str:
        """What the caller does in the <Gather> that is open; a <Redirect> is followed."""
        action = urlsplit(fromstring(self.document).find("Gather").get("action"))
        said = await self.go(f"{action.path.rsplit('/', 1)[1]}?{action.query}", **parameters)
        while waiting := re.search(r"waited\?turn=(\d+)", self.document):
            said = await self.go(f"waited?turn={waiting.group(1)}")
        return said

    async def say(self, words: str) -> str:
        return await self.answer(SpeechResult=words, Confidence="0.9")

    async def key(self, digits: str) -> str:
        return await self.answer(Digits=digits)

    async def end(self) -> None:
        assert (await self.post("status", CallStatus="completed")).status_code == 204


def _telephone(settings: Settings, **more: object) -> Settings:
    return settings.model_copy(
        update={"twilio_auth_token": TOKEN, "public_url": PUBLIC, "voice_patience_seconds": 0.5, **more}
    )


@pytest.fixture
async def day(settings: Settings) -> AsyncIterator[Running]:
    async with started(_telephone(settings), clock=FixedClock(DAY)) as running:
        yield running


@pytest.fixture
async def night(settings: Settings) -> AsyncIterator[Running]:
    async with started(_telephone(settings), clock=FixedClock(NIGHT)) as running:
        yield running


@pytest.fixture
def caller_of() -> Callable[[Running], Caller]:
    return lambda running: Caller(running.client())


async def online(running: Running, role: Role = Role.AGENT, state: str = "online") -> httpx.AsyncClient:
    """Somebody at work. To who is online, callers are given of themselves; who is busy takes them by hand."""
    agent = await logged_in(running, role)
    assert (await agent.put(f"{LIVE}/presence", json={"state": state})).status_code == 200
    return agent


def conversation(settings: Settings) -> str:
    ((found,),) = rows(settings, "select id from conversation")
    return str(found)


async def test_from_the_queue_to_somebody_who_types_and_the_survey(
    day: Running, settings: Settings, caller_of: Callable[[Running], Caller]
):
    agent, caller = await online(day, state="busy"), caller_of(day)
    await caller.begin()
    await caller.say("洗衣机漏水")
    await caller.key("0")
    assert caller.verbs[-1] == "Enqueue"
    assert "按1" in await caller.go("waits", QueueTime="0")
    here = f"{LIVE}/conversations/{conversation(settings)}"
    assert (await agent.post(f"{here}/claim")).status_code == 200
    await caller.go("waits", QueueTime="12")
    assert caller.verbs == ["Leave"]
    assert "User-Agent" in await caller.go("left", QueueResult="leave")
    assert caller.verbs == ["Gather"]

    await caller.say("你好我家地板都泡了")
    body = {"client_message_id": uuid.uuid4().hex, "text": "我马上给您安排师傅"}
    assert (await agent.post(f"{here}/messages", json=body)).status_code == 200
    assert await caller.answer() == "我马上给您安排师傅"
    said = [
        text for (text,) in rows(settings, "select text from message where sender='customer' order by seq")
    ]
    assert said == ["洗衣机漏水", "转人工", "你好我家地板都泡了"]

    assert (await agent.post(f"{here}/close", json={})).status_code == 200
    assert "服务态度" in await caller.answer()
    assert "业务能力" in await caller.key("4")
    assert "谢谢" in await caller.key("3")
    assert caller.verbs[-1] == "Hangup"
    assert rows(settings, "select survey from phone_call") == [({"attitude": 4, "skill": 3},)]
    await caller.end()
    await agent.aclose()


@pytest.mark.parametrize("state", ["online", "away"])
async def test_a_caller_whom_the_bot_hands_over_is_told_what_can_be_heard(
    day: Running, bot: ScriptedBot, caller_of: Callable[[Running], Caller], state: str
):
    agent, caller = await online(day), caller_of(day)
    assert (await agent.put(f"{LIVE}/presence", json={"state": state})).status_code == 200
    wish = {"handover": {"reason": "bot_unsure", "note": None}}
    bot.answer = lambda _text: [{"text": "我请同事来听。"}, {"custom": wish}]
    await caller.begin()
    said = await caller.say("呜哩哇啦")
    # who is online may have it by now, and types, having no telephone
    assert caller.verbs[-1] in ({"Gather", "Enqueue"} if state == "online" else {"Enqueue"})
    assert "我请同事来听。" in said
    assert ("不用再说一遍" if state == "online" else "不在座位上") in said
    assert "接着写" not in said
    await agent.aclose()


async def test_a_caller_has_half_a_number_in_the_lists_and_the_whole_one_once_revealed(
    day: Running, caller_of: Callable[[Running], Caller]
):
    agent, caller, stranger = await online(day), caller_of(day), caller_of(day)
    await caller.begin()
    await stranger.begin("anonymous")
    cards = (await agent.get(f"{LIVE}/conversations", params={"view": "all"})).json()["items"]
    here, there = sorted(cards, key=lambda card: card["customer"] is None)
    assert (here["customer"], there["customer"]) == ({"name": None, "phone": "139****2266"}, None)
    assert "13900112266" not in str(here)
    found = await agent.get(f"{LIVE}/conversations", params={"view": "all", "q": "13900112266"})
    assert [card["id"] for card in found.json()["items"]] == [here["id"]]

    page = f"{LIVE}/conversations/{here['id']}"
    hidden = (await agent.get(page)).json()
    assert (hidden["address"], hidden["customer"]["phone"]) == ("139****2266", "139****2266")
    assert (await agent.post(f"{page}/reveal", json={"reason": "回电"})).status_code == 200
    assert (await agent.get(page)).json()["address"] == "13900112266"
    assert (await agent.get(f"{LIVE}/conversations/{there['id']}")).json()["address"] is None
    await agent.aclose()


async def test_nobody_comes_within_the_limit_so_we_call_back(
    day: Running, settings: Settings, caller_of: Callable[[Running], Caller]
):
    caller = caller_of(day)
    await caller.begin()
    await caller.say("洗衣机漏水")
    await caller.key("0")
    await caller.go("waits", QueueTime="181")
    assert caller.verbs == ["Leave"]
    said = await caller.go("left", QueueResult="leave")
    ((number, intake, phone),) = rows(settings, "select number, intake, phone from ticket")
    assert (intake, phone) == ("incomplete", "13900112266")
    assert number in said
    assert caller.verbs[-1] == "Hangup"
    assert await caller.go("left", QueueResult="leave") == said
    await caller.end()
    assert len(rows(settings, "select number from ticket")) == 1
    assert ("human_callback",) in rows(settings, "select clock_id from clock")


async def test_who_does_not_want_to_wait_presses_a_key(
    day: Running, settings: Settings, caller_of: Callable[[Running], Caller]
):
    caller = caller_of(day)
    await caller.begin()
    await caller.say("洗衣机漏水")
    await caller.key("0")
    await caller.go("waits", QueueTime="3", Digits="1")
    assert caller.verbs == ["Leave"]
    await caller.go("left", QueueResult="leave")
    assert rows(settings, "select intake from ticket") == [("incomplete",)]


@pytest.mark.parametrize(("seconds", "leaves"), [("179", False), ("180", True)])
async def test_a_caller_waits_no_longer_than_policy_allows(
    day: Running, caller_of: Callable[[Running], Caller], seconds: str, leaves: bool
):
    caller = caller_of(day)
    await caller.begin()
    await caller.say("洗衣机漏水")
    await caller.key("0")
    await caller.go("waits", QueueTime=seconds)
    assert (caller.verbs == ["Leave"]) is leaves


async def test_handed_back_the_caller_talks_to_the_bot_again(
    day: Running, settings: Settings, caller_of: Callable[[Running], Caller]
):
    agent, caller = await online(day), caller_of(day)
    await caller.begin()
    await caller.key("0")
    here = f"{LIVE}/conversations/{conversation(settings)}"
    await agent.post(f"{here}/claim")
    await caller.go("left", QueueResult="leave")
    assert (await agent.post(f"{here}/hand_back", json={})).status_code == 200
    await day.parts.turns.finish()
    await caller.answer()
    assert "听到：空调坏了" in await caller.say("空调坏了")
    await agent.aclose()


async def test_at_night_a_message_after_the_tone_is_kept_with_the_ticket(
    night: Running, settings: Settings, caller_of: Callable[[Running], Caller]
):
    caller = caller_of(night)
    await caller.begin()
    assert "留言" in await caller.key("0")
    assert "Record" in caller.verbs
    said = await caller.go("message", RecordingDuration="9")
    ((number, phone),) = rows(settings, "select number, phone from ticket")
    assert number in said
    assert phone == "13900112266"
    url = "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1"
    for _ in range(2):
        answer = await caller.post("recording", RecordingSid="RE1", RecordingUrl=url, RecordingDuration="9")
        assert answer.status_code == 204
    ((recording,),) = rows(settings, "select id from phone_recording")
    asked: list[str] = []

    async def vendor(request: httpx.Request) -> httpx.Response:
        asked.append(f"{request.method} {request.url.path}")
        return httpx.Response(200, content=music.wav()) if request.method == "GET" else httpx.Response(204)

    carrier = TwilioCarrier(night.parts.house.settings.model_copy(update={"twilio_account_sid": "AC1"}))
    await carrier.close()
    carrier._client = httpx.AsyncClient(
        base_url="https://api.twilio.com", transport=httpx.MockTransport(vendor)
    )
    recordings = Recordings(night.parts.house, carrier)
    for _ in range(2):
        await recordings.fetch(str(recording))
    assert asked == [f"GET {urlsplit(url).path}.wav", "DELETE /2010-04-01/Accounts/AC1/Recordings/RE1.json"]
    (((attachment,),),) = rows(settings, "select attachments from message where attachments != '[]'")
    agent = await logged_in(night, Role.AGENT)
    path = f"/api/v1/files/{attachment['file_id']}"
    heard = await agent.get(path)
    assert heard.content == music.wav()
    async with night.client() as anybody:
        assert (await anybody.get(path)).status_code == 401
    assert await recordings.expire() == 0
    night.parts.house.clock.set(datetime(2027, 11, 24, tzinfo=UTC))
    assert await recordings.expire() == 1
    assert (await agent.get(path)).status_code in {401, 404}
    await agent.aclose()


async def test_a_recording_elsewhere_is_not_fetched_with_our_credentials(settings: Settings):
    carrier = TwilioCarrier(settings.model_copy(update={"twilio_account_sid": "AC1"}))
    with pytest.raises(Exception, match="not a recording of ours"):
        await carrier.fetch_recording("https://evil.example/RE1")
    await carrier.close()


async def test_the_desk_is_told_of_calls(day: Running, caller_of: Callable[[Running], Caller]):
    told: list[tuple[str, dict]] = []

    async def note(event: str, data: dict) -> None:
        told.append((event, data))

    day.parts.house.announcer.to_desk = note
    caller = caller_of(day)
    await caller.begin()
    await caller.end()
    states = [data["state"] for event, data in told if event == "live.call"]
    assert states == ["started", "ended"]
    assert json.dumps(told, default=str)


async def test_who_reached_only_the_fallback_is_called_back(
    settings: Settings, tmp_path: Path, caller_of: Callable[[Running], Caller]
):
    async with started(_telephone(settings, var_dir=tmp_path), clock=FixedClock(DAY)) as running:
        known = caller_of(running)
        await known.begin()
        await known.say("冰箱不制冷")
        notes = [
            {"CallSid": known.sid, "From": CALLER},
            {"CallSid": "CAother", "From": "+8613700001111"},
            {"CallSid": "CAother", "RecordingSid": "RE9", "RecordingUrl": "https://api.twilio.com/RE9"},
            {"no": "call"},
        ]
        lines = [*(json.dumps(note) for note in notes), '{"CallSid": "CAcut']
        missed = running.parts.telephone.missed
        for _ in range(2):
            (tmp_path / "missed-calls.jsonl").write_text("\n".join(lines))
            assert await missed.take_over() == 2
        assert await missed.take_over() == 0
    found = rows(settings, "select phone, description from ticket order by created_at, number")
    assert [phone for phone, _ in found] == ["13900112266", "13700001111"]
    assert found[0][1] == "冰箱不制冷"
    assert rows(settings, "select recording_id from phone_recording") == [("RE9",)]
