"""Files of conversations: brought, checked, sent, fetched, and forgotten in time."""

import io
import uuid
from datetime import UTC, datetime, timedelta

import httpx
import psycopg
import pytest
from PIL import Image

from backend.access.roles import Role
from backend.clock import FixedClock
from backend.errors import NotFoundError
from backend.files import storing
from backend.files.content import IMAGES, VOICES
from backend.files.errors import FileRefusedError, TooManyFilesError
from backend.files.retention import Retention
from tests.integration.backend.conftest import Running, WebCustomer, logged_in
from tests.support import sample_files as sample
from tests.support.scripted_bot import ScriptedBot
from tests.support.served_backend import served

PICTURE = sample.photograph()
MEGABYTE = 1024 * 1024


def files_of(customer: WebCustomer) -> str:
    return customer.path.removesuffix("messages") + "files"


async def brought(customer: WebCustomer, data: bytes, name: str = "图.jpg", mime: str = "image/jpeg"):
    return await customer.client.post(
        files_of(customer), files={"file": (name, data, mime)}, headers=customer.headers
    )


async def picture_of(customer: WebCustomer, data: bytes = PICTURE) -> dict:
    response = await brought(customer, data)
    assert response.status_code == 201, response.text
    return response.json()["file"]


async def sent(customer: WebCustomer, text: str, *files: dict, message_id: str | None = None) -> dict:
    body = {
        "client_message_id": message_id or uuid.uuid4().hex,
        "text": text,
        "wait": True,
        "file_ids": [file["file_id"] for file in files],
    }
    response = await customer.client.post(customer.path, json=body, headers=customer.headers)
    assert response.status_code == 200, response.text
    return response.json()


async def test_a_picture_is_brought_sent_and_seen_by_both_sides(
    customer: WebCustomer, agent: httpx.AsyncClient, bot: ScriptedBot
):
    file = await picture_of(customer)
    assert (file["kind"], file["content_type"], file["name"]) == ("image", "image/jpeg", "图.jpg")
    assert (file["width"], file["height"]) == (40, 80)
    turn = await sent(customer, "热水器漏水，看图", file)
    assert [one["file_id"] for one in turn["message"]["attachments"]] == [file["file_id"]]
    assert [text for _, text in bot.heard] == ["热水器漏水，看图"]
    own = await customer.client.get(f"{files_of(customer)}/{file['file_id']}", headers=customer.headers)
    desk = await agent.get(f"/api/v1/files/{file['file_id']}")
    assert own.status_code == desk.status_code == 200
    assert own.content == desk.content
    assert len(own.content) == file["size"]
    image = Image.open(io.BytesIO(own.content))
    assert image.size == (40, 80)
    assert b"Secret" not in own.content
    stored = (await customer.all_messages())[1]
    assert stored["attachments"] == turn["message"]["attachments"]


async def test_files_are_served_so_that_nothing_in_them_can_act(
    customer: WebCustomer, agent: httpx.AsyncClient
):
    picture = await picture_of(customer)
    paper = (await brought(customer, sample.PDF, "保修卡.html", "text/html")).json()["file"]
    assert (paper["kind"], paper["content_type"], paper["name"]) == ("file", "application/pdf", "保修卡.pdf")
    for file, how in ((picture, "inline"), (paper, "attachment")):
        headers = (await agent.get(f"/api/v1/files/{file['file_id']}")).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
        assert headers["content-disposition"].startswith(f"{how}; filename*=UTF-8''%")
        assert headers["content-type"] == file["content_type"]
        assert headers["cache-control"].startswith("private")


