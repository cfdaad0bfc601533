"""Agents on the telephone: rung, told the case, joined; what the desk does with a call."""

import contextlib
import uuid
from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from defusedxml.ElementTree import fromstring

from backend.access.roles import Role
from backend.channels.twilio_voice.carrier import client_name
from backend.clock import FixedClock
from backend.settings import Settings
from tests.integration.backend.conftest import Running, logged_in, started
from tests.integration.backend.test_phone_calls import PUBLIC, TOKEN, rows
from tests.integration.backend.test_phone_people import DAY, LIVE, Caller, conversation, online

HOTLINE = "+15005550006"
OWN_NUMBER = "+8613700001111"
VOICE = "/api/v1/twilio/voice"
OVER = {"code": 21220, "message": "Call is not in-progress. Cannot redirect."}


class Exchange:
    """The vendor's REST API as far as calls go: what it was asked, and how it answers."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.status, self.answer = 201, {"sid": "CAagent"}

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        body = {name: value for name, (value,) in parse_qs(request.content.decode()).items()}
        self.asked.append((request.url.path.removeprefix("/2010-04-01/Accounts/AC1/Calls"), body))
        return httpx.Response(self.status, json=self.answer)

    def refuse(self, status: int, answer: dict) -> None:
        self.status, self.answer = status, answer


class Hotline:
    """A hotline with an exchange, one caller who waits, and one agent who took them."""

    def __init__(self, running: Running, exchange: Exchange, agent: httpx.AsyncClient) -> None:
        self.running, self.exchange, self.agent = running, exchange, agent
        self.phone = running.parts.telephone
        self.caller, self.device = Caller(running.client()), Caller(running.client())
        self.device.sid = "CAagent"
        self.here = ""

    async def take(self, settings: Settings, *said: str) -> None:
        await self.caller.begin()
        for words in said:
            await self.caller.say(words)
        await self.caller.key("0")
        self.here = f"{LIVE}/conversations/{conversation(settings)}"
        assert (await self.agent.post(f"{self.here}/claim")).status_code == 200

    async def ring(self) -> None:
        await self.phone.ringing.ring(self.caller.sid, "user-agent")

    async def pick_up(self, more: str = "") -> str:
        return await self.device.go(f"agent?caller={self.caller.sid}{more}")

    async def joined(self, settings: Settings) -> None:
        await self.take(settings, "洗衣机漏水")
        await self.ring()
        await self.pick_up()

    async def act(self, deed: str) -> httpx.Response:
        return await self.agent.post(f"{self.here}/call/{deed}")

    async def call(self, who: httpx.AsyncClient | None = None) -> dict:
        return (await (who or self.agent).get(f"{self.here}/call")).json()

    @property
    def last(self) -> tuple[str, dict[str, str]]:
        return self.exchange.asked[-1]


@contextlib.asynccontextmanager
async def hotline(settings: Settings, **more: object) -> AsyncIterator[Hotline]:
    changes = {
        "twilio_auth_token": TOKEN,
        "public_url": PUBLIC,
        "voice_patience_seconds": 0.5,
        "voice_agents": "browser",
        "twilio_account_sid": "AC1",
        "twilio_number": HOTLINE,
        **more,
    }
    async with started(settings.model_copy(update=changes), clock=FixedClock(DAY)) as running:
        exchange = Exchange()
        carrier = running.parts.telephone.carrier
        await carrier.close()
        base = "https://api.twilio.com"
        carrier._client = httpx.AsyncClient(base_url=base, transport=httpx.MockTransport(exchange))
        agent = await online(running)
        yield Hotline(running, exchange, agent)
        await agent.aclose()


@pytest.fixture
async def line(settings: Settings) -> AsyncIterator[Hotline]:
    async with hotline(settings) as it:
        yield it


@pytest.fixture
async def typing(settings: Settings) -> AsyncIterator[Hotline]:
    """Without an account: the carrier cannot be told anything."""
    async with hotline(settings, voice_agents="desk", twilio_account_sid="", twilio_number="") as it:
        yield it


async def test_a_softphone_is_rung_hears_a_whisper_and_is_joined(settings: Settings):
    secrets = {"twilio_api_key": "SK1", "twilio_api_secret": "secret-of-the-key-of-this-test-000"}
    async with hotline(settings, **secrets) as line:
        await line.take(settings)
        await line.ring()
        assert line.last[1]["To"] == f"client:{client_name('user-agent')}"
        await line.caller.go("waits", QueueTime="5")
        assert line.caller.verbs == ["Gather"], "kept waiting while it rings"
        assert (await line.call())["standing"] == "ringing"
        assert "热线来电" in await line.pick_up()
        assert fromstring(line.device.document).find("Dial/Queue").text == f"call-{line.caller.sid}"
        assert (await line.call())["standing"] == "spoken"
        assert "服务态度" in await line.caller.go("left", QueueResult="bridged")
        token = (await line.agent.get(f"{LIVE}/phone/token")).json()
        assert (token["identity"], token["seconds"]) == (client_name("user-agent"), 3600)


@pytest.mark.parametrize("softphones", ["browser", "desk"])
async def test_an_own_number_is_rung_and_joined_upon_a_key(settings: Settings, softphones: str):
    async with hotline(settings, voice_agents=softphones) as line:
        own = {"phone": OWN_NUMBER, "rung_on": "phone"}
        assert (await line.agent.put("/api/v1/auth/telephone", json=own)).status_code == 200
        await line.take(settings, "洗衣机漏水")
        await line.ring()
        ((path, asked),) = line.exchange.asked
        assert (path, asked["To"], asked["From"]) == (".json", OWN_NUMBER, HOTLINE)
        url = urlsplit(asked["Url"])
        assert f"{url.scheme}://{url.netloc}{url.path}" == f"{PUBLIC}{VOICE}/agent"
        assert "任意键" in await line.device.go(f"agent?{url.query}")
        assert line.device.verbs == ["Gather", "Hangup"], "a machine presses no key"
        assert (await line.call())["standing"] == "ringing"
        action = urlsplit(fromstring(line.device.document).find("Gather").get("action"))
        await line.device.go(f"agent?{action.query}", Digits="1")
        assert fromstring(line.device.document).find("Dial/Queue").text == f"call-{line.caller.sid}"


async def test_who_wants_the_browser_rung_is_not_rung_on_the_number(line: Hotline, settings: Settings):
    own = {"phone": OWN_NUMBER, "rung_on": "browser"}
    await line.agent.put("/api/v1/auth/telephone", json=own)
    await line.take(settings)
    await line.ring()
    assert line.last[1]["To"] == f"client:{client_name('user-agent')}"


async def test_who_takes_a_caller_from_the_bot_is_rung(line: Hotline, settings: Settings):
    await line.caller.begin()
    line.here = f"{LIVE}/conversations/{conversation(settings)}"
    assert (await line.agent.post(f"{line.here}/takeover")).status_code == 200
    assert "请稍等" in await line.caller.say("我家洗衣机漏水了")
    assert line.caller.verbs[-1] == "Enqueue"
    await line.ring()
    assert (await line.call())["standing"] == "ringing"
    await line.pick_up()
    assert (await line.call())["standing"] == "spoken"


@pytest.mark.parametrize("end", ["no-answer", "completed"])
async def test_nobody_is_joined_and_the_caller_leaves_for_who_types(
    line: Hotline, settings: Settings, end: str
):
    """Not picked up, or hung up during the whisper."""
    await line.take(settings)
    await line.ring()
    await line.caller.go("waits", QueueTime="5")
    assert line.caller.verbs == ["Gather"]
    for other in (line.caller, line.device):
        changed = await other.post(f"agent-status?caller={line.caller.sid}", CallStatus=end)
        assert changed.status_code == 204
        await line.caller.go("waits", QueueTime="30")
        assert line.caller.verbs == (["Leave"] if other is line.device else ["Gather"]), "only that call"


async def test_a_telephone_that_cannot_be_rung_lets_the_caller_go_to_who_types(
    line: Hotline, settings: Settings
):
    line.exchange.refuse(400, {"code": 21211})
    await line.take(settings)
    await line.ring()
    await line.caller.go("waits", QueueTime="5")
    assert line.caller.verbs == ["Leave"]


async def test_who_picks_up_too_late_is_not_joined_with_anybody(line: Hotline, settings: Settings):
    await line.take(settings)
    await line.ring()
    await line.caller.go("left", QueueResult="leave")
    await line.pick_up()
    assert line.device.verbs == ["Say", "Hangup"]


async def test_a_caller_hears_music_while_held_and_the_agent_stays(line: Hotline, settings: Settings):
    await line.joined(settings)
    held = (await line.act("hold")).json()
    assert (held["standing"], held["deeds"]) == ("held", ["resume", "hang_up"])
    assert line.last == (f"/{line.caller.sid}.json", {"Url": f"{PUBLIC}{VOICE}/continued"})
    await line.caller.go("left", QueueResult="redirected-from-bridged")
    assert line.caller.verbs == ["Redirect"]
    await line.caller.go("continued")
    assert line.caller.verbs[-1] == "Enqueue"
    await line.caller.go("waits", QueueTime="600")
    assert line.caller.verbs == ["Gather"], "no limit while somebody is in charge"
    await line.device.go(f"agent-left?caller={line.caller.sid}")
    assert line.device.verbs == ["Pause", "Redirect"]

    resumed = (await line.act("resume")).json()
    assert (resumed["standing"], resumed["deeds"]) == ("spoken", ["hold", "hang_up"])
    path, asked = line.last
    assert path == "/CAagent.json"
    assert await line.device.go(f"agent?{urlsplit(asked['Url']).query}") == "", "the case is known"
    assert fromstring(line.device.document).find("Dial/Queue").text == f"call-{line.caller.sid}"
    await line.caller.go("left", QueueResult="bridged")
    await line.device.go(f"agent-left?caller={line.caller.sid}")
    assert line.device.verbs == ["Hangup"]


async def test_an_agent_who_hangs_up_on_a_held_caller_goes_on_typing(line: Hotline, settings: Settings):
    await line.joined(settings)
    await line.act("hold")
    await line.caller.go("continued")
    await line.device.post(f"agent-status?caller={line.caller.sid}", CallStatus="completed")
    await line.caller.go("waits", QueueTime="9")
    assert line.caller.verbs == ["Leave"]
    await line.caller.go("left", QueueResult="leave")
    assert (await line.call())["standing"] == "typed"


@pytest.mark.parametrize(("deed", "before"), [("hold", "spoken"), ("hang-up", "spoken"), ("resume", "held")])
async def test_what_the_carrier_refuses_is_said_and_has_not_happened(
    line: Hotline, settings: Settings, deed: str, before: str
):
    await line.joined(settings)
    if before == "held":
        await line.act("hold")
    line.exchange.refuse(500, {})
    refused = await line.act(deed)
    assert refused.status_code == 502
    assert refused.json()["error"]["code"] == "call_refused"
    assert "电话线路" in refused.json()["error"]["message"]
    assert (await line.call())["standing"] == before


async def test_hanging_up_a_call_that_is_over_is_fine_and_holding_it_is_not(
    line: Hotline, settings: Settings
):
    await line.joined(settings)
    line.exchange.refuse(400, OVER)
    assert (await line.act("hold")).status_code == 502
    assert (await line.act("hang-up")).json()["standing"] == "ended"
    assert line.last == (f"/{line.caller.sid}.json", {"Status": "completed"})
    again = await line.act("hang-up")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "call_elsewhere")
    await line.caller.end()
    assert rows(settings, "select intake from ticket") == [("incomplete",)], "what was said is kept"


async def test_handed_back_while_talking_the_caller_is_called_away_to_the_bot(
    line: Hotline, settings: Settings
):
    await line.joined(settings)
    assert (await line.agent.post(f"{line.here}/hand_back", json={})).status_code == 200
    await line.running.parts.turns.finish()
    await line.phone.ringing.fetch(line.caller.sid)
    assert line.last == (f"/{line.caller.sid}.json", {"Url": f"{PUBLIC}{VOICE}/continued"})
    await line.device.go(f"agent-left?caller={line.caller.sid}")
    assert line.device.verbs == ["Hangup"]
    await line.caller.go("continued")
    assert "听到：空调坏了" in await line.caller.say("空调坏了")
    assert (await line.call())["standing"] == "bot"


async def test_transferred_while_talking_the_caller_waits_for_the_next_agent(
    line: Hotline, settings: Settings
):
    await line.joined(settings)
    other = await logged_in(line.running, Role.AGENT, "other")
    assert (await other.put(f"{LIVE}/presence", json={"state": "online"})).status_code == 200
    goal = {"to_username": "other", "note": "请接着谈"}
    assert (await line.agent.post(f"{line.here}/transfer", json=goal)).status_code == 200
    line.exchange.answer = {"sid": "CAother"}
    await line.phone.ringing.ring(line.caller.sid, "other")
    assert line.last[1]["To"] == f"client:{client_name('other')}"
    await line.caller.go("continued")
    assert line.caller.verbs[-1] == "Enqueue"
    await line.device.post(f"agent-status?caller={line.caller.sid}", CallStatus="completed")
    assert (await line.call(other))["standing"] == "ringing", "the first agent's call ended, not this one"
    line.device.sid = "CAother"
    assert "热线来电" in await line.pick_up()
    assert (await line.call(other)) | {"agent_name": "Other", "standing": "spoken"} == await line.call(other)
    await other.aclose()


async def test_closed_while_talking_the_caller_is_asked_how_it_was(line: Hotline, settings: Settings):
    await line.joined(settings)
    assert (await line.agent.post(f"{line.here}/close", json={})).status_code == 200
    assert "服务态度" in await line.caller.go("continued")


async def test_only_who_has_the_call_and_supervisors_command_it(line: Hotline, settings: Settings):
    await line.joined(settings)
    other, boss = [await logged_in(line.running, role, f"x-{role}") for role in (Role.AGENT, Role.SUPERVISOR)]
    assert (await line.call(other))["deeds"] == []
    refused = await other.post(f"{line.here}/call/hang-up")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "not_owner")
    assert (await line.call(boss))["deeds"] == ["hold", "hang_up"]
    assert (await boss.post(f"{line.here}/call/hold")).status_code == 200
    unknown = f"{LIVE}/conversations/{uuid.uuid4()}/call"
    assert (await boss.get(unknown)).status_code == 404
    assert (await boss.post(f"{unknown}/hold")).status_code == 404
    for client in (other, boss):
        await client.aclose()


async def test_without_an_account_the_call_does_it_when_it_asks_next(typing: Hotline, settings: Settings):
    caller = typing.caller
    await typing.take(settings, "洗衣机漏水")
    assert (await typing.act("hold")).json()["error"]["code"] == "call_elsewhere", "it still waits"
    await caller.go("left", QueueResult="leave")
    assert (await typing.call())["standing"] == "typed"
    assert (await typing.act("hold")).status_code == 200
    await caller.say("你还在吗")
    assert caller.verbs[-1] == "Enqueue"
    assert ("你还在吗",) in rows(settings, "select text from message where sender='customer'")
    await caller.go("waits", QueueTime="3")
    assert caller.verbs == ["Gather"]
    assert (await typing.act("resume")).json()["standing"] == "typed"
    await caller.go("waits", QueueTime="9")
    assert caller.verbs == ["Leave"]
    await caller.go("left", QueueResult="leave")
    assert caller.verbs == ["Gather"]
    assert (await typing.act("hang-up")).json()["standing"] == "ended"
    await caller.answer()
    assert caller.verbs == ["Hangup"]
    assert typing.exchange.asked == []
