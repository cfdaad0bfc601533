"""Speaks Rasa's REST protocol over HTTP and fails on demand: slow, silent, broken, gone.

The real Rasa is in tests/dialogue and tests/e2e; this one is for faults that the real one shows only by luck.
"""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator, Callable


class ScriptedBot:
    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.metadata: list[dict] = []
        self.answer: Callable[[str], list[dict]] = lambda text: [{"text": f"听到：{text}"}]
        self.suggestions: Callable[[str], list[dict]] = lambda _text: []
        self.delay = 0.0
        self.delay_of: Callable[[str], float] = lambda _text: self.delay
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.status = 200
        self.in_flight: dict[str, int] = {}
        self.most_in_flight = 0
        self._server: asyncio.Server | None = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            length = next(
                (
                    int(line.split(":")[1])
                    for line in head.splitlines()
                    if line.lower().startswith("content-length")
                ),
                0,
            )
            body = await reader.readexactly(length)
            status, payload = await self._answered(head, body)
            data = json.dumps(payload).encode()
            writer.write(
                f"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {len(data)}\r\n"
                "connection: close\r\n\r\n".encode()
                + data
            )
            await writer.drain()
        writer.close()

    async def _answered(self, head: str, body: bytes) -> tuple[int, list[dict]]:
        if head.startswith("GET"):
            return 200, []
        if head.startswith("POST /webhooks/suggesting/"):
            return self.status, self.suggestions(json.loads(body)["text"])
        return await self._turn(json.loads(body))

    async def _turn(self, body: dict) -> tuple[int, list[dict]]:
        sender, text = body["sender"], body["message"]
        self.heard.append((sender, text))
        self.metadata.append(body.get("metadata") or {})
        self.in_flight[sender] = self.in_flight.get(sender, 0) + 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight[sender])
        try:
            await asyncio.sleep(self.delay_of(text))
            await self.may_answer.wait()
            return self.status, self.answer(text)
        finally:
            self.in_flight[sender] -= 1


@contextlib.asynccontextmanager
async def running_bot() -> AsyncIterator[ScriptedBot]:
    bot = ScriptedBot()
    await bot.start()
    try:
        yield bot
    finally:
        await bot.stop()
