"""The whole application, Socket.IO included, on a real uvicorn server at a free loopback port."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import socketio
import uvicorn
from fastapi import FastAPI

from backend.app import http_application
from backend.bootstrap import Parts, build
from backend.settings import Settings


class _Server(uvicorn.Server):
    """Leaves the signals to the test runner."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@dataclass
class Served:
    parts: Parts
    app: FastAPI
    url: str


@contextlib.asynccontextmanager
async def served(settings: Settings, **options) -> AsyncIterator[Served]:
    """One backend process' worth of parts behind its own port, on the running event loop."""
    parts = build(settings, **options)
    app = http_application(parts)
    config = uvicorn.Config(socketio.ASGIApp(parts.sio, app), log_config=None, timeout_graceful_shutdown=1)
    server = _Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        task = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            async with asyncio.timeout(20):
                while not server.started:
                    await asyncio.sleep(0.02)
            yield Served(parts, app, f"http://127.0.0.1:{listening.getsockname()[1]}")
        finally:
            await parts.sio.shutdown()
            server.should_exit = True
            await task
            await parts.handover.finish()
            await _stop_listening(parts)


async def _stop_listening(parts: Parts) -> None:
    """The Redis manager listens until its process ends; here the next test comes first."""
    listening = getattr(parts.sio.manager, "thread", None)
    if listening is not None:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
