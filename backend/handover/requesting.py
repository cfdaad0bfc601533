"""Asking for a person: the conversation goes to the queue of the group that fits."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.conversations.models import Conversation, Owner
from backend.handover import notes, presence, waiting
from backend.handover.assignment import URGENCY
from backend.handover.errors import UnknownGroupError
from backend.handover.kinds import NoteKind, Reason
from backend.handover.moving import Hand, locked, move
from backend.handover.waiting import Queued
from backend.policy import Policy
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork

CANNOT_WAIT = frozenset({Reason.HAZARD, Reason.RULE, Reason.AGENT_TRANSFER, Reason.CALLBACK})
"""Reasons for which a conversation is queued even while nobody is there and nobody should be."""


@dataclass(frozen=True, slots=True)
class _Matter:
    """What a conversation is about, as far as that decides who should take it."""

    kind: str | None
    department: str | None
    hazard: bool


async def request(  # noqa: PLR0913  # all by name but the first
    uow: UnitOfWork,
    policy: Policy,
    conversation_id: UUID,
    reason: str,
    *,
    note: str | None = None,
    group: str | None = None,
    ticket_number: str | None = None,
) -> Queued:
    """Queue a conversation for a person. Asked for again, it keeps its place, or moves up if more urgent.

    Raises:
        NotFoundError: there is no such conversation.
        UnknownGroupError: there is no such group.
    """
    if group is not None and group not in policy.desk.groups:
        raise UnknownGroupError(group)
    conversation = await locked(uow, conversation_id)
    new = False
    if conversation.owner != Owner.AGENT:
        matter = await _matter(uow.session, conversation, ticket_number)
        why = Reason(reason)
        hand = _hand(policy, conversation, Reason.HAZARD if matter.hazard else why, matter, group)
        if await _to_be_queued(uow, policy, conversation, hand, why):
            if note:
                await notes.add(uow, conversation_id, note, author=None, kind=NoteKind.REQUEST)
            await move(uow, conversation, hand, why, note)
            new = True
    return await waiting.standing(uow.session, policy.desk, conversation, uow.now, new=new)


def _hand(
    policy: Policy, conversation: Conversation, why: Reason, matter: _Matter, group: str | None
) -> Hand:
    rules = policy.desk
    fitting = group or rules.group_for(why, conversation.channel, matter.department, matter.kind)
    return Hand(Owner.QUEUE, group=fitting, priority=rules.urgency_of(why))


async def _to_be_queued(
    uow: UnitOfWork, policy: Policy, conversation: Conversation, hand: Hand, why: Reason
) -> bool:
    if conversation.owner == Owner.QUEUE:
        return URGENCY[hand.priority] < URGENCY[conversation.priority]
    if hand.priority != "normal" or why in CANNOT_WAIT or policy.desk.hours.open_at(uow.now):
        return True
    return await presence.online_for(uow.session, policy.desk, None, uow.now) > 0


async def _matter(session: AsyncSession, conversation: Conversation, number: str | None) -> _Matter:
    query = select(Ticket).where(Ticket.conversation_id == conversation.id)
    if number is not None:
        query = query.where(Ticket.number == number)
    ticket = await session.scalar(query.order_by(Ticket.created_at.desc()).limit(1))
    known = conversation.understanding or {}
    signals = known.get("signals") or {}
    return _Matter(
        kind=known.get("kind") or (ticket.kind if ticket else None),
        department=ticket.department if ticket else None,
        hazard=bool(signals.get("hazard")) or bool(ticket and ticket.hazard),
    )
