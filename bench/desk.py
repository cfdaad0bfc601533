"""How soon a customer's message is at the desk: 1,000 open chats and 50 agents on one backend.

A backend process of its own with an embedded PostgreSQL; every chat has its page connected, every agent a
desk page, and each agent has 20 of the chats. Customers write at a steady rate; measured is the time from the
request to the event on the page of the agent who has the conversation. Afterwards each message must have
arrived, as an event and by asking. `make bench-desk`, or smaller: `bench/desk.py --chats 100 --agents 5`.
"""

import argparse
import asyncio
import contextlib
import os
import random
import secrets
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import psutil
import socketio
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from backend import migrations_runner
from backend.access import accounts, sessions
from backend.access.roles import Role
from backend.db import Database
from backend.settings import PROJECT_ROOT
from runtime.postgres_process import temporary_postgres

START_SECONDS = 60
CONNECTING_AT_ONCE = 20
PATIENCE_SECONDS = 10
AIM_MS = 150
MEBIBYTE = 1024 * 1024


@dataclass
class Chat:
    """A customer's page."""

    id: str
    token: str
    page: socketio.AsyncClient = field(default_factory=lambda: socketio.AsyncClient(reconnection=False))


@dataclass
class Agent:
    """A desk page; `heard` has the moment of each message by conversation and text."""

    username: str
    headers: dict[str, str]
    page: socketio.AsyncClient = field(default_factory=lambda: socketio.AsyncClient(reconnection=False))
    heard: dict[tuple[str, str], float] = field(default_factory=dict)
    cards: int = 0


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def backend(database_url: str) -> Iterator[tuple[str, psutil.Process]]:
    """One backend process, jobs included, without a bot: nobody here talks to it."""
    port = free_port()
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "YINGSHENG_SERVICE_TOKEN": secrets.token_urlsafe(24),
        "YINGSHENG_BOT_URL": f"http://127.0.0.1:{free_port()}",
    }
    command = [sys.executable, "-m", "uvicorn", "backend.app:create_app", "--factory", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--log-level", "error"],
        env=environment,
        cwd=PROJECT_ROOT,
        stdout=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + START_SECONDS
        while True:
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{url}/healthz", trust_env=False).is_success:
                    break
            assert time.monotonic() < deadline, "the backend did not start"
            time.sleep(0.2)
        yield url, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(30)


async def logged_in(database_url: str, count: int) -> list[Agent]:
    """Agents with sessions."""
    database = Database(database_url)
    agents = []
    for number in range(count):
        async with database.transaction() as session:
            name = f"agent-{number}"
            user = await accounts.create_user(
                session, name, f"Agent {number}", Role.AGENT, secrets.token_urlsafe(12)
            )
            now = datetime.now(UTC)
            token, identity = await sessions.open_session(session, user, now, timedelta(hours=8))
        headers = {"Cookie": f"{sessions.COOKIE}={token}", "X-CSRF-Token": identity.csrf_token}
        agents.append(Agent(name, headers))
    await database.close()
    return agents


async def connected(url: str, page: socketio.AsyncClient, namespace: str, **options: object) -> None:
    """Connect a page over WebSocket."""
    await page.connect(url, namespaces=[namespace], transports=["websocket"], wait_timeout=30, **options)


def listen(agent: Agent) -> None:
    """Note what a desk page hears."""

    async def message(data: dict) -> None:
        if data["message"]["sender"] == "customer":
            agent.heard.setdefault((data["conversation_id"], data["message"]["text"]), time.perf_counter())

    async def card(_data: dict) -> None:
        agent.cards += 1

    agent.page.on("conversation.message", message, namespace="/desk")
    agent.page.on("conversation.changed", card, namespace="/desk")


async def prepared(
    url: str, http: httpx.AsyncClient, agents: list[Agent], chats: int
) -> tuple[list[Chat], dict[str, Agent]]:
    """Chats opened, taken over and connected, and who has which."""
    gate = asyncio.Semaphore(CONNECTING_AT_ONCE)
    owners: dict[str, Agent] = {}

    async def open_chat(number: int) -> Chat:
        async with gate:
            opened = (await http.post("/api/v1/webchat/conversations", json={})).raise_for_status().json()
            chat, agent = Chat(opened["conversation_id"], opened["token"]), agents[number % len(agents)]
            path = f"/api/v1/live/conversations/{chat.id}/takeover"
            (await http.post(path, headers=agent.headers)).raise_for_status()
            auth = {"conversation_id": chat.id, "token": chat.token}
            await connected(url, chat.page, "/chat", auth=auth)
            owners[chat.id] = agent
            return chat

    for agent in agents:
        listen(agent)
        await connected(url, agent.page, "/desk", headers={"Cookie": agent.headers["Cookie"]})
    pages = await asyncio.gather(*(open_chat(number) for number in range(chats)))
    return pages, owners


@dataclass
class Measured:
    """Milliseconds a message to its agent's page; what did not come; what the writers waited for."""

    to_desk: list[float]
    to_answer: list[float]
    lost: int
    not_stored: int


async def measured(
    http: httpx.AsyncClient, chats: list[Chat], owners: dict[str, Agent], messages: int, rate: float
) -> Measured:
    """Have customers write at a steady rate, whether or not the backend keeps up."""
    dice, sent, answers = random.Random(7), {}, []

    async def write(chat: Chat, text: str) -> None:
        began = sent[chat.id, text] = time.perf_counter()
        path = f"/api/v1/webchat/conversations/{chat.id}/messages"
        body = {"client_message_id": text, "text": text}
        headers = {"Authorization": f"Bearer {chat.token}"}
        (await http.post(path, json=body, headers=headers)).raise_for_status()
        answers.append((time.perf_counter() - began) * 1000)

    begin, tasks = time.perf_counter(), []
    for number in range(messages):
        await asyncio.sleep(max(0.0, begin + number / rate - time.perf_counter()))
        tasks.append(asyncio.create_task(write(dice.choice(chats), f"message {number}")))
    await asyncio.gather(*tasks)
    deadline = time.perf_counter() + PATIENCE_SECONDS
    while time.perf_counter() < deadline and any(key not in owners[key[0]].heard for key in sent):  # noqa: ASYNC110
        await asyncio.sleep(0.1)
    took = [
        (owners[key[0]].heard[key] - began) * 1000
        for key, began in sent.items()
        if key in owners[key[0]].heard
    ]
    return Measured(took, answers, len(sent) - len(took), await missing(http, owners, set(sent)))


async def missing(http: httpx.AsyncClient, owners: dict[str, Agent], sent: set[tuple[str, str]]) -> int:
    """How many messages cannot be read at the desk."""
    stored: set[tuple[str, str]] = set()
    for conversation_id in {key[0] for key in sent}:
        path = f"/api/v1/live/conversations/{conversation_id}/messages"
        answer = (await http.get(path, headers=owners[conversation_id].headers)).raise_for_status().json()
        stored |= {(conversation_id, message["text"]) for message in answer["messages"]}
    return len(sent - stored)


@contextlib.asynccontextmanager
async def cast(url: str, database_url: str, chats: int, agents: int) -> AsyncIterator[tuple]:
    """Everybody connected, for the block."""
    people = await logged_in(database_url, agents)
    limits = httpx.Limits(max_connections=100)
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=60, limits=limits) as http:
        pages, owners = await prepared(url, http, people, chats)
        try:
            yield http, pages, owners, people
        finally:
            await asyncio.gather(*(one.page.disconnect() for one in [*pages, *people]))


