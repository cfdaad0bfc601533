"""WeChat under load: how long the webhook takes, and whether every message is answered once.

The whole product runs, real bot included; the vendor is `cli.wechat_vendor`, with its limit of 5 s and its
further tries. Each user writes one message after the other, as people do who wait for an answer. `--scripted`
takes a bot that answers in 50 ms, to measure the channel without the dialogue.
Usage: .venv/bin/python bench/wechat.py [--scripted] [USERS ...]
"""

import asyncio
import contextlib
import statistics
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from backend.channels.wechat.endpoints import PATH
from backend.settings import PROJECT_ROOT
from backend.wording import Wording
from cli.wechat_vendor.delivering import LIMIT_SECONDS, Outcome
from cli.wechat_vendor.user import SimulatedUser
from runtime.stack import Stack, running_stack
from tests.support.scripted_bot import ScriptedBot
from tests.support.wechat_vendor import Vendor, running_vendor

USERS = (1, 20, 100)
SCRIPT = ("你好", "我的热水器漏水", "在网上买的", "退货", "谢谢")
PATIENCE_SECONDS = 60.0
BOT_SECONDS = 0.05
ALL = ("postgres", "backend", "bot", "actions")
NO_BOT = ("postgres", "backend")


@dataclass(frozen=True)
class Measured:
    """One round: `unanswered` messages, and `twice`, answers more than messages."""

    users: int
    outcomes: list[Outcome]
    seconds: float
    unanswered: int
    twice: int


async def talk(person: SimulatedUser) -> list[Outcome]:
    """All of the script, each message after the answer to the one before."""
    outcomes = []
    for words in SCRIPT:
        seen = len(person.seen)
        outcomes.append(await person.say(words))
        give_up = time.monotonic() + PATIENCE_SECONDS
        while len(person.seen) == seen and time.monotonic() < give_up:  # noqa: ASYNC110  # another process says it
            await asyncio.sleep(0.05)
    return outcomes


async def converse(vendor: Vendor, url: str, users: int, round_name: str) -> Measured:
    """A round with so many users at once."""
    limits = httpx.Limits(max_connections=users * 2, max_keepalive_connections=users)
    before = len(vendor.state.sent)
    async with httpx.AsyncClient(timeout=2 * LIMIT_SECONDS, limits=limits, trust_env=False) as http:
        delivering = vendor.delivering(http, url + PATH)
        people = [
            SimulatedUser(vendor.account, vendor.state, delivering, f"{round_name}-{number}")
            for number in range(users)
        ]
        began = time.perf_counter()
        outcomes = [outcome for found in await asyncio.gather(*map(talk, people)) for outcome in found]
        seconds = time.perf_counter() - began
    await asyncio.sleep(8)  # what the outbox still says would be said by then
    # a notice may go alone when the bot is slow; it is no answer
    notice = Wording.load(PROJECT_ROOT / "domain" / "_system.yml").say("wechat_notice")
    answers = Counter(one.openid for one in vendor.state.sent[before:] if one.text != notice)
    missing = [len(SCRIPT) - answers[person.openid] for person in people]
    return Measured(
        users,
        outcomes,
        seconds,
        unanswered=sum(max(0, number) for number in missing),
        twice=sum(max(0, -number) for number in missing),
    )


def stored(stack: Stack, round_name: str) -> int:
    """Customer messages of the round in the database."""
    query = """
        select count(*) from message m join conversation c on c.id = m.conversation_id
        where c.address like %s and m.sender = 'customer'"""
    with psycopg.connect(stack.database_url) as connection:
        found = connection.execute(query, [f"{round_name}-%"]).fetchone()
    assert found is not None
    return int(found[0])


def report(console: Console, measured: list[tuple[Measured, int]]) -> None:
    table = Table(title="WeChat webhook")
    for name in (
        "users",
        "messages",
        "stored",
        "p50 ms",
        "p95 ms",
        "slowest ms",
        "passive",
        "later",
        "out of order",
        "unanswered",
        "twice",
        "tries over 1",
        "messages/s",
    ):
        table.add_column(name, justify="right")
    for one, messages in measured:
        seconds = sorted(outcome.seconds * 1000 for outcome in one.outcomes)
        table.add_row(
            str(one.users),
            str(len(one.outcomes)),
            str(messages),
            f"{statistics.median(seconds):.0f}",
            f"{statistics.quantiles(seconds, n=20)[-1]:.0f}",
            f"{seconds[-1]:.0f}",
            str(sum(outcome.shown is not None for outcome in one.outcomes)),
            str(sum(outcome.shown is None for outcome in one.outcomes)),
            str(sum(outcome.out_of_order for outcome in one.outcomes)),
            str(one.unanswered),
            str(one.twice),
            str(sum(len(outcome.statuses) > 1 for outcome in one.outcomes)),
            f"{len(one.outcomes) / one.seconds:.1f}",
        )
    console.print(table)


@contextlib.asynccontextmanager
async def product(vendor: Vendor, *, scripted: bool) -> AsyncIterator[Stack]:
    """The product, with its own bot or with one that merely repeats."""
    bot = ScriptedBot()
    bot.delay = BOT_SECONDS
    environ = vendor.account.environment(vendor.url)
    with running_stack(programs=NO_BOT if scripted else ALL, environ=environ) as stack:
        if scripted:
            bot.port = stack.settings.bot_port
            await bot.start()
        try:
            yield stack
        finally:
            await bot.stop()


async def main() -> None:
    scripted = "--scripted" in sys.argv
    counts = [int(word) for word in sys.argv[1:] if word.isdecimal()] or list(USERS)
    async with running_vendor() as vendor, product(vendor, scripted=scripted) as stack:
        url = stack.settings.backend_url
        await converse(vendor, url, 2, "warm")
        for users in counts:
            name = f"r{users}"
            measured = await converse(vendor, url, users, name)
            report(Console(), [(measured, stored(stack, name))])


if __name__ == "__main__":
    asyncio.run(main())
