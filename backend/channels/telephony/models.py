"""Tables of the telephone: calls, the answers they were given, recordings."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base


class PhoneCall(Base):
    """One call. `state` is a `CallState`; `survey` holds ratings from 1 to 4 by item (R3b-25)."""

    __tablename__ = "phone_call"
    __table_args__ = (UniqueConstraint("carrier", "call_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    carrier: Mapped[str]
    call_id: Mapped[str] = mapped_column(doc="What the carrier calls it")
    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversation.id", ondelete="RESTRICT"), unique=True
    )
    caller: Mapped[str | None] = mapped_column(doc="E.164, if the network shows it")
    called: Mapped[str | None]
    state: Mapped[dict[str, Any]]
    survey: Mapped[dict[str, Any]] = mapped_column(default=dict)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ring_id: Mapped[str | None] = mapped_column(doc="The call to the agent, while it rings")


class PhoneAnswer(Base):
    """The plan that a request was answered with; the same request again gets it again (invariant 1)."""

    __tablename__ = "phone_answer"

    call: Mapped[UUID] = mapped_column(ForeignKey("phone_call.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    plan: Mapped[list[dict[str, Any]]]
    answered_at: Mapped[datetime]


class RecordingState(StrEnum):
    """Where the sound is: still with the carrier, with us, or nowhere any more."""

    PENDING = "pending"
    STORED = "stored"
    REFUSED = "refused"


class PhoneRecording(Base):
    """A recorded message or talk; its sound is a stored file, and goes when that file's time is over."""

    __tablename__ = "phone_recording"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    call: Mapped[UUID] = mapped_column(ForeignKey("phone_call.id", ondelete="CASCADE"), index=True)
    recording_id: Mapped[str] = mapped_column(unique=True, doc="What the carrier calls it")
    url: Mapped[str]
    seconds: Mapped[int | None]
    state: Mapped[str] = mapped_column(default=RecordingState.PENDING)
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
