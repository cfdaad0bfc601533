"""Internal notes: what people at the desk tell each other about a conversation."""

from dataclasses import dataclass
from uuid import UUID

from backend.conversations.models import Conversation
from backend.errors import NotFoundError
from backend.handover.kinds import NoteKind
from backend.handover.models import ConversationNote
from backend.unit_of_work import Event, UnitOfWork


@dataclass(frozen=True, slots=True)
class NoteWritten(Event):
    """A note was written."""

    note: ConversationNote


async def add(
    uow: UnitOfWork,
    conversation_id: UUID,
    text: str,
    *,
    author: str | None,
    kind: NoteKind = NoteKind.NOTE,
) -> ConversationNote:
    """Write a note.

    Raises:
        NotFoundError: there is no such conversation.
    """
    conversation = await uow.session.get(Conversation, conversation_id)
    if conversation is None:
        raise NotFoundError(f"conversation {conversation_id}")
    note = ConversationNote(
        conversation_id=conversation_id,
        kind=kind,
        author=author,
        text=text,
        at_seq=conversation.last_seq,
        created_at=uow.now,
    )
    uow.session.add(note)
    await uow.session.flush()
    await uow.publish(NoteWritten(note))
    return note