@pytest.mark.parametrize(
    ("asked", "status", "start", "stop"),
    [
        ("bytes=0-9", 206, 0, 10),
        ("bytes=10-", 206, 10, None),
        ("bytes=-5", 206, -5, None),
        ("bytes=0-999999", 206, 0, None),
        ("bytes=999999-", 416, 0, 0),
        ("bytes=5-2", 200, 0, None),
        ("bytes=0-1,4-5", 200, 0, None),
        ("items=0-1", 200, 0, None),
        ("bytes=-", 200, 0, None),
        ("bytes=-0", 416, 0, 0),
    ],
)
async def test_a_recording_can_be_fetched_in_parts(
    customer: WebCustomer, asked: str, status: int, start: int, stop: int | None
):
    whole = sample.wav()
    file = (await brought(customer, whole, "录音.wav")).json()["file"]
    response = await customer.client.get(
        f"{files_of(customer)}/{file['file_id']}", headers=customer.headers | {"Range": asked}
    )
    assert response.status_code == status
    assert response.content == whole[start:stop]
    if status == 206:
        first = start if start >= 0 else len(whole) + start
        assert (
            response.headers["content-range"]
            == f"bytes {first}-{first + len(response.content) - 1}/{len(whole)}"
        )
    if status == 416:
        assert response.headers["content-range"] == f"bytes */{len(whole)}"


@pytest.mark.parametrize(
    ("data", "status", "code", "words"),
    [
        (b"", 422, "file_broken", "打不开"),
        (sample.SVG, 422, "file_type_unknown", "收不了"),
        (sample.HTML, 422, "file_type_unknown", "收不了"),
        (b"MZ\x90\0" * 100, 422, "file_type_unknown", "收不了"),
        (PICTURE[:400], 422, "file_broken", "打不开"),
        (sample.bomb(), 422, "image_too_big", "百万像素"),
        (sample.AMR + b"\0" * (20 * MEGABYTE), 413, "file_too_large", "20MB"),
    ],
    ids=["empty", "svg", "html", "program", "cut off", "bomb", "20 MB"],
)
async def test_what_cannot_be_taken_is_refused_in_words(
    customer: WebCustomer, database_url: str, data: bytes, status: int, code: str, words: str
):
    response = await brought(customer, data, "图.jpg")
    error = response.json()["error"]
    assert (response.status_code, error["code"]) == (status, code)
    assert words in error["message"]
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select count(*) from stored_file").fetchone() == (0,)


async def test_a_page_hidden_in_a_picture_is_not_stored(customer: WebCustomer, agent: httpx.AsyncClient):
    file = await picture_of(customer, sample.png_with_page())
    response = await agent.get(f"/api/v1/files/{file['file_id']}")
    assert response.headers["content-type"] == "image/jpeg"
    assert b"script" not in response.content


async def test_over_25_megabytes_a_real_connection_is_answered_in_words(settings):
    async with (
        served(settings) as server,
        httpx.AsyncClient(base_url=server.url, trust_env=False, timeout=30) as web,
    ):
        customer = await WebCustomer.arrive(web)
        response = await brought(customer, b"x" * (26 * MEGABYTE))
        unannounced = await web.post(
            files_of(customer),
            content=_pieces(26),
            headers=customer.headers | {"Content-Type": "multipart/form-data; boundary=x"},
        )
    for answer in (response, unannounced):
        assert answer.status_code == 413
        assert answer.json()["error"]["code"] == "file_too_large"
        assert "25MB" in answer.json()["error"]["message"]


async def _pieces(megabytes: int):
    yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    for _ in range(megabytes):
        yield b"y" * MEGABYTE


async def test_other_paths_keep_their_small_limit(customer: WebCustomer):
    response = await customer.post("a" * 2 * MEGABYTE)
    assert (response.status_code, response.json()["error"]["code"]) == (413, "payload_too_large")