@dataclass
class Used:
    """Cards that agents received; the backend's memory, and its processor time a message, all included."""

    cards: int
    mebibytes: float
    cpu_ms: float


def cpu_seconds(process: psutil.Process) -> float:
    """Processor time of the backend so far."""
    times = process.cpu_times()
    return float(times.user + times.system)


def report(console: Console, options: argparse.Namespace, result: Measured, used: Used) -> None:
    """The figures."""
    title = f"{options.chats} chats, {options.agents} agents, {options.rate:g} messages a second"
    table = Table("ms", "p50", "p95", "p99", "max", title=title)
    for name, values in (("message to desk", result.to_desk), ("message acknowledged", result.to_answer)):
        cuts = statistics.quantiles(values, n=100)
        figures = (cuts[49], cuts[94], cuts[98], max(values))
        table.add_row(name, *(f"{figure:.0f}" for figure in figures))
    console.print(table)
    console.print(
        f"{len(result.to_desk)} messages, lost as events: {result.lost}, not stored: {result.not_stored}"
    )
    console.print(
        f"cards received by all agents: {used.cards}; backend: {used.mebibytes:.0f} MiB, "
        f"{used.cpu_ms:.1f} ms of processor time a message; load of the machine: {os.getloadavg()[0]:.1f}"
    )
    p95 = statistics.quantiles(result.to_desk, n=100)[94]
    console.print(
        f"aim: p95 below {AIM_MS} ms, none lost: {p95 < AIM_MS and not result.lost + result.not_stored}"
    )


async def run(options: argparse.Namespace) -> None:
    """The whole measurement."""
    with temporary_postgres() as postgres:
        migrations_runner.upgrade(postgres.url())
        with backend(postgres.url()) as (url, process):
            async with cast(url, postgres.url(), options.chats, options.agents) as (
                http,
                pages,
                owners,
                people,
            ):
                for agent in people:
                    agent.cards = 0
                before = cpu_seconds(process)
                result = await measured(http, pages, owners, options.messages, options.rate)
                used = Used(
                    cards=sum(agent.cards for agent in people),
                    mebibytes=process.memory_info().rss / MEBIBYTE,
                    cpu_ms=(cpu_seconds(process) - before) / options.messages * 1000,
                )
                report(Console(), options, result, used)


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chats", type=int, default=1_000)
    parser.add_argument("--agents", type=int, default=50)
    parser.add_argument("--messages", type=int, default=1_000)
    parser.add_argument("--rate", type=float, default=20.0, help="messages a second")
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
