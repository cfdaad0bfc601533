"""What of a message is still to be said, piece by piece, and who says it.

A text is said in pieces below the vendor's limit, and each picture is one. Two may want to say a piece: the
webhook, in its very answer, and the outbox. The row of `wechat_part` that either inserts first decides, so
that each is said once; a row that the outbox left unfinished is the outbox's own and is said again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.channels.models import Delivery, DeliveryState
from backend.channels.wechat import phrasing
from backend.channels.wechat.models import How, WechatPart
from backend.conversations.models import Message
from backend.conversations.schemas import Attachment, AttachmentKind
from backend.unit_of_work import UnitOfWork
from backend.wording import Wording


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


async def take(uow: UnitOfWork, pieces: Sequence[Piece], how: How) -> list[Piece]:
    """Those of the pieces, from the first on, that are ours to say now."""
    taken: list[Piece] = []
    for piece in pieces:
        statement = (
            insert(WechatPart)
            .values(
                message_id=piece.message_id,
                part=piece.part,
                how=how,
                begun_at=uow.now,
                said_at=uow.now if how is How.PASSIVE else None,
            )
            .on_conflict_do_nothing()
            .returning(WechatPart.part)
        )
        if await uow.session.scalar(statement) is None:
            break
        taken.append(piece)
    return taken


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


def _among(pieces: Sequence[Piece]) -> ColumnElement[bool]:
    return tuple_(WechatPart.message_id, WechatPart.part).in_([piece.key for piece in pieces])


def _attachments(message: Message) -> list[Attachment]:
    return [Attachment.model_validate(attachment) for attachment in message.attachments]
