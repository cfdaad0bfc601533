"""Tables of hand-over."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base
from backend.handover.kinds import PresenceState


class Stretch(Base):
    """A part of a conversation in one hand: bot, queue or person. The open one's owner is the conversation's.

    A conversation that never left the bot has none.
    """

    __tablename__ = "stretch"
    __table_args__ = (
        Index("ix_stretch_conversation_id_started_at", "conversation_id", "started_at"),
        Index("ix_stretch_open", "conversation_id", unique=True, postgresql_where=text("ended_at IS NULL")),
        Index("ix_stretch_owner_ended_at", "owner", "ended_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversation.id", ondelete="RESTRICT"))
    owner: Mapped[str]
    agent_username: Mapped[str | None] = mapped_column(index=True)
    group_id: Mapped[str | None]
    reason: Mapped[str]
    note: Mapped[str | None]
    from_seq: Mapped[int] = mapped_column(doc="The first message of the stretch, written or yet to come")
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ordinal: Mapped[int] = mapped_column(BigInteger, Identity(), doc="Rises with the order of writing")


class ConversationNote(Base):
    """What people at the desk tell each other about a conversation; customers never see it."""

    __tablename__ = "conversation_note"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversation.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[str]
    author: Mapped[str | None] = mapped_column(doc="User name; none: the bot or a rule")
    text: Mapped[str]
    at_seq: Mapped[int] = mapped_column(doc="The newest message when it was written")
    created_at: Mapped[datetime]
    ordinal: Mapped[int] = mapped_column(BigInteger, Identity(), doc="Rises with the order of writing")


class GroupMember(Base):
    """Somebody's skill. Who is in no group serves them all."""

    __tablename__ = "group_member"

    group_id: Mapped[str] = mapped_column(primary_key=True, doc="Of policy/desk.yml")
    username: Mapped[str] = mapped_column(
        ForeignKey("desk_user.username", ondelete="CASCADE"), primary_key=True
    )


class Presence(Base):
    """How somebody is there.

    `chosen` is what they (or a supervisor) said; `lost_at` is set while a person who is at work by their own
    word has not been heard of for too long, and makes them away.
    """

    __tablename__ = "presence"

    username: Mapped[str] = mapped_column(
        ForeignKey("desk_user.username", ondelete="CASCADE"), primary_key=True
    )
    chosen: Mapped[str] = mapped_column(default=PresenceState.OFFLINE)
    since: Mapped[datetime] = mapped_column(doc="Of the state as it is now")
    seen_at: Mapped[datetime] = mapped_column(doc="The last heartbeat")
    lost_at: Mapped[datetime | None]
    idle_since: Mapped[datetime] = mapped_column(doc="When they were last given or finished something")


class Watching(Base):
    """A desk page that has a conversation open, wherever it is connected."""

    __tablename__ = "watching"
    __table_args__ = (Index("ix_watching_conversation_id", "conversation_id"),)

    sid: Mapped[str] = mapped_column(primary_key=True, doc="Of the Socket.IO connection")
    conversation_id: Mapped[UUID] = mapped_column(primary_key=True)
    username: Mapped[str]
    seen_at: Mapped[datetime]
