"""The backend with the channel on, the vendor beside it, and a user of WeChat."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import psycopg
import pytest

from backend.settings import Settings
from cli.wechat_vendor.user import SimulatedUser
from tests.integration.backend.conftest import SERVICE_TOKEN, Running, started
from tests.support.scripted_bot import ScriptedBot
from tests.support.wechat_vendor import Vendor, running_vendor


@pytest.fixture
async def vendor() -> AsyncIterator[Vendor]:
    async with running_vendor() as it:
        yield it


@pytest.fixture
def settings(database_url: str, bot: ScriptedBot, vendor: Vendor) -> Settings:
    return wechat_settings(database_url, bot, vendor)


def wechat_settings(database_url: str, bot: ScriptedBot, vendor: Vendor, **more) -> Settings:
    given = {
        name.removeprefix("YINGSHENG_").lower(): value
        for name, value in vendor.account.environment(vendor.url).items()
    }
    return Settings(
        **{
            "database_url": database_url,
            "bot_url": bot.url,
            "service_token": SERVICE_TOKEN,
            "worker": "outside",
            "bot_timeout_seconds": 6,
            "wechat_passive_seconds": 4.0,
            "wechat_timeout_seconds": 1.0,
            **given,
            **more,
        }
    )


@contextlib.asynccontextmanager
async def with_wechat(settings: Settings, **options) -> AsyncIterator[Running]:
    async with started(settings, **options) as running:
        yield running
        await running.parts.turns.finish()
        await running.parts.wechat.api.close()


@pytest.fixture
async def running(settings: Settings) -> AsyncIterator[Running]:
    async with with_wechat(settings) as it:
        yield it


@pytest.fixture
async def client(running: Running) -> AsyncIterator[httpx.AsyncClient]:
    async with running.client() as http:
        yield http


@pytest.fixture
def user(vendor: Vendor, client: httpx.AsyncClient) -> SimulatedUser:
    return vendor.user(client)


@pytest.fixture
async def worker(running: Running) -> AsyncIterator[None]:
    async with working(running):
        yield


@pytest.fixture
async def impatient_user(database_url: str, bot: ScriptedBot, vendor: Vendor) -> AsyncIterator[SimulatedUser]:
    """Somebody whose account waits for the bot for less than a second; with a worker."""
    settings = wechat_settings(database_url, bot, vendor, wechat_passive_seconds=0.8)
    async with with_wechat(settings) as running, running.client() as http, working(running):
        yield vendor.user(http)


@contextlib.asynccontextmanager
async def working(running: Running) -> AsyncIterator[None]:
    task = asyncio.create_task(running.parts.house.jobs.work())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(holds: Callable[[], bool | Awaitable[bool]], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while True:
            found = holds()
            if found if isinstance(found, bool) else await found:
                return
            await asyncio.sleep(0.05)


def rows(url: str, query: str, *values) -> list[tuple]:
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(query, values or None).fetchall()


def hurry(url: str) -> None:
    """Waiting jobs are due now."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("update procrastinate_jobs set scheduled_at = now() where status = 'todo'")
