"""One conversation with who had it when, the notes about it, and who looks at it now."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.access import reveals
from backend.access.reveals import Look, Subject
from backend.access.sessions import Identity
from backend.channels.models import Delivery, DeliveryState
from backend.channels.telephony.numbers import shown_number
from backend.conversations.models import Conversation, Message, Owner
from backend.desk.live_cards import PHONE_CHANNEL, cards, named
from backend.desk.live_schemas import AgentName, ConversationDetail, NoteOut, StretchOut, UndeliveredOut
from backend.desk.veiling import veiled_words
from backend.errors import NotFoundError
from backend.handover.agents import display_names
from backend.handover.kinds import NoteKind, Reason
from backend.handover.models import ConversationNote, Stretch, Watching
from backend.masking import mask_phone, mask_phones_in

WATCHING_FOR = timedelta(seconds=60)
"""A page that was not heard of for so long does not look any more."""


async def is_open_to(session: AsyncSession, reader: Identity, conversation_id: UUID, now: datetime) -> bool:
    """Whether somebody revealed the numbers of a conversation lately."""
    return await reveals.open_to(
        session, reader.username, Look(Subject.CONVERSATION, str(conversation_id)), now
    )


async def detail(
    session: AsyncSession, conversation_id: UUID, reader: Identity, now: datetime
) -> ConversationDetail:
    """The whole of a conversation but its messages, as far as this person has revealed it.

    Raises:
        NotFoundError: there is no such conversation.
    """
    conversation = await session.get(Conversation, conversation_id)
    if conversation is None:
        raise NotFoundError(f"conversation {conversation_id}")
    (card,) = await cards(session, [conversation])
    query = select(ConversationNote).where(ConversationNote.conversation_id == conversation_id)
    notes = list(await session.scalars(query.order_by(ConversationNote.ordinal)))
    revealed = await is_open_to(session, reader, conversation_id, now)
    if revealed:
        card.understanding = conversation.understanding
    return ConversationDetail(
        **dict(card),
        revealed=revealed,
        stretches=await _stretches(session, conversation, revealed=revealed),
        notes=await notes_out(session, notes, revealed=revealed),
        watchers=await watchers(session, conversation_id, now),
        undelivered=await _undelivered(session, conversation_id),
        agent_seen_seq=conversation.agent_seen_seq,
        customer_seen_seq=conversation.customer_seen_seq,
        address=_address(conversation, revealed=revealed),
    )


async def notes_out(
    session: AsyncSession, notes: Sequence[ConversationNote], *, revealed: bool
) -> list[NoteOut]:
    """Notes as the desk reads them; phone numbers in them are hidden until they are revealed."""
    names = await display_names(session, {note.author for note in notes if note.author})
    return [
        NoteOut(
            id=note.id,
            kind=NoteKind(note.kind),
            author=named(note.author, names),
            text=note.text if revealed else mask_phones_in(note.text),
            at_seq=note.at_seq,
            created_at=note.created_at,
        )
        for note in notes
    ]


async def watchers(session: AsyncSession, conversation_id: UUID, now: datetime) -> list[AgentName]:
    """Who has the conversation open, by name."""
    query = (
        select(Watching.username)
        .distinct()
        .where(Watching.conversation_id == conversation_id, Watching.seen_at > now - WATCHING_FOR)
    )
    usernames = sorted(await session.scalars(query))
    names = await display_names(session, set(usernames))
    return [AgentName(username=name, display_name=names.get(name, name)) for name in usernames]


async def _undelivered(session: AsyncSession, conversation_id: UUID) -> list[UndeliveredOut]:
    """What a vendor had got already when it was withheld, the customer has got, too."""
    withheld = (Delivery.state == DeliveryState.WITHHELD) & Delivery.vendor_id.is_(None)
    query = (
        select(Message.seq, Delivery.state)
        .join(Delivery, Delivery.message_id == Message.id)
        .where(
            Message.conversation_id == conversation_id, or_(Delivery.state == DeliveryState.FAILED, withheld)
        )
        .order_by(Message.seq)
    )
    rows = await session.execute(query)
    return [UndeliveredOut(seq=seq, state=DeliveryState(state)) for seq, state in rows]


async def _stretches(
    session: AsyncSession, conversation: Conversation, *, revealed: bool
) -> list[StretchOut]:
    query = select(Stretch).where(Stretch.conversation_id == conversation.id).order_by(Stretch.ordinal)
    stretches = list(await session.scalars(query))
    if not stretches:
        return [_never_left_the_bot(conversation)]
    names = await display_names(session, {one.agent_username for one in stretches if one.agent_username})
    return [
        StretchOut(
            owner=Owner(one.owner),
            agent=named(one.agent_username, names),
            group=one.group_id,
            reason=one.reason,
            note=one.note if revealed else veiled_words(one.note),
            from_seq=one.from_seq,
            started_at=one.started_at,
            ended_at=one.ended_at,
        )
        for one in stretches
    ]


def _never_left_the_bot(conversation: Conversation) -> StretchOut:
    return StretchOut(
        owner=Owner(conversation.owner),
        agent=None,
        group=None,
        reason=Reason.BEGAN,
        note=None,
        from_seq=1,
        started_at=conversation.created_at,
        ended_at=None,
    )


def _address(conversation: Conversation, *, revealed: bool) -> str | None:
    if conversation.channel != PHONE_CHANNEL:
        return conversation.address
    number = shown_number(conversation.address)
    return number if revealed else mask_phone(number)
