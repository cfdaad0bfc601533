"""The desk's list of tickets."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.tickets.kinds import Kind, Stage
from backend.tickets.models import Ticket
from backend.tickets.search import matches


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show; nothing set shows all."""

    conversation_id: UUID | None = None
    kind: Kind | None = None
    stage: Stage | None = None
    text: str | None = None


async def page(session: AsyncSession, filters: Filters, number: int, size: int) -> tuple[list[Ticket], int]:
    """The `number`-th page (from 1) of the tickets that pass the filters, newest first, and their count."""
    conditions = _conditions(filters)
    total = await session.scalar(select(func.count()).select_from(Ticket).where(*conditions))
    query = (
        select(Ticket)
        .where(*conditions)
        .order_by(Ticket.created_at.desc(), Ticket.number.desc())
        .offset((number - 1) * size)
        .limit(size)
    )
    return list(await session.scalars(query)), int(total or 0)


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.conversation_id is not None:
        conditions.append(Ticket.conversation_id == filters.conversation_id)
    if filters.kind is not None:
        conditions.append(Ticket.kind == filters.kind)
    if filters.stage is not None:
        conditions.append(Ticket.stage == filters.stage)
    if filters.text and filters.text.strip():
        conditions.append(matches(filters.text))
    return conditions
