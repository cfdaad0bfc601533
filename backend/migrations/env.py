"""Alembic's entry: one transaction for all migrations, under an advisory lock."""

from alembic import context
from sqlalchemy import create_engine, text

from backend import tables
from backend.db import sqlalchemy_url

LOCK_KEY = 7_246_001

engine = create_engine(sqlalchemy_url(context.config.attributes["url"]))
with engine.connect() as connection, connection.begin():
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})
    context.configure(connection=connection, target_metadata=tables.metadata, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
