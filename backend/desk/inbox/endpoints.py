"""One's own inbox: what one was told, and what of it one has read."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from sqlalchemy import ColumnElement, Select, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.access.guard import desk
from backend.access.roles import ANY_AGENT
from backend.access.sessions import Identity
from backend.desk.inbox.models import InboxEntry
from backend.desk.inbox.schemas import MOST_SHOWN, Inbox, InboxItem, InboxRead, Unread
from backend.escalation.models import Notice
from backend.escalation.notifying import PERSON
from backend.house import House, HouseDependency
from backend.tickets.kinds import Priority
from backend.tickets.models import Ticket

router = APIRouter(prefix="/api/v1/inbox", tags=["inbox"])

AnyAgent = Annotated[Identity, Depends(desk(ANY_AGENT))]
Limit = Annotated[int, Query(ge=1, le=MOST_SHOWN)]
UNREAD = InboxEntry.read_at.is_(None)


@router.get("")
async def get_inbox(
    agent: AnyAgent, house: HouseDependency, unread_only: bool = True, limit: Limit = 20
) -> Inbox:
    """What one was told, the latest first."""
    own = InboxEntry.username == agent.username
    wanted = [own, UNREAD] if unread_only else [own]
    async with house.database.transaction() as session:
        rows = await session.execute(_entries(wanted).limit(limit))
        return Inbox(
            items=[_item(house, *row) for row in rows],
            total=await _count(session, wanted),
            unread=await _count(session, [own, UNREAD]),
        )


@router.post("/read")
async def read(given: InboxRead, agent: AnyAgent, house: HouseDependency) -> Unread:
    """Note what one has read. What is unknown, another's or read already stays as it is."""
    own = InboxEntry.username == agent.username
    these: ColumnElement[bool] = InboxEntry.notice_id.in_(given.ids)
    if given.up_to is not None:
        these = or_(these, InboxEntry.at <= given.up_to)
    async with house.units.begin() as uow:
        await uow.session.execute(update(InboxEntry).where(own, UNREAD, these).values(read_at=uow.now))
        return Unread(unread=await _count(uow.session, [own, UNREAD]))


def _entries(wanted: list[ColumnElement[bool]]) -> Select[InboxEntry, Notice, str, str]:
    return (
        select(InboxEntry, Notice, Ticket.number, Ticket.priority)
        .join(Notice, Notice.id == InboxEntry.notice_id)
        .outerjoin(Ticket, Ticket.id == Notice.ticket_id)
        .where(*wanted)
        .order_by(InboxEntry.at.desc(), InboxEntry.notice_id)
    )


async def _count(session: AsyncSession, wanted: list[ColumnElement[bool]]) -> int:
    return await session.scalar(select(func.count()).select_from(InboxEntry).where(*wanted)) or 0


def _item(
    house: House, entry: InboxEntry, notice: Notice, number: str | None, priority: str | None
) -> InboxItem:
    target = house.policy.escalation.targets.get(notice.target)
    return InboxItem(
        id=notice.id,
        ticket_number=number,
        target=notice.target,
        target_name=notice.target.removeprefix(PERSON) if target is None else target.name,
        title=notice.title,
        text=notice.text,
        urgent=priority == Priority.URGENT,
        at=entry.at,
        read_at=entry.read_at,
    )
