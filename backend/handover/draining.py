"""The queue drains: whoever can be given to somebody is, one round at a time in the whole house."""

import asyncio
from collections import defaultdict
from uuid import UUID

import structlog
from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.conversations.models import Conversation, Owner
from backend.errors import DatabaseUnavailableError
from backend.handover import presence
from backend.handover.assignment import Waiting, Worker, assign
from backend.handover.kinds import PresenceState, Reason
from backend.handover.models import Presence, Stretch
from backend.handover.moving import Hand, move
from backend.handover.waiting import urgency_rank
from backend.policy.desk import DeskRules
from backend.unit_of_work import UnitOfWork, UnitsOfWork

ROUND_LOCK = 7_202_607
AT_ONCE = 200

log = structlog.get_logger(__name__)


class Drain:
    """Gives waiting conversations to people; `nudge` asks for a round, from wherever it may matter."""

    def __init__(self, units: UnitsOfWork, rules: DeskRules) -> None:
        self._units = units
        self._rules = rules
        self._wanted = False
        self._running: asyncio.Task[None] | None = None

    def nudge(self) -> None:
        """Have a round begin, or one more follow the one under way."""
        self._wanted = True
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._rounds())

    async def finish(self) -> None:
        """Wait for the round under way; called at shutdown."""
        if self._running is not None:
            await asyncio.gather(self._running, return_exceptions=True)

    async def run(self) -> int:
        """One round; how many were given to somebody.

        One transaction in the house at a time counts and gives, so that nobody is given more than they can
        take. A conversation in which the bot is still speaking is left for the next round.
        """
        async with self._units.begin() as uow:
            await uow.session.execute(select(func.pg_advisory_xact_lock(ROUND_LOCK)))
            workers = await _workers(uow.session, self._rules, uow)
            if not workers:
                return 0
            waiting = await _waiting(uow)
            pairs = assign(await _as_waiting(uow.session, waiting), workers, self._rules, uow.now)
            by_id = {conversation.id: conversation for conversation in waiting}
            # presence rows are always locked in the order of names
            for one, username in sorted(pairs, key=lambda pair: pair[1]):
                await move(uow, by_id[one.id], Hand(Owner.AGENT, username), Reason.ASSIGNED)
        return len(pairs)

    async def _rounds(self) -> None:
        while self._wanted:
            self._wanted = False
            try:
                await self.run()
            except DatabaseUnavailableError as error:
                log.warning("drain.interrupted", error=str(error))  # the next nudge or sweep repeats it
            except Exception:
                log.exception("drain.failed")


async def _waiting(uow: UnitOfWork) -> list[Conversation]:
    """Those who wait and in whom no turn is under way, locked; who is being claimed right now is left out."""
    query = (
        select(Conversation)
        .where(
            Conversation.owner == Owner.QUEUE,
            or_(Conversation.lease_until.is_(None), Conversation.lease_until <= uow.now),
        )
        .order_by(urgency_rank(), Conversation.waiting_since)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    return list(await uow.session.scalars(query, execution_options={"populate_existing": True}))


async def _as_waiting(session: AsyncSession, conversations: list[Conversation]) -> list[Waiting]:
    refused = await _refused(session, [conversation.id for conversation in conversations])
    return [
        Waiting(
            id=one.id,
            channel=one.channel,
            group=one.group_id or "",
            priority=one.priority,
            since=one.waiting_since or one.updated_at,
            refused_by=refused[one.id],
        )
        for one in conversations
    ]


async def _refused(session: AsyncSession, ids: list[UUID]) -> dict[UUID, frozenset[str]]:
    """Who did not look at what they were given, by conversation: its stretches before such a return."""
    query = select(Stretch.conversation_id, Stretch.note).where(
        Stretch.conversation_id.in_(ids), Stretch.reason == Reason.UNANSWERED
    )
    found: dict[UUID, set[str]] = defaultdict(set)
    for conversation_id, username in await session.execute(query):
        if username is not None:
            found[conversation_id].add(username)
    return defaultdict(frozenset, {key: frozenset(names) for key, names in found.items()})


async def _workers(session: AsyncSession, rules: DeskRules, uow: UnitOfWork) -> list[Worker]:
    query = select(Presence.username, Presence.idle_since).where(
        *presence.there(rules, uow.now), Presence.chosen == PresenceState.ONLINE
    )
    online = (await session.execute(query)).all()
    if not online:
        return []
    groups = await presence.groups_of(session, [row.username for row in online])
    has = await presence.what_they_have(session)
    return [
        Worker(row.username, row.idle_since, groups.get(row.username, frozenset()), has[row.username])
        for row in online
    ]
