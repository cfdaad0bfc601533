"""The database: one engine a process, sessions by transaction."""

import contextlib
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, MetaData, Select, Uuid, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase

from backend.errors import DatabaseUnavailableError

CONNECT_TIMEOUT_SECONDS = 3
POOL_TIMEOUT_SECONDS = 10


class Base(DeclarativeBase):
    """Base of all tables. Times are stored with time zone, free-form values as JSONB."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012  # read once by SQLAlchemy
        datetime: DateTime(timezone=True),
        UUID: Uuid(),
        dict[str, Any]: JSONB,
        list[str]: JSONB,
        list[dict[str, Any]]: JSONB,
    }


def sqlalchemy_url(url: str) -> str:
    """The same database with the psycopg 3 driver named, as SQLAlchemy wants it."""
    return make_url(url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def libpq_url(url: str) -> str:
    """The same database as plain libpq knows it, for psycopg and Procrastinate."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


class Database:
    """Connections to one PostgreSQL. Open transactions with `transaction()`."""

    def __init__(self, url: str, pool_size: int = 10) -> None:
        self.url = url
        self.engine: AsyncEngine = create_async_engine(
            sqlalchemy_url(url),
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_timeout=POOL_TIMEOUT_SECONDS,
            pool_pre_ping=True,
            connect_args={"connect_timeout": CONNECT_TIMEOUT_SECONDS},
        )
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """One transaction: committed at the end, rolled back on any exception.

        Raises:
            DatabaseUnavailableError: the database could not be reached or went away.
        """
        try:
            async with self._sessions() as session, session.begin():
                yield session
        except (OperationalError, InterfaceError, PoolTimeoutError) as error:
            raise DatabaseUnavailableError(str(error)) from error
        except DBAPIError as error:
            if error.connection_invalidated:
                raise DatabaseUnavailableError(str(error)) from error
            raise

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()


async def counted(session: AsyncSession, query: Select[*tuple[Any, ...]]) -> int:
    """How many rows a query has: lists that show the first of them say how many there are in all."""
    return await session.scalar(select(func.count()).select_from(query.subquery())) or 0
