"""Who is behind an address: a phone number that was shown to be theirs.

It is shown by a ticket's number and the last digits of its phone, or by a code that a channel tells its user
and that is keyed on a call from that phone. From then on what is known of the number is theirs everywhere.
"""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from backend.conversations.models import Conversation
from backend.db import Base
from backend.unit_of_work import UnitOfWork

CODE_LIFE = timedelta(minutes=15)
CODE_DIGITS = 6
MAX_FAILURES = 5
BOUND_CHANNELS = frozenset({"wechat", "kf"})
"""Channels whose addresses are people; a web chat's is a browser's visit."""


class How(StrEnum):
    """How it was shown."""

    TICKET = "ticket"
    CODE = "code"


class ChannelIdentity(Base):
    """An address and the phone number behind it."""

    __tablename__ = "channel_identity"

    channel: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(primary_key=True)
    phone: Mapped[str] = mapped_column(index=True)
    verified_at: Mapped[datetime]
    how: Mapped[str]


class BindingCode(Base):
    """A code that its conversation's customer was told, and that nobody has keyed yet."""

    __tablename__ = "binding_code"

    code: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), unique=True
    )
    issued_at: Mapped[datetime]


class FailedBinding(Base):
    """A wrong code, keyed on a call: guessing is slowed down by the phone that guesses."""

    __tablename__ = "failed_binding"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    phone: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]


async def phone_of(uow: UnitOfWork, conversation: Conversation) -> str | None:
    """The phone number behind a conversation's address, if one was shown to be."""
    found = await uow.session.get(ChannelIdentity, (conversation.channel, conversation.address))
    return None if found is None else found.phone


async def bind(uow: UnitOfWork, conversation: Conversation, phone: str, how: How) -> bool:
    """Note the number behind the conversation's address, in place of an earlier one.

    False if the channel's addresses are no people.
    """
    if conversation.channel not in BOUND_CHANNELS:
        return False
    values = {"phone": phone, "verified_at": uow.now, "how": how}
    statement = insert(ChannelIdentity).values(
        channel=conversation.channel, address=conversation.address, **values
    )
    keys = [ChannelIdentity.channel, ChannelIdentity.address]
    await uow.session.execute(statement.on_conflict_do_update(index_elements=keys, set_=values))
    return True


async def issue_code(uow: UnitOfWork, conversation_id: UUID) -> str:
    """A code for the conversation's customer to key on a call; it replaces one that they had."""
    await uow.session.execute(
        delete(BindingCode).where(
            (BindingCode.conversation_id == conversation_id) | (BindingCode.issued_at < uow.now - CODE_LIFE)
        )
    )
    while True:
        code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
        statement = (
            insert(BindingCode)
            .values(code=code, conversation_id=conversation_id, issued_at=uow.now)
            .on_conflict_do_nothing()
            .returning(BindingCode.code)
        )
        if await uow.session.scalar(statement) is not None:
            return code


async def redeem_code(uow: UnitOfWork, code: str, phone: str) -> bool:
    """Bind the conversation whose code was keyed on a call from `phone`.

    False if the code is nobody's, or this phone guesses.
    """
    recent = select(FailedBinding.id).where(
        FailedBinding.phone == phone, FailedBinding.at > uow.now - CODE_LIFE
    )
    if len((await uow.session.scalars(recent.limit(MAX_FAILURES))).all()) >= MAX_FAILURES:
        return False
    statement = (
        delete(BindingCode)
        .where(BindingCode.code == code, BindingCode.issued_at >= uow.now - CODE_LIFE)
        .returning(BindingCode.conversation_id)
    )
    conversation_id = await uow.session.scalar(statement)
    if conversation_id is None:
        await uow.session.execute(delete(FailedBinding).where(FailedBinding.at < uow.now - CODE_LIFE))
        uow.session.add(FailedBinding(phone=phone, at=uow.now))
        return False
    conversation = await uow.session.get_one(Conversation, conversation_id)
    return await bind(uow, conversation, phone, How.CODE)
