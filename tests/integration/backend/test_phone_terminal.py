"""`yingsheng call` as a person runs it: a process of its own, lines typed into it."""

import asyncio
import os
from collections.abc import AsyncIterator

import pytest

from backend.clock import FixedClock
from backend.settings import PROJECT_ROOT, Settings
from tests.integration.backend.test_phone_calls import DEMO_TOKEN, rows
from tests.integration.backend.test_phone_people import DAY
from tests.support.served_backend import Served, served

MOST_BYTES = 4_096


@pytest.fixture
async def phone(settings: Settings) -> AsyncIterator[Served]:
    changed = settings.model_copy(update={"voice_demo_token": DEMO_TOKEN})
    async with served(changed, clock=FixedClock(DAY)) as running:
        yield running


async def typed(url: str, *lines: str) -> tuple[int, str]:
    """The exit status and all that was printed; the keyboard stays there until the call is over."""
    process = await asyncio.create_subprocess_exec(
        str(PROJECT_ROOT / ".venv/bin/yingsheng"),
        *("call", "--url", url),
        cwd=PROJECT_ROOT,
        env={**os.environ, "YINGSHENG_VOICE_DEMO_TOKEN": DEMO_TOKEN, "NO_PROXY": "*"},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("".join(f"{line}\n" for line in lines).encode())
    printed = bytearray()
    try:
        async with asyncio.timeout(60):
            while more := await process.stdout.read(MOST_BYTES):
                printed += more
    except TimeoutError:
        process.kill()
    return await process.wait(), printed.decode()


async def test_the_key_that_the_waiting_music_announces(phone: Served, settings: Settings):
    status, printed = await typed(phone.url, "洗衣机漏水", "#0", "1")
    assert status == 0, printed
    assert "按1" in printed
    assert "通话结束" in printed
    assert rows(settings, "select clock_id from clock where clock_id = 'human_callback'")


async def test_a_call_over_the_relay(settings: Settings):
    changed = {"voice_demo_token": DEMO_TOKEN, "voice_mode": "relay", "public_url": "https://hotline.example"}
    async with served(settings.model_copy(update=changed), clock=FixedClock(DAY)) as phone:
        status, printed = await typed(phone.url, "洗衣机漏水", "#0", "1")
    assert status == 0, printed
    told = [printed.index(words) for words in ("请问有什么可以帮您", "听到：洗衣机漏水", "按1", "通话结束")]
    assert told == sorted(told)


async def test_an_unknown_verb_is_named_and_the_call_ended():
    asked: list[str] = []

    async def hotline(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = int(head.lower().partition("content-length: ")[2].partition("\r\n")[0])
        asked.append(f"{head.split()[1]} {(await reader.readexactly(length)).decode()}")
        body = b"<Response><Say>hello</Say><Pay/></Response>"
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(hotline, "127.0.0.1", 0) as server:
        status, printed = await typed(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    assert status == 1
    assert "hello" in printed
    assert "<Pay>" in printed
    assert "/voice/status" in asked[1]
    assert "CallStatus=completed" in asked[1]
