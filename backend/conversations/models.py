"""Tables of conversations."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base


class Sender(StrEnum):
    """Who wrote a message."""

    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


class Owner(StrEnum):
    """Who answers the customer. Exactly one at a time (invariant 3)."""

    BOT = "bot"
    QUEUE = "queue"
    AGENT = "agent"


class Conversation(Base):
    """A thread with one customer on one channel.

    `last_seq` is the newest message's. `pending_seq` is the newest customer message's, `handled_seq` the
    newest one that has had its turn; between them lies what still waits. The lease (token and end) lets one
    process at a time handle the thread; it is taken, fenced and given back in single statements on this row.
    """

    __tablename__ = "conversation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    channel: Mapped[str]
    address: Mapped[str] = mapped_column(index=True, doc="Where the channel finds the customer")
    owner: Mapped[str] = mapped_column(default=Owner.BOT)
    last_seq: Mapped[int] = mapped_column(default=0)
    pending_seq: Mapped[int] = mapped_column(default=0)
    handled_seq: Mapped[int] = mapped_column(default=0)
    lease_token: Mapped[UUID | None]
    lease_until: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Message(Base):
    """One message. `seq` is gapless within its conversation; `in_reply_to` is the message it answers."""

    __tablename__ = "message"
    __table_args__ = (UniqueConstraint("conversation_id", "seq"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversation.id", ondelete="RESTRICT"))
    seq: Mapped[int]
    sender: Mapped[str]
    text: Mapped[str]
    quick_replies: Mapped[list[str]] = mapped_column(default=list)
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(
        default=list, doc="Pictures, recordings, places: `schemas.Attachment` as JSON"
    )
    in_reply_to: Mapped[UUID | None] = mapped_column(
        ForeignKey("message.id", ondelete="RESTRICT"), index=True
    )
    client_message_id: Mapped[str | None]
    created_at: Mapped[datetime]
