"""What time does to live work: people fall silent, offers are not looked at, waits grow long."""

from uuid import UUID

from sqlalchemy import and_, or_, select, update

from backend.conversations.models import Conversation, Owner
from backend.handover import presence
from backend.handover.callbacks import Callbacks
from backend.handover.draining import Drain
from backend.handover.kinds import PresenceState, Reason
from backend.handover.models import Presence, Stretch
from backend.handover.moving import locked
from backend.handover.presence import PresenceChanged
from backend.policy.desk import DeskRules
from backend.unit_of_work import UnitOfWork, UnitsOfWork

SECONDS = 2.0


class Sweep:
    """Run by every worker, again and again; each finding is settled in a transaction of its own."""

    def __init__(self, units: UnitsOfWork, rules: DeskRules, drain: Drain, callbacks: Callbacks) -> None:
        self._units = units
        self._rules = rules
        self._drain = drain
        self._callbacks = callbacks

    async def run(self) -> None:
        """One round."""
        async with self._units.database.transaction() as session:
            now = self._units.clock.now()
            silent = await presence.silent(session, self._rules, now)
            left = await presence.left_behind(session)
        for username in silent:
            async with self._units.begin() as uow:
                await presence.lose(uow, self._rules, username)
        for username in left:
            async with self._units.begin() as uow:
                await presence.give_up_all(uow, self._rules, username)
        for conversation_id in await self._not_looked_at():
            async with self._units.begin() as uow:
                await self._take_back(uow, conversation_id)
        await self._callbacks.offer_due()
        await self._drain.run()

    async def _not_looked_at(self) -> list[UUID]:
        async with self._units.database.transaction() as session:
            limit = self._units.clock.now() - self._rules.accept_within
            query = (
                select(Conversation.id)
                .join(Stretch, and_(Stretch.conversation_id == Conversation.id, Stretch.ended_at.is_(None)))
                .where(
                    Conversation.owner == Owner.AGENT,
                    Stretch.reason == Reason.ASSIGNED,
                    Stretch.started_at <= limit,
                    Conversation.agent_seen_seq < Stretch.from_seq - 1,
                )
            )
            return list(await session.scalars(query))

    async def _take_back(self, uow: UnitOfWork, conversation_id: UUID) -> None:
        conversation = await locked(uow, conversation_id)
        query = select(Stretch).where(
            Stretch.conversation_id == conversation_id,
            Stretch.ended_at.is_(None),
            Stretch.reason == Reason.ASSIGNED,
        )
        stretch = await uow.session.scalar(query)
        username = conversation.agent_username
        if stretch is None or username is None or conversation.agent_seen_seq >= stretch.from_seq - 1:
            return
        await presence.requeue(uow, self._rules, conversation, Reason.UNANSWERED, note=username)
        statement = (
            update(Presence)
            .where(
                Presence.username == username,
                or_(Presence.chosen == PresenceState.ONLINE, Presence.chosen == PresenceState.BUSY),
            )
            .values(chosen=PresenceState.AWAY, since=uow.now)
            .returning(Presence.username)
        )
        if await uow.session.scalar(statement) is not None:
            await uow.publish(PresenceChanged(username, PresenceState.AWAY))
