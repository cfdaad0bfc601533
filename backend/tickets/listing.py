"""The desk's list of tickets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.tickets.kinds import Kind, Level, Priority, Severity, Stage
from backend.tickets.models import Ticket
from backend.tickets.search import matches

CLOSED = [stage.value for stage in Stage if stage.closed]
NEWEST: Sequence[Any] = (Ticket.created_at.desc(), Ticket.number.desc())
EQUAL = (
    "conversation_id",
    "kind",
    "stage",
    "severity",
    "priority",
    "level",
    "department",
    "assignee",
    "channel",
    "hazard",
)
"""Filters that a column of the same name must be equal to."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show; nothing set shows all. From `since` on, and before `until`."""

    conversation_id: UUID | None = None
    kind: Kind | None = None
    stage: Stage | None = None
    text: str | None = None
    severity: Severity | None = None
    priority: Priority | None = None
    level: Level | None = None
    department: str | None = None
    assignee: str | None = None
    unassigned: bool = False
    channel: str | None = None
    hazard: bool | None = None
    open_only: bool = False
    since: datetime | None = None
    until: datetime | None = None


async def page(  # noqa: PLR0913, PLR0917  # where, which part, and in which order
    session: AsyncSession,
    filters: Filters,
    number: int,
    size: int,
    also: Sequence[ColumnElement[bool]] = (),
    order: Sequence[Any] = (),
) -> tuple[list[Ticket], int]:
    """The `number`-th page (from 1) of the tickets that pass the filters, newest first, and their count.

    `also` are further conditions, of tables that tickets know nothing of; `order` comes before age.
    """
    conditions = [*_conditions(filters), *also]
    total = await session.scalar(select(func.count()).select_from(Ticket).where(*conditions))
    query = selected(filters, also, order).offset((number - 1) * size).limit(size)
    return list(await session.scalars(query)), int(total or 0)


def selected(
    filters: Filters, also: Sequence[ColumnElement[bool]] = (), order: Sequence[Any] = ()
) -> Select[Ticket]:
    """All tickets that pass the filters, as `page` orders them."""
    return select(Ticket).where(*_conditions(filters), *also).order_by(*order, *NEWEST)


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        getattr(Ticket, name) == wanted for name in EQUAL if (wanted := getattr(filters, name)) is not None
    ]
    if filters.unassigned:
        conditions.append(Ticket.assignee.is_(None))
    if filters.open_only:
        conditions.append(Ticket.stage.not_in(CLOSED))
    if filters.since is not None:
        conditions.append(Ticket.created_at >= filters.since)
    if filters.until is not None:
        conditions.append(Ticket.created_at < filters.until)
    if filters.text and filters.text.strip():
        conditions.append(matches(filters.text))
    return conditions
