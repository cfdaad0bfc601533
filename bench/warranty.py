"""Warranty decisions a second; an import of 50,000 rows; a serial looked up among a million purchases.

`make bench-warranty`, or `python bench/warranty.py [--rows N] [--purchases N]` for smaller numbers. Prints
one JSON document.
"""

import argparse
import asyncio
import itertools
import json
import os
import random
import statistics
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Self

import psutil
from sqlalchemy import func, select, text

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from backend import migrations_runner, policy
from backend.db import Database
from backend.settings import PROJECT_ROOT
from backend.warranty import purchases
from backend.warranty.asking import answered
from backend.warranty.decision import decide
from backend.warranty.facts import Facts
from backend.warranty.importing import Importer
from backend.warranty.keys import look_key
from backend.warranty.models import Customer, CustomerPhone, Product, Purchase
from backend.warranty.rows import Kind
from backend.warranty.sheet_wording import sheet_wording
from runtime.postgres_process import temporary_postgres

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
TODAY = date(2026, 11, 23)
SECONDS = 3.0
LOOKUPS = 2000
MEBIBYTE = 1024 * 1024
RULES = policy.load(PROJECT_ROOT / "policy")
MODELS = {"KFR-35GW/A1": "air_conditioner", "JSQ30-W16": "water_heater", "XQG100-H8": "washing_machine"}


def decisions_a_second() -> dict[str, int]:
    """Decisions on varied facts: the bare decision, and with all its words."""
    dice = random.Random(1)
    cases = [
        Facts.model_validate(
            {
                "product": dice.choice(["空调", "手机", "电视", "沙发", "电脑"]),
                "purchase_date": str(TODAY - timedelta(days=dice.randint(0, 1500))),
                "cause": dice.choice([None, "quality", "misuse"]),
                "part": dice.choice([None, "电池", "压缩机"]),
                "remote": dice.choice([None, True, False]),
                "repairs": dice.choice([[], [{"handed_in": "2026-11-01"}]]),
            }
        )
        for _ in range(500)
    ]
    moved_on = RULES.calendar.days.moved_on

    def rate(act: Callable[[Facts], object]) -> int:
        began = time.perf_counter()
        for done, facts in enumerate(itertools.cycle(cases), start=1):
            act(facts)
            if done % 100 == 0 and time.perf_counter() - began > SECONDS:
                return round(done / (time.perf_counter() - began))
        raise AssertionError

    return {
        "bare": rate(lambda facts: decide(facts, RULES.warranty, today=TODAY, moved_on=moved_on)),
        "in_words": rate(lambda facts: answered(facts, RULES, TODAY)),
    }


class PeakMemory:
    """The largest resident memory of this process while the block runs, beyond that before it."""

    def __enter__(self) -> Self:
        self._process, self._over = psutil.Process(), threading.Event()
        self._before = self._peak = self._process.memory_info().rss
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.02):
            self._peak = max(self._peak, self._process.memory_info().rss)

    @property
    def grown_mb(self) -> float:
        """Megabytes."""
        return round((self._peak - self._before) / MEBIBYTE, 1)


def write_rows(path: Path, count: int) -> None:
    """A file of purchases by a tenth as many customers."""
    models = list(MODELS)
    with path.open("w", encoding="gb18030") as file:
        file.write("序列号,型号,购买日期,送达日期,价格,订单号,购买渠道,凭证,客户姓名,电话,地址\n")
        for number in range(count):
            day = TODAY - timedelta(days=number % 1400 + 1)
            who = number % max(count // 10, 1)
            file.write(
                f"IMP{number:08d},{models[number % 3]},{day},{day},1999,O{number:08d},线上,订单,"
                f"客户{who},139{who:08d},某路{who}号\n"
            )


async def import_rows(database: Database, rows: int) -> dict[str, Any]:
    """A dry run and an import."""
    importer = Importer(database, RULES.warranty, sheet_wording(), NOW, TODAY)
    found: dict[str, Any] = {"rows": rows}
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "purchases.csv"
        write_rows(path, rows)
        found["file_mb"] = round(path.stat().st_size / MEBIBYTE, 1)
        for name, dry_run in (("dry_run", True), ("import", False)):
            began = time.perf_counter()
            with PeakMemory() as memory:
                report = await importer.run(path, Kind.PURCHASES, dry_run=dry_run)
            assert report.problems == [], report.problems[:3]
            assert report.added == rows
            found[name] = {
                "seconds": round(time.perf_counter() - began, 1),
                "peak_memory_grown_mb": memory.grown_mb,
            }
    return found


async def fill(database: Database, count: int) -> None:
    """So many purchases, made by the database itself."""
    async with database.transaction() as session:
        customer = Customer(id=uuid.uuid4(), name="某人", created_at=NOW, updated_at=NOW)
        session.add(customer)
        await session.flush()
        session.add(CustomerPhone(customer_id=customer.id, number="13900009999"))
        product = await session.scalar(select(Product.id).limit(1))
        await session.execute(
            text(
                "insert into purchase (id, serial, serial_key, product_id, customer_id, purchase_date,"
                " order_number, created_at)"
                " select gen_random_uuid(), 'BEN' || lpad(n::text, 9, '0'), 'BEN' || lpad(n::text, 9, '0'),"
                " :product, :customer, date '2022-01-01' + (n % 1700)::int, 'B' || n, :now"
                " from generate_series(1, :count) n"
            ),
            {"product": product, "customer": customer.id, "now": NOW, "count": count},
        )
    async with database.engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("vacuum analyze purchase"))


async def look_up(database: Database, count: int) -> dict[str, Any]:
    """Serials looked up as the bot does, one transaction each."""
    dice = random.Random(2)
    seconds = []
    for _ in range(LOOKUPS):
        serial = f"ben-{dice.randint(1, count):09d}"
        began = time.perf_counter()
        async with database.transaction() as session:
            found = await purchases.by_serial(session, serial)
        seconds.append(time.perf_counter() - began)
        assert len(found) == 1
    async with database.transaction() as session:
        total = await session.scalar(select(func.count()).select_from(Purchase))
        plan = await session.scalars(text("explain select * from purchase where serial = 'BEN000000042'"))
        used = next(line.strip() for line in plan if "Scan" in line)
    centiles = statistics.quantiles(seconds, n=100)
    return {
        "purchases": total,
        "p50_ms": round(centiles[49] * 1000, 2),
        "p95_ms": round(centiles[94] * 1000, 2),
        "plan": used.split("  (")[0],
    }


async def measure(url: str, rows: int, count: int) -> dict[str, Any]:
    """All that needs a database."""
    database = Database(url, pool_size=2)
    async with database.transaction() as session:
        for model, family in MODELS.items():
            key = look_key(model)
            session.add(
                Product(model=model, look_key=key, family=family, name=family, synonyms=[], created_at=NOW)
            )
    imported = await import_rows(database, rows)
    await fill(database, count)
    looked_up = await look_up(database, count)
    await database.close()
    return {"import": imported, "serial_lookup": looked_up}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--purchases", type=int, default=1_000_000)
    given = parser.parse_args()
    result: dict[str, Any] = {"load_before": os.getloadavg()[0], "decisions_a_second": decisions_a_second()}
    with temporary_postgres(["bench"]) as server:
        url = server.url("bench")
        migrations_runner.upgrade(url)
        result |= asyncio.run(measure(url, given.rows, given.purchases))
    print(json.dumps(result, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
