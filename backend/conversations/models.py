"""Tables of conversations."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
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
    `version` rises with every message and every change of owner: whoever has seen a higher one knows more.
    """

    __tablename__ = "conversation"
    __table_args__ = (
        Index("ix_conversation_queue", "waiting_since", postgresql_where=text("owner = 'queue'")),
        Index("ix_conversation_agent", "agent_username", postgresql_where=text("owner = 'agent'")),
    )

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
    updated_at: Mapped[datetime] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)

    # who answers, and why a person does
    agent_username: Mapped[str | None] = mapped_column(doc="The owner, if that is a person")
    joined: Mapped[list[str]] = mapped_column(default=list, doc="User names that may write beside the owner")
    group_id: Mapped[str | None] = mapped_column(doc="Of policy/desk.yml")
    waiting_since: Mapped[datetime | None]
    handover_reason: Mapped[str | None]
    priority: Mapped[str] = mapped_column(default="normal")
    closed_at: Mapped[datetime | None]
    callback_offered_at: Mapped[datetime | None] = mapped_column(doc="While it waits; offered once")
    callback_ticket: Mapped[str | None] = mapped_column(doc="Number of the ticket that asks for the call")

    # what the bot knows, and what it is to be told next
    understanding: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    errand: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), doc="What a person who handed it back tells the bot"
    )

    agent_seen_seq: Mapped[int] = mapped_column(default=0)
    customer_seen_seq: Mapped[int] = mapped_column(default=0)


class Message(Base):
    """One message. `seq` is gapless within its conversation; `in_reply_to` is the message it answers."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("conversation_id", "seq"),
        Index(
            "ix_message_agents_own",
            "conversation_id",
            "client_message_id",
            unique=True,
            postgresql_where=text("sender = 'agent'"),
        ),
    )

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
    author: Mapped[str | None] = mapped_column(doc="User name of the person at the desk")
    author_name: Mapped[str | None] = mapped_column(doc="What the customer calls that person")
    created_at: Mapped[datetime]
