"""A real PostgreSQL, a fresh database for each test, and the application on top of it."""

import contextlib
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass

import httpx
import psycopg
import pytest
from fastapi import FastAPI

from backend import migrations_runner
from backend.access import accounts
from backend.access.roles import Role
from backend.app import http_application
from backend.bootstrap import Parts, build
from backend.clock import Clock
from backend.settings import Settings
from runtime.embedded_postgres import EmbeddedPostgres
from runtime.postgres_process import temporary_postgres
from tests.support.scripted_bot import ScriptedBot, running_bot

SERVICE_TOKEN = "service-token-for-tests"
PASSWORD = "Correct-horse-7"
TEMPLATE = "yingsheng_template"


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres]:
    with temporary_postgres([TEMPLATE]) as server:
        migrations_runner.upgrade(server.url(TEMPLATE))
        yield server


@pytest.fixture
def database_url(postgres: EmbeddedPostgres) -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f'create database "{name}" template "{TEMPLATE}"')
    yield postgres.url(name)
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f'drop database "{name}" with (force)')


@pytest.fixture
async def bot() -> AsyncIterator[ScriptedBot]:
    async with running_bot() as scripted:
        yield scripted


@pytest.fixture
def settings(database_url: str, bot: ScriptedBot) -> Settings:
    return Settings(
        database_url=database_url,
        bot_url=bot.url,
        service_token=SERVICE_TOKEN,
        bot_timeout_seconds=0.6,
        wait_limit_seconds=3.0,
        worker="outside",
    )


@dataclass
class Running:
    """The application with its parts, and HTTP clients for it."""

    parts: Parts
    app: FastAPI

    def client(self, address: str = "203.0.113.9") -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, client=(address, 4711), raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url="http://test")


@contextlib.asynccontextmanager
async def started(settings: Settings, **options) -> AsyncIterator[Running]:
    parts = build(settings, **options)
    yield Running(parts, http_application(parts))
    await parts.turns.finish()
    await parts.handover.finish()
    await parts.bot.close()
    await parts.house.database.close()


@pytest.fixture
async def running(settings: Settings) -> AsyncIterator[Running]:
    async with started(settings) as it:
        yield it


@pytest.fixture
async def client(running: Running) -> AsyncIterator[httpx.AsyncClient]:
    async with running.client() as http:
        yield http


@pytest.fixture
def clock_running(settings: Settings) -> Callable[[Clock], contextlib.AbstractAsyncContextManager[Running]]:
    return lambda clock: started(settings, clock=clock)


class WebCustomer:
    """A customer's page."""

    def __init__(self, client: httpx.AsyncClient, opened: dict) -> None:
        self.client = client
        self.conversation_id = opened["conversation_id"]
        self.greeting = opened["messages"]
        self.headers = {"Authorization": f"Bearer {opened['token']}"}
        self.path = f"/api/v1/webchat/conversations/{self.conversation_id}/messages"

    @classmethod
    async def arrive(cls, client: httpx.AsyncClient) -> "WebCustomer":
        response = await client.post("/api/v1/webchat/conversations", json={})
        assert response.status_code == 201, response.text
        return cls(client, response.json())

    async def post(self, text: str, message_id: str | None = None, *, wait: bool = True) -> httpx.Response:
        body = {"client_message_id": message_id or uuid.uuid4().hex, "text": text, "wait": wait}
        return await self.client.post(self.path, json=body, headers=self.headers)

    async def say(self, text: str, message_id: str | None = None) -> list[str]:
        response = await self.post(text, message_id)
        assert response.status_code == 200, response.text
        return [reply["text"] for reply in response.json()["replies"]]

    async def all_messages(self, since: int = 0) -> list[dict]:
        response = await self.client.get(self.path, params={"since": since}, headers=self.headers)
        assert response.status_code == 200, response.text
        return response.json()["messages"]


@pytest.fixture
async def customer(client: httpx.AsyncClient) -> WebCustomer:
    return await WebCustomer.arrive(client)


async def logged_in(running: Running, role: Role, username: str | None = None) -> httpx.AsyncClient:
    """A client with a desk session of that role; its CSRF token is set on every request."""
    name = username or f"user-{role}"
    async with running.parts.house.database.transaction() as session:
        if await accounts.find(session, name) is None:
            await accounts.create_user(session, name, name.title(), role, PASSWORD)
    http = running.client()
    response = await http.post("/api/v1/auth/login", json={"username": name, "password": PASSWORD})
    assert response.status_code == 200, response.text
    http.headers["X-CSRF-Token"] = response.json()["csrf_token"]
    return http


@pytest.fixture
async def agent(running: Running) -> AsyncIterator[httpx.AsyncClient]:
    http = await logged_in(running, Role.AGENT)
    yield http
    await http.aclose()
