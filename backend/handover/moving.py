"""The one place where a conversation changes hands: owner, record of stretches and event belong together."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import select, update

from backend.conversations.events import OwnerChanged
from backend.conversations.models import Conversation, Owner
from backend.errors import NotFoundError
from backend.handover.kinds import Reason
from backend.handover.models import Presence, Stretch
from backend.policy.desk import NORMAL
from backend.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Hand:
    """Who has a conversation. `username` is a person's; `group` and `priority` are of those who wait."""

    owner: Owner
    username: str | None = None
    group: str | None = None
    priority: str = NORMAL


BOT = Hand(Owner.BOT)


async def locked(uow: UnitOfWork, conversation_id: UUID) -> Conversation:
    """The conversation as it is now; nobody changes it before this unit of work is over.

    Raises:
        NotFoundError: there is no such conversation.
    """
    query = select(Conversation).where(Conversation.id == conversation_id).with_for_update()
    conversation = await uow.session.scalar(query, execution_options={"populate_existing": True})
    if conversation is None:
        raise NotFoundError(f"conversation {conversation_id}")
    return conversation


async def move(
    uow: UnitOfWork, conversation: Conversation, hand: Hand, reason: Reason, note: str | None = None
) -> None:
    """Give a locked conversation into other hands."""
    previous, previous_agent = conversation.owner, conversation.agent_username
    _set(conversation, hand, reason)
    conversation.version += 1
    conversation.updated_at = uow.now
    if hand.owner is Owner.QUEUE:
        conversation.waiting_since = conversation.waiting_since or uow.now
    await _record(uow, conversation, hand, reason, note)
    for username in sorted({name for name in (hand.username, previous_agent) if name}):
        await uow.session.execute(
            update(Presence).where(Presence.username == username).values(idle_since=uow.now)
        )
    await uow.publish(
        OwnerChanged(
            conversation_id=conversation.id,
            channel=conversation.channel,
            owner=hand.owner,
            agent_username=hand.username,
            group=conversation.group_id,
            reason=reason,
            previous=previous,
            previous_agent=previous_agent,
        )
    )


def _set(conversation: Conversation, hand: Hand, reason: Reason) -> None:
    conversation.owner, conversation.agent_username = hand.owner, hand.username
    conversation.joined = []
    conversation.closed_at = None
    if hand.owner is Owner.QUEUE:
        conversation.group_id, conversation.priority = hand.group, hand.priority
        conversation.handover_reason = reason
        return
    conversation.waiting_since = None
    conversation.callback_offered_at = conversation.callback_ticket = None
    if hand.owner is Owner.BOT:
        conversation.group_id = conversation.handover_reason = None
        conversation.priority = NORMAL


async def _record(
    uow: UnitOfWork, conversation: Conversation, hand: Hand, reason: Reason, note: str | None
) -> None:
    """End the open stretch and begin the next; the bot had whatever has no record."""
    ended = await uow.session.execute(
        update(Stretch)
        .where(Stretch.conversation_id == conversation.id, Stretch.ended_at.is_(None))
        .values(ended_at=uow.now)
        .returning(Stretch.id)
    )
    if ended.first() is None:
        uow.session.add(_first(conversation, uow))
    uow.session.add(
        Stretch(
            id=uuid4(),
            conversation_id=conversation.id,
            owner=hand.owner,
            agent_username=hand.username,
            group_id=conversation.group_id,
            reason=reason,
            note=note,
            from_seq=conversation.last_seq + 1,
            started_at=uow.now,
        )
    )
    await uow.session.flush()


def _first(conversation: Conversation, uow: UnitOfWork) -> Stretch:
    return Stretch(
        id=uuid4(),
        conversation_id=conversation.id,
        owner=Owner.BOT,
        reason=Reason.BEGAN,
        from_seq=1,
        started_at=conversation.created_at,
        ended_at=uow.now,
    )