async def test_files_open_to_their_own_conversation_and_the_desk_only(
    client: httpx.AsyncClient, customer: WebCustomer
):
    file = await picture_of(customer)
    other = await WebCustomer.arrive(client)
    path = f"{files_of(customer)}/{file['file_id']}"
    elsewhere = f"{files_of(other)}/{file['file_id']}"
    assert (await client.get(path)).status_code == 401
    assert (await client.get(path, headers=other.headers)).status_code == 401
    assert (await client.get(elsewhere, headers=other.headers)).status_code == 404
    assert (await client.get(f"/api/v1/files/{file['file_id']}")).status_code == 401
    assert (await client.get(f"/api/v1/files/{file['file_id']}", headers=customer.headers)).status_code == 401
    upload = await client.post(
        files_of(customer), files={"file": ("a.jpg", PICTURE, "image/jpeg")}, headers=other.headers
    )
    assert upload.status_code == 401


async def test_a_message_takes_only_files_of_its_own_conversation(
    client: httpx.AsyncClient, customer: WebCustomer
):
    other = await WebCustomer.arrive(client)
    file = await picture_of(other)
    for ids in ([file["file_id"]], [str(uuid.uuid4())]):
        body = {"client_message_id": "m1", "text": "看图", "file_ids": ids}
        response = await client.post(customer.path, json=body, headers=customer.headers)
        assert (response.status_code, response.json()["error"]["code"]) == (422, "file_gone")
    assert len(await customer.all_messages()) == 1
    ten = {"client_message_id": "m1", "text": "看图", "file_ids": [str(uuid.uuid4()) for _ in range(10)]}
    assert (await client.post(customer.path, json=ten, headers=customer.headers)).status_code == 422


async def test_the_same_message_again_carries_its_files_once(customer: WebCustomer):
    file = await picture_of(customer)
    first = await sent(customer, "看图", file, message_id="m1")
    again = await sent(customer, "看图", file, message_id="m1")
    assert again == first
    assert len(await customer.all_messages()) == 3


async def test_a_picture_alone_is_thanked_for_and_words_are_asked_for(
    customer: WebCustomer, bot: ScriptedBot
):
    first = await sent(customer, "", await picture_of(customer))
    again = await sent(customer, " ", await picture_of(customer))
    assert bot.heard == []
    assert [reply["sender"] for reply in first["replies"]] == ["system"]
    assert "请用一两句话告诉我" in first["replies"][0]["text"]
    assert "也收到了" in again["replies"][0]["text"]


async def test_an_open_question_goes_on_after_a_picture(customer: WebCustomer, bot: ScriptedBot):
    bot.answer = lambda _text: [
        {"text": "记下了。"},
        {"text": "请问是什么时候买的？", "buttons": [{"title": "不记得", "payload": "x"}]},
    ]
    await customer.say("热水器漏水")
    replies = (await sent(customer, "", await picture_of(customer)))["replies"]
    assert [(reply["sender"], reply["quick_replies"]) for reply in replies] == [
        ("system", []),
        ("bot", ["不记得"]),
    ]
    assert "已经存进您的记录" in replies[0]["text"]
    assert replies[1]["text"] == "请问是什么时候买的？"


async def test_a_courtesy_is_no_open_question(customer: WebCustomer, bot: ScriptedBot, database_url: str):
    bot.answer = lambda _text: [{"text": "还有什么可以帮您？"}]
    await customer.say("你好")
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute('update conversation set understanding = \'{"stage": "idle"}\'')
    (reply,) = (await sent(customer, "", await picture_of(customer)))["replies"]
    assert "请用一两句话告诉我" in reply["text"]


async def test_a_ticket_lists_the_pictures_and_a_raw_one_has_no_empty_lines(
    customer: WebCustomer, agent: httpx.AsyncClient, bot: ScriptedBot
):
    file = await picture_of(customer)
    await sent(customer, "", file)
    await bot.stop()
    await sent(customer, "热水器漏水")
    (ticket,) = (
        await agent.get("/api/v1/tickets", params={"conversation_id": customer.conversation_id})
    ).json()["items"]
    detail = (await agent.get(f"/api/v1/tickets/{ticket['number']}")).json()
    assert detail["description"] == "热水器漏水"
    shown = [one["file_id"] for message in detail["messages"] for one in message["attachments"]]
    assert shown == [file["file_id"]]


