"""Decisions a second, and firings a second on the embedded PostgreSQL. `make bench-sla` has it, too.

A decision holds all shipped rules against one set of facts. A firing is all that follows: the row, the
ticket, the timeline, the clock and job of the ladder and the notices, committed. Filing alone is measured
beside it, so that what escalation adds can be seen.
"""

import asyncio
import random
import statistics
import sys
import time
import uuid
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from backend import migrations_runner, policy
from backend.bootstrap import Parts, build
from backend.conversations import hub
from backend.escalation.models import Escalation, Notice
from backend.escalation.rules import decide
from backend.policy.escalation_facts import FACTS, Type, nested
from backend.settings import PROJECT_ROOT, Settings
from backend.tickets.filing import file
from backend.tickets.kinds import Actor, Kind, Severity
from backend.tickets.schemas import NewTicket
from backend.tickets.timeline import By
from runtime.postgres_process import temporary_postgres

DECISIONS = 5_000
ROUNDS = 5
TICKETS = 300
WRITERS = 4
SEED = 20


def some_facts(dice: random.Random) -> dict[str, dict[str, object]]:
    """Facts drawn at random from what each can be."""
    values = {
        Type.FLAG: lambda: dice.random() < 0.2,
        Type.INTEGER: lambda: dice.choice((0, 0, 0, 1, 2, 3)),
        Type.DECIMAL: lambda: dice.uniform(0, 60_000),
        Type.TEXT: lambda: "",
    }
    flat = {
        path: dice.choice(fact.values) if fact.values else values[fact.type]() for path, fact in FACTS.items()
    }
    return nested(flat)


def decisions(rules: tuple) -> tuple[float, float]:
    """Decisions a second, the median of rounds, and firings per decision."""
    dice = random.Random(SEED)
    cases = [some_facts(dice) for _ in range(DECISIONS)]
    rates, fired = [], 0
    for _ in range(ROUNDS):
        began = time.perf_counter()
        fired = sum(len(decide(rules, case, frozenset())) for case in cases)
        rates.append(DECISIONS / (time.perf_counter() - began))
    return statistics.median(rates), fired / DECISIONS


async def filings(parts: Parts, signals: dict[str, object], severity: Severity) -> float:
    """Tickets filed a second by several writers, with all that follows from them."""
    house = parts.house
    left = list(range(TICKETS))

    async def write() -> None:
        while left:
            left.pop()
            async with house.units.begin() as uow:
                conversation = await hub.start(uow, "web")
                request = NewTicket(
                    request_id=uuid.uuid4().hex,
                    conversation_id=conversation.id,
                    kind=Kind.QUALITY_COMPLAINT,
                    severity=severity,
                    description="leaks",
                    signals=signals,
                )
                await file(uow, house.policy, request, channel="web", by=By(Actor.BOT))

    began = time.perf_counter()
    await asyncio.gather(*(write() for _ in range(WRITERS)))
    return TICKETS / (time.perf_counter() - began)


async def on_database(url: str, console: Console) -> None:
    """Measure filings that fire nothing and filings that fire four rules."""
    parts = build(Settings(database_url=url, service_token="x" * 16, worker="outside"))
    await filings(parts, {}, Severity.MINOR)
    calm = await filings(parts, {}, Severity.MINOR)
    loud = await filings(parts, {"anger": 3, "threat": True}, Severity.GRAVE)
    async with parts.house.database.transaction() as session:
        fired = await session.scalar(select(func.count()).select_from(Escalation))
        notices = await session.scalar(select(func.count()).select_from(Notice))
    table = Table("filing", "tickets/s", "firings/s")
    table.add_row("fires nothing", f"{calm:.0f}", "0")
    table.add_row(
        f"fires {fired / TICKETS:.0f} rules, {notices / TICKETS:.0f} notices",
        f"{loud:.0f}",
        f"{loud * fired / TICKETS:.0f}",
    )
    console.print(table)
    await parts.bot.close()
    await parts.house.database.close()


def main() -> None:
    """Print the figures."""
    console = Console()
    rules = policy.load(PROJECT_ROOT / "policy").escalation.rules
    rate, fired = decisions(rules)
    console.print(f"{len(rules)} rules: {rate:,.0f} decisions/s, {fired:.1f} firings each")
    with temporary_postgres() as server:
        url = server.url()
        migrations_runner.upgrade(url)
        asyncio.run(on_database(url, console))


if __name__ == "__main__":
    main()
