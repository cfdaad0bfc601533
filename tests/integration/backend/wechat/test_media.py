"""Pictures and recordings are fetched from the vendor, checked, stored and shown."""

import asyncio
import io

import pytest
from PIL import Image

from backend.access.roles import Role
from backend.conversations import hub
from backend.conversations.hub import Utterance
from backend.conversations.models import Sender
from backend.files import storing
from cli.wechat_vendor.server import Fault
from cli.wechat_vendor.user import SimulatedUser
from tests.integration.backend.conftest import Running, logged_in
from tests.integration.backend.wechat.conftest import hurry, rows, until, working
from tests.support.scripted_bot import ScriptedBot
from tests.support.wechat_vendor import Vendor

MEDIA = "/cgi-bin/media/get"
AMR = b"#!AMR\n" + bytes(64)


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    return out.getvalue()


async def fetched(running: Running, url: str, condition: str) -> None:
    async with working(running):

        async def through() -> bool:
            await asyncio.to_thread(hurry, url)
            return rows(url, f"select {condition}")[0][0]

        await until(through)


async def test_a_picture_is_fetched_and_the_desk_sees_it(
    user: SimulatedUser, running: Running, database_url: str
):
    outcome = await user.show("image", picture(), "image/jpeg")
    assert "收到了" in outcome.shown
    await fetched(running, database_url, "count(*) = 1 from stored_file")
    ((attachments,),) = rows(database_url, "select attachments from message where sender = 'customer'")
    (shown,) = attachments
    assert (shown["kind"], shown["width"], shown["height"]) == ("image", 40, 30)
    agent = await logged_in(running, Role.AGENT)
    response = await agent.get(f"/api/v1/files/{shown['file_id']}")
    await agent.aclose()
    assert response.headers["content-type"] == "image/jpeg"
    assert Image.open(io.BytesIO(response.content)).size == (40, 30)


async def test_a_recording_without_words_is_stored_and_the_customer_asked_to_type(
    user: SimulatedUser, running: Running, database_url: str, bot: ScriptedBot
):
    outcome = await user.show("voice", AMR, "voice/amr")
    assert "语音" in outcome.shown
    await fetched(running, database_url, "count(*) = 1 from stored_file where content_type = 'audio/amr'")
    assert bot.heard == []


async def test_with_a_recogniser_plugged_in_the_recording_is_heard_and_answered(
    user: SimulatedUser, running: Running, database_url: str, bot: ScriptedBot
):
    class Hearing:
        async def transcribe(self, data: bytes, content_type: str) -> str:
            assert (data, content_type) == (AMR, "audio/amr")
            return "我的冰箱不制冷"

    media = running.parts.wechat.media
    media._transcriber = Hearing()
    await user.show("voice", AMR, "voice/amr")
    await fetched(running, database_url, "count(*) = 2 from message where sender = 'customer'")
    await running.parts.turns.finish()
    assert [text for _, text in bot.heard] == ["我的冰箱不制冷"]


async def test_a_vendor_that_is_away_is_asked_again(
    user: SimulatedUser, running: Running, database_url: str, vendor: Vendor
):
    vendor.server.fail(MEDIA, Fault(status=502), Fault(code=-1))
    await user.show("image", picture(), "image/jpeg")
    await fetched(running, database_url, "count(*) = 1 from stored_file")
    assert vendor.server.calls.count(MEDIA) == 3


@pytest.mark.parametrize("data", [b"MZ not a picture", b"\xff\xd8\xff broken", b"", b"<svg onload='x'/>"])
async def test_what_is_no_picture_is_not_stored_and_the_customer_is_told(
    data: bytes, user: SimulatedUser, running: Running, database_url: str
):
    await user.show("image", data, "image/jpeg")
    condition = (
        "count(*) = 1 from message where text like '%文件%' and sender = 'system' and text not like '收到%'"
    )
    await fetched(running, database_url, condition)
    assert rows(database_url, "select count(*) from stored_file") == [(0,)]


async def test_what_the_vendor_no_longer_has_is_said(
    user: SimulatedUser, running: Running, database_url: str, vendor: Vendor
):
    vendor.server.fail(MEDIA, Fault(code=40007))
    await user.show("image", picture(), "image/jpeg")
    await fetched(running, database_url, "count(*) = 1 from message where text like '%没能取到%'")
    assert vendor.server.calls.count(MEDIA) == 1


async def test_a_picture_of_an_agent_goes_to_the_user(
    user: SimulatedUser, running: Running, database_url: str, vendor: Vendor
):

    await user.say("你好")
    rows(database_url, "update message set created_at = created_at - interval '1 minute' returning 1")
    ((conversation_id,),) = rows(database_url, "select id from conversation")
    async with running.parts.house.units.begin() as uow:
        stored = await storing.store(
            uow, picture(), name="how.jpg", conversation_id=conversation_id, origin=storing.AGENT
        )
        said = Utterance("请看这张图", Sender.AGENT, attachments=[stored.attachment()])
        await hub.store_utterances(uow, conversation_id, [said])
    await fetched(running, database_url, "count(*) = 0 from outbox where state <> 'sent'")
    text, image = user.seen[1:]
    assert (text.text, image.body["msgtype"]) == ("请看这张图", "image")
    data, content_type = vendor.state.media[image.body["image"]["media_id"]]
    assert (Image.open(io.BytesIO(data)).size, content_type) == ((40, 30), "image/jpeg")
