"""What of a message is still to be said, piece by piece, and who says it.

A text is said in pieces below the vendor's limit, and each picture is one. Two may want to say a piece: the
webhook, in its very answer, and the outbox. The row of `wechat_part` that either inserts first decides, so
that each is said once; a row that the outbox left unfinished is the outbox's own and is said again. What the
webhook takes counts as said when its answer was sent in time. Until then any further try of the vendor may
carry it, and after `PATIENCE` the outbox says it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.channels.models import Delivery, DeliveryState
from backend.channels.wechat import phrasing
from backend.channels.wechat.models import How, WechatPart
from backend.conversations.models import Message
from backend.conversations.schemas import Attachment, AttachmentKind
from backend.unit_of_work import UnitOfWork
from backend.wording import Wording

PATIENCE = timedelta(seconds=6)
"""A vendor that hangs up after 5 s tries again at once: by then its next try has come, if there is one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A text, or a picture. `key`: message and place in it."""

    message_id: UUID
    part: int
    text: str = ""
    picture: Attachment | None = None

    @property
    def key(self) -> tuple[UUID, int]:
        """What its row is found by."""
        return self.message_id, self.part


def pieces_of(message: Message, wording: Wording) -> list[Piece]:
    """All pieces of a message, in order."""
    whole = phrasing.numbered(message.text, message.quick_replies, wording.say("wechat_choose"))
    found: list[Piece] = []
    for text in phrasing.parts(whole):
        found.append(Piece(message.id, len(found), text))
    for attachment in _attachments(message):
        if attachment.kind is AttachmentKind.IMAGE and attachment.file_id:
            found.append(Piece(message.id, len(found), picture=attachment))
        else:
            name = wording.say("wechat_other_file", name=attachment.name or attachment.url or "")
            found.append(Piece(message.id, len(found), name))
    return found


async def waiting(session: AsyncSession, conversation_id: UUID, from_seq: int = 0) -> list[Message]:
    """Messages of a conversation that the outbox has not finished with, in order."""
    query = (
        select(Message)
        .join(Delivery, Delivery.message_id == Message.id)
        .where(
            Message.conversation_id == conversation_id,
            Message.seq >= from_seq,
            Delivery.state == DeliveryState.PENDING,
        )
        .order_by(Message.seq)
    )
    return list(await session.scalars(query))


async def begun(session: AsyncSession, messages: Iterable[Message]) -> dict[tuple[UUID, int], WechatPart]:
    """The rows of these messages."""
    query = select(WechatPart).where(WechatPart.message_id.in_([message.id for message in messages]))
    rows = await session.scalars(query.execution_options(populate_existing=True))
    return {(row.message_id, row.part): row for row in rows}


async def take(
    uow: UnitOfWork, pieces: Sequence[Piece], how: How, entry_id: UUID | None = None
) -> list[Piece]:
    """Those of the pieces, from the first on, that are ours to say now; `entry_id`: in answer to what."""
    taken: list[Piece] = []
    for piece in pieces:
        statement = (
            insert(WechatPart)
            .values(
                message_id=piece.message_id,
                part=piece.part,
                how=how,
                begun_at=uow.now,
                entry_id=entry_id,
            )
            .on_conflict_do_nothing()
            .returning(WechatPart.part)
        )
        if await uow.session.scalar(statement) is None:
            break
        taken.append(piece)
    return taken


async def renew(uow: UnitOfWork, entry_id: UUID) -> bool:
    """One more try is given the answer that this delivery got; False if the outbox says it by now."""
    of_entry = WechatPart.entry_id == entry_id
    await uow.session.execute(update(WechatPart).where(of_entry, _open()).values(begun_at=uow.now))
    lost = select(exists().where(of_entry, WechatPart.how != How.PASSIVE))
    return not await uow.session.scalar(lost)


async def note_answered(uow: UnitOfWork, entry_id: UUID) -> None:
    """The answer to this delivery was sent while the vendor listened."""
    statement = update(WechatPart).where(WechatPart.entry_id == entry_id, _open())
    await uow.session.execute(statement.values(said_at=uow.now))


async def take_over(uow: UnitOfWork, pieces: Sequence[Piece]) -> list[Piece]:
    """Those of the pieces that webhooks took and, for all we know, did not get out."""
    overdue = WechatPart.begun_at <= uow.now - PATIENCE
    statement = (
        update(WechatPart)
        .where(_among(pieces), _open(), overdue)
        .values(how=How.SERVICE, begun_at=uow.now)
        .returning(WechatPart.message_id, WechatPart.part)
    )
    keys = {(row.message_id, row.part) for row in await uow.session.execute(statement)}
    return [piece for piece in pieces if piece.key in keys]


async def note_said(uow: UnitOfWork, pieces: Sequence[Piece], how: How, vendor_id: str | None) -> None:
    """The vendor took these."""
    await uow.session.execute(
        update(WechatPart).where(_among(pieces)).values(how=how, said_at=uow.now, vendor_id=vendor_id)
    )


async def give_back(uow: UnitOfWork, pieces: Sequence[Piece]) -> None:
    """Nobody has said these: whoever comes first may."""
    await uow.session.execute(delete(WechatPart).where(_among(pieces)))


def together(pieces: Sequence[Piece]) -> list[Piece]:
    """The first pieces that fit into one message: texts, or one picture. Five messages is all there is."""
    if pieces and pieces[0].picture is not None:
        return [pieces[0]]
    texts = list(_texts(pieces))
    return list(pieces[: phrasing.joined(texts)[1]])


def _texts(pieces: Iterable[Piece]) -> Iterator[str]:
    for piece in pieces:
        if piece.picture is not None:
            return
        yield piece.text


def _open() -> ColumnElement[bool]:
    """Taken by a webhook, and not known to have been said."""
    return (WechatPart.how == How.PASSIVE) & WechatPart.said_at.is_(None)


def _among(pieces: Sequence[Piece]) -> ColumnElement[bool]:
    return tuple_(WechatPart.message_id, WechatPart.part).in_([piece.key for piece in pieces])


def _attachments(message: Message) -> list[Attachment]:
    return [Attachment.model_validate(attachment) for attachment in message.attachments]
