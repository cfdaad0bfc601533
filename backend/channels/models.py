"""Tables of the inbox and the outbox, and the tokens of web chats."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base


class InboxEntry(Base):
    """A message as a channel delivered it; delivered twice it is one message (invariant 1)."""

    __tablename__ = "inbox"
    __table_args__ = (UniqueConstraint("channel", "external_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    channel: Mapped[str]
    external_id: Mapped[str]
    message_id: Mapped[UUID | None] = mapped_column(ForeignKey("message.id", ondelete="RESTRICT"))
    answer: Mapped[str | None] = mapped_column(doc="What was said within the answer to the delivery itself")
    received_at: Mapped[datetime]


class DeliveryState(StrEnum):
    """How a delivery stands."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    WITHHELD = "withheld"
    """The bot had not said it yet when a person took the conversation."""


class Delivery(Base):
    """A message on its way to a vendor."""

    __tablename__ = "outbox"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    message_id: Mapped[UUID] = mapped_column(ForeignKey("message.id", ondelete="RESTRICT"), unique=True)
    channel: Mapped[str]
    address: Mapped[str]
    state: Mapped[str] = mapped_column(default=DeliveryState.PENDING, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    reason_code: Mapped[str | None] = mapped_column(doc="Why it failed, in one word")
    vendor_id: Mapped[str | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class WebChatAccess(Base):
    """The token that opens one web conversation; only its digest is stored."""

    __tablename__ = "web_chat_access"

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    token_digest: Mapped[str]
