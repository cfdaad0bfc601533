"""WeChat's side, on a port of its own: `cli.wechat_vendor` with nobody at the keys."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import uvicorn

from backend.channels.wechat.endpoints import PATH
from cli.wechat_vendor.account import SimulatedAccount
from cli.wechat_vendor.delivering import Delivering
from cli.wechat_vendor.server import VendorServer
from cli.wechat_vendor.state import VendorState
from cli.wechat_vendor.user import SimulatedUser


@dataclass
class Vendor:
    account: SimulatedAccount
    state: VendorState
    server: VendorServer
    url: str

    def delivering(self, client: httpx.AsyncClient, path: str = PATH) -> Delivering:
        return Delivering(self.account, self.state, path, client)

    def user(self, client: httpx.AsyncClient, openid: str = "") -> SimulatedUser:
        return SimulatedUser(self.account, self.state, self.delivering(client), openid)


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self):
        yield


@contextlib.asynccontextmanager
async def running_vendor(account: SimulatedAccount | None = None) -> AsyncIterator[Vendor]:
    account, state = account or SimulatedAccount(), VendorState()
    vendor = VendorServer(account, state)
    async with served(vendor.app) as url:
        yield Vendor(account, state, vendor, url)


@contextlib.asynccontextmanager
async def served(app) -> AsyncIterator[str]:
    """The application on a port of its own; yields its URL."""
    server = _Server(uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=1))
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listening:
        task = asyncio.create_task(server.serve(sockets=[listening]))
        async with asyncio.timeout(20):
            while not server.started:
                await asyncio.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            await task
