"""What desk and customer pages hear of each other at once: cards, owners, typing, seen; each with seq and version."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest

from backend.access.roles import Role
from backend.clock import FixedClock
from backend.settings import Settings
from tests.integration.backend.conftest import Running, WebCustomer
from tests.integration.backend.live_desk import MORNING, LiveDesk, Person
from tests.integration.backend.test_realtime import Page, chat_auth, page, watch
from tests.support.served_backend import Served, served


@dataclass
class Scene:
    server: Served
    desk: LiveDesk
    web: httpx.AsyncClient

    async def customer(self) -> WebCustomer:
        return await WebCustomer.arrive(self.web)

    def at_desk(self, person: Person) -> contextlib.AbstractAsyncContextManager[Page]:
        cookie = f"ys_session={person.http.cookies['ys_session']}"
        return page(self.server.url, "/desk", headers={"Cookie": cookie})

    def at_chat(self, customer: WebCustomer) -> contextlib.AbstractAsyncContextManager[Page]:
        return page(self.server.url, "/chat", auth=chat_auth(customer))


@pytest.fixture
async def scene(settings: Settings) -> AsyncIterator[Scene]:
    clock = FixedClock(MORNING)
    async with (
        served(settings, clock=clock) as server,
        httpx.AsyncClient(base_url=server.url, trust_env=False) as web,
    ):
        yield Scene(server, LiveDesk(Running(server.parts, server.app), clock), web)


async def test_messages_go_to_watchers_and_the_owners_pages_and_cards_to_everybody(scene: Scene):
    linda, wang = await scene.desk.person("linda"), await scene.desk.person("wang")
    mine, watched, other = [await scene.customer() for _ in range(3)]
    await linda.did("takeover", mine)
    async with scene.at_desk(linda) as hers, scene.at_desk(wang) as his:
        await watch(his, watched)
        for customer in (mine, watched, other):
            await customer.say("在吗")
        for one in (hers, his):
            await one.until(
                lambda it: len({data["conversation_id"] for data in it.named("conversation.changed")}) == 3
            )
        await his.until(lambda it: len(it.named("conversation.message")) >= 2)
    heard = {
        name: {data["conversation_id"] for data in one.named("conversation.message")}
        for name, one in (("hers", hers), ("his", his))
    }
    assert heard == {"hers": {mine.conversation_id}, "his": {watched.conversation_id}}


async def test_events_carry_seq_and_version_so_that_late_ones_can_be_told(scene: Scene):
    linda = await scene.desk.person("linda")
    customer = await scene.customer()
    async with scene.at_desk(linda) as desk:
        await watch(desk, customer)
        await customer.say("一")
        await linda.did("takeover", customer)
        await customer.post("二")
        await desk.until(lambda it: len(it.named("conversation.message")) >= 4)
        seen = await linda.sees(customer)
        await desk.until(
            lambda it: any(data["version"] == seen["version"] for data in it.named("conversation.changed"))
        )
    told = [(data["last_seq"], data["version"]) for data in desk.named("conversation.message")]
    assert [seq for seq, _ in told] == [2, 3, 4, 5]
    assert [version for _, version in told] == sorted(version for _, version in told)
    for data in desk.named("conversation.changed"):
        assert (data["card"]["last_seq"], data["card"]["version"]) == (data["last_seq"], data["version"])
        assert data["version"] <= seen["version"]


async def test_cards_come_at_most_once_a_second_and_the_last_one_is_true(scene: Scene):
    linda = await scene.desk.person("linda")
    customer = await scene.customer()
    async with scene.at_desk(linda) as desk:
        for number in range(8):
            await customer.say(f"第{number}句")
        last = (await customer.all_messages())[-1]["seq"]
        await desk.until(lambda it: any(d["last_seq"] == last for d in it.named("conversation.changed")))
        await asyncio.sleep(1.2)
    assert len(desk.named("conversation.changed")) < 8
    assert desk.named("conversation.changed")[-1]["last_seq"] == last


async def test_the_customers_page_learns_who_answers_and_its_place(scene: Scene):
    linda = await scene.desk.person("linda")
    first, second = await scene.customer(), await scene.customer()
    async with scene.at_chat(second) as tab:
        await scene.desk.wants_a_person(first)
        await scene.desk.wants_a_person(second)
        await tab.until(lambda it: any(data["position"] == 2 for data in it.named("owner")))
        await linda.did("claim", first)
        await tab.until(lambda it: any(data["position"] == 1 for data in it.named("owner")))
        await linda.did("claim", second)
        await tab.until(lambda it: any(data["agent_name"] == "Linda" for data in it.named("owner")))
    assert tab.named("owner")[-1]["owner"] == "agent"
    assert {data["conversation_id"] for data in tab.named("owner")} == {second.conversation_id}


async def test_typing_and_seen_go_both_ways_and_onlookers_are_not_shown(scene: Scene):
    linda, chief = await scene.desk.person("linda"), await scene.desk.person("chief", Role.SUPERVISOR)
    customer = await scene.customer()
    await linda.did("takeover", customer)
    about = {"conversation_id": customer.conversation_id}
    async with scene.at_desk(linda) as hers, scene.at_desk(chief) as listens, scene.at_chat(customer) as tab:
        await watch(listens, customer)
        await listens.sio.emit("typing", about | {"active": True}, namespace="/desk")
        await hers.sio.emit("typing", about | {"active": True}, namespace="/desk")
        await tab.until(lambda it: bool(it.named("typing")))
        await tab.sio.emit("typing", {"active": True}, namespace="/chat")
        await tab.sio.emit("seen", {"seq": 2}, namespace="/chat")
        await hers.until(lambda it: bool(it.named("conversation.seen")))
        await hers.until(
            lambda it: any(data["who"] == "customer" for data in it.named("conversation.typing"))
        )
        await linda.do("seen", customer, seq=2)
        await tab.until(lambda it: bool(it.named("seen")))
    assert [(data["who"], data["name"]) for data in tab.named("typing")] == [("agent", "Linda")]
    assert [(data["by"], data["seq"]) for data in tab.named("seen")] == [("agent", 2)]
    assert (hers.named("conversation.seen")[0]["by"], hers.named("conversation.seen")[0]["seq"]) == (
        "customer",
        2,
    )


@pytest.mark.parametrize(
    "said", [None, [], {}, {"conversation_id": 7}, {"conversation_id": "x", "active": 1}]
)
async def test_what_makes_no_sense_is_ignored(scene: Scene, said: object):
    linda = await scene.desk.person("linda")
    customer = await scene.customer()
    async with scene.at_desk(linda) as desk, scene.at_chat(customer) as tab:
        for event in ("watch", "unwatch", "typing", "heartbeat"):
            await desk.sio.emit(event, said, namespace="/desk")
        for event in ("typing", "seen"):
            await tab.sio.emit(event, said, namespace="/chat")
        await watch(desk, customer)
        await customer.say("在吗")
        await desk.until(lambda it: len(it.named("conversation.message")) >= 2)
    assert (await linda.sees(customer))["customer_seen_seq"] == 0


async def test_notes_are_whispered_and_watchers_are_shown(scene: Scene):
    linda, chief = await scene.desk.person("linda"), await scene.desk.person("chief", Role.SUPERVISOR)
    customer = await scene.customer()
    await linda.did("takeover", customer)
    async with scene.at_desk(linda) as hers, scene.at_chat(customer) as tab:
        async with scene.at_desk(chief) as listens:
            await watch(listens, customer)
            await hers.until(lambda it: bool(it.named("conversation.watchers")))
            assert [one["username"] for one in (await linda.sees(customer))["watchers"]] == ["chief"]
            await chief.did("notes", customer, text="先道歉")
            await hers.until(lambda it: bool(it.named("conversation.note")))
        async with asyncio.timeout(5):
            while (await linda.sees(customer))["watchers"]:
                await asyncio.sleep(0.05)
    assert hers.named("conversation.note")[0]["note"]["text"] == "先道歉"
    assert "先道歉" not in str(tab.heard)


async def test_a_page_that_is_connected_keeps_its_person_at_work(scene: Scene):
    linda = await scene.desk.person("linda", state="online")
    customer = await scene.customer()
    await linda.did("takeover", customer)
    async with scene.at_desk(linda) as desk:
        for _ in range(6):
            scene.desk.clock.set(scene.desk.clock.now().replace(minute=scene.desk.clock.now().minute + 1))
            await desk.sio.call("heartbeat", {}, namespace="/desk")
            await scene.desk.running.parts.handover.sweep.run()
        assert scene.desk.holder(customer) == ("agent", "linda")
    await scene.desk.passes(seconds=46)
    assert scene.desk.holder(customer) == ("queue", None)
