"""Migrations lead to exactly the tables that the code knows."""

from datetime import datetime

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from backend import demo, migrations_runner, tables
from backend.bootstrap import build
from backend.clock import SHANGHAI, FixedClock
from backend.db import sqlalchemy_url
from backend.settings import Settings
from backend.tickets import audit


def test_models_and_migrations_agree(database_url: str):
    engine = create_engine(sqlalchemy_url(database_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = [d for d in compare_metadata(context, tables.metadata) if "procrastinate" not in str(d)]
    engine.dispose()
    assert differences == []


def test_upgrading_again_changes_nothing(database_url: str):
    migrations_runner.upgrade(database_url)
    revision, head = migrations_runner.current(database_url)
    assert revision == head


@pytest.mark.parametrize("moment", ["2026-11-23 16:30", "2026-11-28 03:00", "2026-10-05 12:00"])
async def test_demo_data_is_made_once_and_its_record_is_clean(settings: Settings, moment: str):
    """On a working day, in a night of a weekend, in a holiday week."""
    now = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
    clock = FixedClock(now)
    house = build(settings, clock=clock).house
    made = await demo.seed(house, clock, "trial-Pass-2611")
    assert clock.now() == now
    again = await demo.seed(house, clock, "trial-Pass-2611")
    async with house.database.transaction() as session:
        findings = await audit.verify(session)
    await house.database.close()
    with psycopg.connect(settings.database_url) as connection:
        kinds = {row[0] for row in connection.execute("select kind from ticket")}
        stages = {row[0] for row in connection.execute("select stage from ticket")}
        rules = {row[0] for row in connection.execute("select rule from escalation")}
        states = dict(
            connection.execute(
                "select case when breached_at is not null then 'breached' when stopped_at is not null"
                " then 'met' else 'running' end, count(*) from clock group by 1"
            ).fetchall()
        )
        (in_the_future,) = connection.execute(
            "select count(*) from timeline_entry where at > %s", [now]
        ).fetchone()
    assert set(states) == {"breached", "met", "running"}
    assert {"emergency-hazard", "late-first-contact"} <= rules
    assert {"recorded", "responsibility_set", "settled"} <= stages
    assert in_the_future == 0
    assert {"demo", "demo-admin", "demo-hazard"} <= set(made)
    assert again == []
    assert findings == []
    assert kinds == {"quality_complaint", "service_complaint", "suggestion", "return_exchange"}
