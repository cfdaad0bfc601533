"""Tables of escalation: firings, what they were judged by, emergencies, notices."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base


class Escalation(Base):
    """A rule that fired on a ticket. Once a rule, ticket and level (invariant 6).

    What waits has `ack_due_at` and neither of `acknowledged_at` (somebody of that level took it up) and
    `passed_on_at` (nobody did in time; the higher level, if any, has a row whose `raised_from` is this).
    """

    __tablename__ = "escalation"
    __table_args__ = (
        UniqueConstraint("ticket_id", "rule", "level"),
        Index(
            "ix_escalation_ack_due_at",
            "ack_due_at",
            postgresql_where=text(
                "ack_due_at IS NOT NULL AND acknowledged_at IS NULL AND passed_on_at IS NULL"
            ),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id", ondelete="RESTRICT"))
    rule: Mapped[str]
    level: Mapped[str] = mapped_column(doc="The level called; empty when a rule calls nobody higher")
    name: Mapped[str] = mapped_column(doc="The rule's name when it fired")
    source: Mapped[str] = mapped_column(doc="Clause of the regulations, such as R3b-26")
    policy_version: Mapped[str]
    event: Mapped[str] = mapped_column(doc="What happened, such as filed or clock_breached")
    facts: Mapped[dict[str, Any]] = mapped_column(doc="By path, the facts that mattered")
    actions: Mapped[dict[str, Any]] = mapped_column(doc="What was done")
    fired_at: Mapped[datetime] = mapped_column(index=True)
    ack_due_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[str | None]
    passed_on_at: Mapped[datetime | None]
    raised_from: Mapped[UUID | None] = mapped_column(ForeignKey("escalation.id", ondelete="RESTRICT"))


class EscalationTrigger(Base):
    """What happened to a ticket and all facts at that moment, so that firings can be recomputed."""

    __tablename__ = "escalation_trigger"
    __table_args__ = (Index("ix_escalation_trigger_ticket_id_id", "ticket_id", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(index=True)
    facts: Mapped[dict[str, Any]]


class EmergencyTask(Base):
    """One thing that must be done before a ticket's emergency is over (R7-4.4.5)."""

    __tablename__ = "emergency_task"
    __table_args__ = (UniqueConstraint("ticket_id", "task"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id", ondelete="RESTRICT"))
    task: Mapped[str]
    position: Mapped[int]
    name: Mapped[str]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None]
    note: Mapped[str | None]


class NoticeState(StrEnum):
    """How a notice stands."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


class Notice(Base):
    """Something that people must be told, on its way over one transport: of a firing, or of a subject."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("escalation_id", "target", "transport"),
        UniqueConstraint("subject", "target", "transport"),
        CheckConstraint(
            "(ticket_id IS NULL) = (escalation_id IS NULL) AND (ticket_id IS NULL) = (subject IS NOT NULL)",
            name="about_one_thing",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    escalation_id: Mapped[UUID | None] = mapped_column(ForeignKey("escalation.id", ondelete="RESTRICT"))
    ticket_id: Mapped[UUID | None] = mapped_column(ForeignKey("ticket.id", ondelete="RESTRICT"), index=True)
    subject: Mapped[str | None] = mapped_column(doc="What it is about if about no ticket: told of once")
    target: Mapped[str]
    transport: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    state: Mapped[str] = mapped_column(default=NoticeState.PENDING, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
