"""Presence: what people say of themselves, what their connections say of them, and what follows from it.

It lives in the database with a heartbeat, so that any backend knows of everybody. Who is at work by their own
word and was not heard of for `away_after` is away, and what they had goes back to the queue.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.conversations.models import Conversation, Owner
from backend.handover.agents import colleague
from backend.handover.kinds import AT_WORK, PresenceState, Reason
from backend.handover.models import GroupMember, Presence, Stretch
from backend.handover.moving import Hand, move
from backend.policy.desk import DeskRules
from backend.unit_of_work import Event, UnitOfWork


@dataclass(frozen=True, slots=True)
class PresenceChanged(Event):
    """Somebody is there in another way than before."""

    username: str
    state: PresenceState


def effective(chosen: str, lost_at: datetime | None) -> PresenceState:
    """The state that counts: who is at work and lost is away. Pure."""
    state = PresenceState(chosen)
    return PresenceState.AWAY if lost_at is not None and state in AT_WORK else state


async def choose(
    uow: UnitOfWork, rules: DeskRules, username: str, state: PresenceState, *, heard: bool = True
) -> None:
    """Somebody says, or a supervisor for them (then they were not heard), how they are there.

    Who goes offline gives back what they have.

    Raises:
        UnknownColleagueError: there is no such person.
    """
    who = (await colleague(uow.session, username)).username
    if state is PresenceState.OFFLINE:
        await give_up_all(uow, rules, who)
    values: dict[str, Any] = {"chosen": state, "since": uow.now, "idle_since": uow.now}
    if heard:
        values |= {"seen_at": uow.now, "lost_at": None}
    given = insert(Presence).values({"username": who, "seen_at": uow.now, "lost_at": None} | values)
    statement = given.on_conflict_do_update(
        index_elements=[Presence.username], set_=values, where=_differs(state, heard=heard)
    )
    await uow.session.execute(statement)
    if heard:
        await beat(uow, [who])
    await uow.publish(PresenceChanged(who, state))


async def beat(uow: UnitOfWork, usernames: Collection[str]) -> None:
    """These people were heard of just now; who was lost is back in the state they chose."""
    if not usernames:
        return
    await uow.session.execute(
        update(Presence)
        .where(Presence.username.in_(usernames), Presence.lost_at.is_(None))
        .values(seen_at=uow.now)
    )
    back = await uow.session.execute(
        update(Presence)
        .where(Presence.username.in_(usernames), Presence.lost_at.is_not(None))
        .values(seen_at=uow.now, since=uow.now, idle_since=uow.now, lost_at=None)
        .returning(Presence.username, Presence.chosen)
    )
    for username, chosen in back.all():
        await uow.publish(PresenceChanged(username, PresenceState(chosen)))


async def silent(session: AsyncSession, rules: DeskRules, now: datetime) -> list[str]:
    """Who should be at work and was not heard of for too long."""
    query = select(Presence.username).where(
        Presence.chosen.in_(AT_WORK), Presence.lost_at.is_(None), Presence.seen_at <= now - rules.away_after
    )
    return list(await session.scalars(query.order_by(Presence.username)))


async def lose(uow: UnitOfWork, rules: DeskRules, username: str) -> bool:
    """Somebody was not heard of: they are away, and what they had goes to others. False if they are back."""
    mine = await _locked_of(uow, username)
    statement = (
        update(Presence)
        .where(
            Presence.username == username,
            Presence.chosen.in_(AT_WORK),
            Presence.lost_at.is_(None),
            Presence.seen_at <= uow.now - rules.away_after,
        )
        .values(lost_at=uow.now, since=uow.now)
        .returning(Presence.username)
    )
    if await uow.session.scalar(statement) is None:
        return False
    for conversation in mine:
        await requeue(uow, rules, conversation, Reason.AGENT_LOST)
    await uow.publish(PresenceChanged(username, PresenceState.AWAY))
    return True


async def left_behind(session: AsyncSession) -> list[str]:
    """Who is gone and still has what they had before, as when it was given to them in that moment."""
    query = (
        select(Conversation.agent_username)
        .distinct()
        .join(Presence, Presence.username == Conversation.agent_username)
        .join(Stretch, and_(Stretch.conversation_id == Conversation.id, Stretch.ended_at.is_(None)))
        .where(
            Conversation.owner == Owner.AGENT,
            or_(Presence.chosen == PresenceState.OFFLINE, Presence.lost_at.is_not(None)),
            Stretch.started_at <= Presence.since,
        )
    )
    return [username for username in await session.scalars(query) if username]


async def give_up_all(uow: UnitOfWork, rules: DeskRules, username: str) -> None:
    """What somebody has goes back to the queue. Conversations are always locked before presence."""
    for conversation in await _locked_of(uow, username):
        await requeue(uow, rules, conversation, Reason.AGENT_LOST)


async def requeue(
    uow: UnitOfWork, rules: DeskRules, conversation: Conversation, reason: Reason, note: str | None = None
) -> None:
    """Put a conversation whose person is gone back; it has waited since the person got it."""
    group = conversation.group_id or rules.group_for(reason, conversation.channel, None, None)
    open_stretch = select(Stretch.started_at).where(
        Stretch.conversation_id == conversation.id, Stretch.ended_at.is_(None)
    )
    conversation.waiting_since = await uow.session.scalar(open_stretch)
    hand = Hand(Owner.QUEUE, group=group, priority=rules.urgency_of(reason))
    await move(uow, conversation, hand, reason, note)


async def at_work(session: AsyncSession, rules: DeskRules, username: str, now: datetime) -> bool:
    """Whether somebody is online or busy, and heard of."""
    query = select(Presence.username).where(Presence.username == username, *there(rules, now))
    return await session.scalar(query) is not None


async def online_for(session: AsyncSession, rules: DeskRules, group: str | None, now: datetime) -> int:
    """How many are at work, of a group's members or of all."""
    query = select(func.count()).select_from(Presence).where(*there(rules, now))
    if group is not None:
        member = GroupMember.username == Presence.username
        query = query.where(
            or_(~exists().where(member), exists().where(member, GroupMember.group_id == group))
        )
    return int(await session.scalar(query) or 0)


