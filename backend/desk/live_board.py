"""Who is there, who waits, what was done today."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.access.models import User
from backend.access.roles import Role
from backend.clock import SHANGHAI
from backend.conversations.models import Conversation, Owner
from backend.desk.live_schemas import AgentOut, GroupOut, Wall
from backend.errors import NotFoundError
from backend.handover import presence
from backend.handover.assignment import units
from backend.handover.kinds import PresenceState
from backend.handover.models import Presence, Stretch
from backend.policy.desk import DeskRules
from backend.text import storable


async def agents(
    session: AsyncSession, rules: DeskRules, usernames: list[str] | None = None
) -> list[AgentOut]:
    """Those who work at the desk, by name."""
    query = select(User, Presence).outerjoin(Presence, Presence.username == User.username).where(User.active)
    if usernames is not None:
        query = query.where(User.username.in_(usernames))
    rows = (await session.execute(query.order_by(User.display_name, User.username))).all()
    groups = await presence.groups_of(session, usernames)
    has = await presence.what_they_have(session)
    return [
        AgentOut(
            username=user.username,
            display_name=user.display_name,
            role=Role(user.role),
            state=presence.effective(there.chosen, there.lost_at) if there else PresenceState.OFFLINE,
            groups=[group for group in rules.groups if group in groups.get(user.username, frozenset())],
            load=units(has[user.username], rules),
            capacity=rules.capacity.units,
            since=there.since if there else None,
        )
        for user, there in rows
    ]


async def agent(session: AsyncSession, rules: DeskRules, username: str) -> AgentOut:
    """One of them.

    Raises:
        NotFoundError: nobody works here by that name.
    """
    found = await agents(session, rules, [storable(username).strip().lower()])
    if not found:
        raise NotFoundError(f"agent {username}")
    return found[0]


async def groups(session: AsyncSession, rules: DeskRules, now: datetime) -> list[GroupOut]:
    """The queues, in the order of policy/desk.yml."""
    query = (
        select(Conversation.group_id, func.count(), func.min(Conversation.waiting_since))
        .where(Conversation.owner == Owner.QUEUE)
        .group_by(Conversation.group_id)
    )
    waiting = {group: (count, since) for group, count, since in await session.execute(query)}
    return [
        GroupOut(
            id=group.id,
            name=group.name,
            waiting=waiting.get(group.id, (0, None))[0],
            longest_wait_seconds=_seconds(waiting.get(group.id, (0, None))[1], now),
            online=await presence.online_for(session, rules, group.id, now),
        )
        for group in rules.groups.values()
    ]


async def wall(session: AsyncSession, rules: DeskRules, now: datetime) -> Wall:
    """The state of the desk."""
    midnight = now.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    query = select(func.count(Stretch.conversation_id.distinct())).where(
        Stretch.owner == Owner.AGENT, Stretch.ended_at >= midnight
    )
    handled = int(await session.scalar(query) or 0)
    owners = select(Conversation.owner, func.count()).where(
        Conversation.closed_at.is_(None),
        (Conversation.owner != Owner.BOT) | (Conversation.updated_at > now - rules.active),
    )
    counts = dict((await session.execute(owners.group_by(Conversation.owner))).all())
    by_group = await groups(session, rules, now)
    waits = [group.longest_wait_seconds for group in by_group if group.longest_wait_seconds is not None]
    return Wall(
        waiting=counts.get(Owner.QUEUE, 0),
        longest_wait_seconds=max(waits, default=None),
        handled_today=handled,
        with_bot=counts.get(Owner.BOT, 0),
        with_agents=counts.get(Owner.AGENT, 0),
        agents=await agents(session, rules),
        by_group=by_group,
    )


def _seconds(since: datetime | None, now: datetime) -> float | None:
    return None if since is None else max(0.0, (now - since).total_seconds())
