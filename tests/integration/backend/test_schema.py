"""Migrations lead to exactly the tables that the code knows."""

import psycopg
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from backend import demo, migrations_runner, tables
from backend.clock import SystemClock
from backend.db import Database, sqlalchemy_url
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


async def test_demo_data_is_made_once_and_its_record_is_clean(database_url: str):
    database = Database(database_url)
    made = await demo.seed(database, SystemClock(), "trial-Pass-2611")
    again = await demo.seed(database, SystemClock(), "trial-Pass-2611")
    async with database.transaction() as session:
        findings = await audit.verify(session)
    await database.close()
    with psycopg.connect(database_url) as connection:
        kinds = {row[0] for row in connection.execute("select kind from ticket")}
    assert {"demo", "demo-admin", "demo-hazard"} <= set(made)
    assert again == []
    assert findings == []
    assert kinds == {"quality_complaint", "service_complaint", "suggestion"}