def there(rules: DeskRules, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What must hold for a presence to count as being at work."""
    return (
        Presence.chosen.in_(AT_WORK),
        Presence.lost_at.is_(None),
        Presence.seen_at > now - rules.away_after,
    )


async def groups_of(
    session: AsyncSession, usernames: Collection[str] | None = None
) -> dict[str, frozenset[str]]:
    """Groups by user name; who is missing is in none."""
    query = select(GroupMember.username, GroupMember.group_id)
    if usernames is not None:
        query = query.where(GroupMember.username.in_(usernames))
    found: dict[str, set[str]] = defaultdict(set)
    for username, group in await session.execute(query):
        found[username].add(group)
    return {username: frozenset(groups) for username, groups in found.items()}


async def what_they_have(session: AsyncSession) -> dict[str, Counter[str]]:
    """How many open conversations of which channel everybody has, by user name."""
    query = (
        select(Conversation.agent_username, Conversation.channel, func.count())
        .where(Conversation.owner == Owner.AGENT)
        .group_by(Conversation.agent_username, Conversation.channel)
    )
    has: dict[str, Counter[str]] = defaultdict(Counter)
    for username, channel, count in await session.execute(query):
        if username is not None:
            has[username][channel] = count
    return has


async def set_groups(uow: UnitOfWork, username: str, groups: Collection[str]) -> None:
    """The groups that somebody is in from now on."""
    who = (await colleague(uow.session, username)).username
    for member in await uow.session.scalars(select(GroupMember).where(GroupMember.username == who)):
        if member.group_id not in groups:
            await uow.session.delete(member)
    for group in groups:
        await uow.session.merge(GroupMember(group_id=group, username=who))
    await uow.session.flush()


async def _locked_of(uow: UnitOfWork, username: str) -> list[Conversation]:
    query = (
        select(Conversation)
        .where(Conversation.owner == Owner.AGENT, Conversation.agent_username == username)
        .order_by(Conversation.id)
        .with_for_update()
    )
    return list(await uow.session.scalars(query, execution_options={"populate_existing": True}))


def _differs(state: PresenceState, *, heard: bool) -> ColumnElement[bool]:
    """Saying the same again does not make anybody idle anew."""
    another = Presence.chosen != state
    return or_(another, Presence.lost_at.is_not(None)) if heard else another