async def test_channels_say_which_kinds_they_take(running: Running):
    async with running.parts.house.units.begin() as uow:
        stored = await storing.store(
            uow, sample.SILK, name="v", conversation_id=None, origin="wechat", kinds=VOICES
        )
        assert (stored.content_type, stored.name) == ("audio/silk", "v.silk")
        assert stored.sent_at == uow.now
        with pytest.raises(FileRefusedError) as refused:
            await storing.store(
                uow, sample.AMR, name="v", conversation_id=None, origin="wechat", kinds=IMAGES
            )
    assert refused.value.code == "file_type_unknown"
    async with running.parts.house.database.transaction() as session:
        assert (await storing.read(session, stored.id)).data == sample.SILK


async def test_a_conversation_holds_a_bounded_number_of_files(
    running: Running, customer: WebCustomer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(storing, "MAX_FILES", 2)
    await picture_of(customer)
    await picture_of(customer)
    response = await brought(customer, PICTURE)
    assert (response.status_code, response.json()["error"]["code"]) == (429, TooManyFilesError.code)


async def test_files_go_when_their_time_is_over(clock_running, database_url: str):
    clock = FixedClock(datetime(2026, 11, 23, 4, 0, tzinfo=UTC))
    async with clock_running(clock) as running, running.client() as client:
        customer = await WebCustomer.arrive(client)
        kept, unsent = await picture_of(customer), await picture_of(customer)
        await sent(customer, "看图", kept)
        retention = Retention(running.parts.house.units, days=30)
        clock.set(clock.now() + timedelta(hours=23))
        assert await retention.run() == 0
        clock.set(clock.now() + timedelta(hours=2))
        assert await retention.run() == 1
        async with running.parts.house.database.transaction() as session:
            await storing.read(session, uuid.UUID(kept["file_id"]))
            with pytest.raises(NotFoundError):
                await storing.read(session, uuid.UUID(unsent["file_id"]))
        clock.set(clock.now() + timedelta(days=30))
        assert await retention.run() == 1
        gone = await client.get(f"{files_of(customer)}/{kept['file_id']}", headers=customer.headers)
        assert gone.status_code == 404
        assert (await customer.all_messages())[1]["attachments"][0]["name"] == "图.jpg"


def owned_by(database_url: str, customer: WebCustomer, username: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "update conversation set owner = 'agent', agent_username = %s where id = %s",
            [username, customer.conversation_id],
        )


async def brought_by(agent: httpx.AsyncClient, conversation_id: str) -> httpx.Response:
    path = f"/api/v1/live/conversations/{conversation_id}/files"
    return await agent.post(path, files={"file": ("步骤.pdf", sample.PDF, "application/pdf")})


async def test_an_agent_brings_a_file_that_only_agents_send(
    agent: httpx.AsyncClient, customer: WebCustomer, database_url: str
):
    owned_by(database_url, customer, "user-agent")
    response = await brought_by(agent, customer.conversation_id)
    assert response.status_code == 201, response.text
    file = response.json()["file"]
    assert file["name"] == "步骤.pdf"
    body = {"client_message_id": "m1", "text": "", "file_ids": [file["file_id"]]}
    assert (await customer.client.post(customer.path, json=body, headers=customer.headers)).status_code == 422


async def test_only_whoever_may_write_brings_files(
    agent: httpx.AsyncClient, customer: WebCustomer, running: Running, database_url: str
):
    refused = await brought_by(agent, customer.conversation_id)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "not_taken")
    await logged_in(running, Role.AGENT, "other")
    owned_by(database_url, customer, "other")
    refused = await brought_by(agent, customer.conversation_id)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "not_owner")
    owned_by(database_url, customer, "user-agent")
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("update conversation set closed_at = now()")
    refused = await brought_by(agent, customer.conversation_id)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "conversation_closed")
    assert (await brought_by(agent, str(uuid.uuid4()))).status_code == 404
