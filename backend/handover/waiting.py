"""Where in the queue a conversation stands, and how long that may take."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.conversations.models import Conversation, Owner
from backend.handover import presence
from backend.handover.assignment import URGENCY
from backend.handover.models import Stretch
from backend.policy.desk import DeskRules

ENOUGH = 5
LATELY = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Queued:
    """How a conversation stands after a request for a person.

    Attributes:
        queued: whether it waits; outside the hours, with nobody there, it stays with the bot.
        position: from 1; 0 if it does not wait.
        waiting: how many wait in the group.
        open_now: whether somebody should be there.
        agents_online: how many are, for this group.
        minutes: what the wait may take.
        taken: a person has it already.
        new: whether this request brought it there.
    """

    queued: bool
    group: str
    position: int
    waiting: int
    open_now: bool
    agents_online: int
    minutes: int
    taken: bool = False
    new: bool = False


def expected_minutes(position: int, online: int, handling: timedelta) -> int:
    """An honest guess: a whole conversation for each up to this one, shared among who is there. Pure."""
    rounds = position / max(1, online)
    return max(1, math.ceil(rounds * handling.total_seconds() / 60))


async def standing(
    session: AsyncSession, rules: DeskRules, conversation: Conversation, now: datetime, *, new: bool = False
) -> Queued:
    """Where a conversation stands now."""
    group = conversation.group_id or rules.default_group
    queued = conversation.owner == Owner.QUEUE
    place = await position(session, conversation) if queued else 0
    online = await presence.online_for(session, rules, group, now)
    return Queued(
        queued=queued,
        group=group,
        position=place,
        waiting=await _waiting(session, group),
        open_now=rules.hours.open_at(now),
        agents_online=online,
        minutes=expected_minutes(place, online, await handling_time(session, rules, group, now)),
        taken=conversation.owner == Owner.AGENT,
        new=new,
    )


async def position(session: AsyncSession, conversation: Conversation) -> int:
    """The place in its group's queue, from 1."""
    mine = URGENCY[conversation.priority]
    rank = urgency_rank()
    before = or_(
        rank < mine,
        and_(rank == mine, Conversation.waiting_since < conversation.waiting_since),
        and_(
            rank == mine,
            Conversation.waiting_since == conversation.waiting_since,
            Conversation.id < conversation.id,
        ),
    )
    query = (
        select(func.count())
        .select_from(Conversation)
        .where(
            Conversation.owner == Owner.QUEUE,
            Conversation.group_id == conversation.group_id,
            Conversation.id != conversation.id,
            before,
        )
    )
    return 1 + int(await session.scalar(query) or 0)


async def handling_time(session: AsyncSession, rules: DeskRules, group: str, now: datetime) -> timedelta:
    """What a conversation of the group took a person lately; policy's figure until enough are known."""
    query = select(func.count(), func.avg(Stretch.ended_at - Stretch.started_at)).where(
        Stretch.owner == Owner.AGENT, Stretch.group_id == group, Stretch.ended_at > now - LATELY
    )
    count, mean = (await session.execute(query)).one()
    return mean if count >= ENOUGH else rules.handling


def urgency_rank() -> ColumnElement[int]:
    """The order of urgencies as SQL."""
    return case(URGENCY, value=Conversation.priority, else_=len(URGENCY))


async def _waiting(session: AsyncSession, group: str) -> int:
    query = (
        select(func.count())
        .select_from(Conversation)
        .where(Conversation.owner == Owner.QUEUE, Conversation.group_id == group)
    )
    return int(await session.scalar(query) or 0)
