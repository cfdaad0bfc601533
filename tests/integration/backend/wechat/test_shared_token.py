"""The access token is shared by processes: whatever they do at once, one of them renews it, once."""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from backend.settings import PROJECT_ROOT
from cli.wechat_vendor.server import Fault
from tests.integration.backend.conftest import SERVICE_TOKEN
from tests.integration.backend.wechat.conftest import rows, until
from tests.support.wechat_vendor import Vendor

PROGRAM = "tests.integration.backend.wechat.token_process"
TOKEN = "/cgi-bin/stable_token"
SLOW = Fault(seconds=1.5)
"""So slow that the other process asks meanwhile."""
MINUTES_4 = 240


@dataclass
class Keeper:
    """A process that keeps the token."""

    process: asyncio.subprocess.Process

    async def order(self, *words: str) -> str:
        """The one token that all got who asked at once."""
        self.process.stdin.write(f"{' '.join(words)}\n".encode())
        await self.process.stdin.drain()
        (token,) = json.loads(await self.line("["))
        return token

    async def line(self, beginning: str) -> str:
        async with asyncio.timeout(60):
            while line := (await self.process.stdout.readline()).decode():
                if line.startswith(beginning):
                    return line
        raise AssertionError(f"the process has ended: {await self.process.wait()}")


async def started(url: str, vendor: Vendor) -> Keeper:
    environ = {
        **os.environ,
        **vendor.account.environment(vendor.url),
        "DATABASE_URL": url,
        "YINGSHENG_SERVICE_TOKEN": SERVICE_TOKEN,
        "YINGSHENG_WECHAT_TIMEOUT_SECONDS": "30",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", PROGRAM),
        cwd=PROJECT_ROOT,
        env=environ,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    return Keeper(process)


@pytest.fixture
async def keepers(database_url: str, vendor: Vendor) -> AsyncIterator[tuple[Keeper, Keeper]]:
    pair = await started(database_url, vendor), await started(database_url, vendor)
    try:
        await asyncio.gather(*(keeper.line("ready") for keeper in pair))
        yield pair
    finally:
        for keeper in pair:
            with contextlib.suppress(ProcessLookupError):
                keeper.process.kill()
            await keeper.process.communicate()


async def both(keepers: tuple[Keeper, Keeper], *words: str) -> str:
    """The one token that both processes have."""
    one, other = await asyncio.gather(*(keeper.order(*words) for keeper in keepers))
    assert one == other
    return one


async def test_two_processes_fetch_renew_and_replace_the_token_once_for_both(
    keepers, vendor: Vendor, database_url: str
):
    vendor.server.fail(TOKEN, SLOW, SLOW, SLOW)
    first = await both(keepers, "current")
    assert vendor.state.token_calls == 1
    assert rows(database_url, "select token from wechat_token") == [(first,)]

    sooner = "update wechat_token set expires_at = now() + make_interval(secs => %s) returning 1"
    rows(database_url, sooner, MINUTES_4)
    vendor.state.ahead = 7200.0 - MINUTES_4
    second = await both(keepers, "current")
    assert vendor.state.token_calls == 2

    vendor.state.revoke_tokens()
    third = await both(keepers, "instead_of", second)
    assert vendor.state.token_calls == 3
    assert len({first, second, third}) == 3
    assert vendor.server.calls == [TOKEN] * 3


async def test_a_process_that_dies_while_it_renews_keeps_nobody_waiting(
    keepers, vendor: Vendor, database_url: str
):
    dying, other = keepers
    vendor.server.fail(TOKEN, Fault(seconds=100))
    lost = asyncio.create_task(dying.order("current"))
    await until(lambda: TOKEN in vendor.server.calls)
    waiting = asyncio.create_task(other.order("current"))
    await asyncio.sleep(0.5)
    assert vendor.server.calls.count(TOKEN) == 1, "only one of them asks"
    dying.process.kill()
    async with asyncio.timeout(20):
        token = await waiting
    assert rows(database_url, "select token from wechat_token") == [(token,)]
    assert (vendor.state.token_calls, vendor.server.calls.count(TOKEN)) == (1, 2)
    await asyncio.gather(lost, return_exceptions=True)
