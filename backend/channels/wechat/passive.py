"""The answer within the webhook's own answer: quicker, and no part of the vendor's quota."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from backend.channels.models import InboxEntry
from backend.channels.wechat import phrasing, pieces
from backend.channels.wechat.account import CHANNEL
from backend.channels.wechat.models import How
from backend.channels.wechat.pieces import Piece
from backend.unit_of_work import UnitOfWork
from backend.wording import Wording


@dataclass(frozen=True, slots=True)
class Answer:
    """What to say in answer to a delivery, `entry_id`."""

    entry_id: UUID
    text: str


async def answer(
    uow: UnitOfWork, wording: Wording, external_id: str, conversation_id: UUID | None
) -> Answer | None:
    """What to say in answer to a delivery: all that waits to be said, as far as it fits into one text.

    Each try of the vendor gets the same answer: it shows that of the try which it still listens to. None if
    nothing waits, or the outbox says it, or there is no conversation in which anything could.
    """
    query = select(InboxEntry).where(InboxEntry.channel == CHANNEL, InboxEntry.external_id == external_id)
    entry = (
        await uow.session.scalars(query.with_for_update().execution_options(populate_existing=True))
    ).one()
    if entry.answer is not None:
        return Answer(entry.id, entry.answer) if await pieces.renew(uow, entry.id) else None
    if conversation_id is None:
        return None
    unsaid = await _next(uow, wording, conversation_id)
    taken = await pieces.take(uow, unsaid, How.PASSIVE, entry.id)
    if not taken:
        return None
    entry.answer, _ = phrasing.joined([piece.text for piece in taken])
    return Answer(entry.id, entry.answer)


async def _next(uow: UnitOfWork, wording: Wording, conversation_id: UUID) -> list[Piece]:
    messages = await pieces.waiting(uow.session, conversation_id)
    rows = await pieces.begun(uow.session, messages)
    unsaid: list[Piece] = []
    for piece in (piece for message in messages for piece in pieces.pieces_of(message, wording)):
        row = rows.get(piece.key)
        if row is not None and row.said_at is not None:
            continue
        if row is not None or piece.picture is not None:
            break  # somebody is at it, or it cannot be said here: what follows must not overtake it
        unsaid.append(piece)
    return pieces.together(unsaid)
