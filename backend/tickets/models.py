"""Tables of the complaint case."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base
from backend.tickets.chain import GENESIS
from backend.tickets.kinds import Intake, Severity, Stage


class Ticket(Base):
    """A complaint, suggestion, request or enquiry, from intake to improvement (R1-1.3)."""

    __tablename__ = "ticket"
    __table_args__ = (
        Index("ix_ticket_search", "search", postgresql_using="gin"),
        Index("ix_ticket_stage_created", "stage", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    number: Mapped[str] = mapped_column(unique=True)
    request_id: Mapped[str] = mapped_column(
        unique=True, doc="The filer's key: the same request is the same ticket"
    )
    kind: Mapped[str]
    secondary_kind: Mapped[str | None]
    stage: Mapped[str] = mapped_column(default=Stage.RECORDED)
    severity: Mapped[str] = mapped_column(default=Severity.MINOR)
    hazard: Mapped[bool] = mapped_column(default=False)
    intake: Mapped[str] = mapped_column(default=Intake.COMPLETE)
    channel: Mapped[str]
    conversation_id: Mapped[UUID] = mapped_column(index=True)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(doc="In the customer's own words")
    demand: Mapped[str | None]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    signals: Mapped[dict[str, Any]] = mapped_column(default=dict)
    customer_name: Mapped[str | None]
    phone: Mapped[str | None] = mapped_column(index=True)
    address: Mapped[str | None]
    department: Mapped[str | None]
    routing_rule: Mapped[str | None]
    policy_version: Mapped[str]
    search: Mapped[Any] = mapped_column(TSVECTOR)
    version: Mapped[int] = mapped_column(
        default=1, doc="Rises with every change; guards against lost updates"
    )
    timeline_length: Mapped[int] = mapped_column(default=0)
    timeline_head: Mapped[str] = mapped_column(default=GENESIS)
    created_at: Mapped[datetime] = mapped_column(index=True)
    updated_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # SQLAlchemy's own form


class TimelineEntry(Base):
    """One thing that happened to a ticket. Append-only: a trigger refuses changes and deletions."""

    __tablename__ = "timeline_entry"
    __table_args__ = (UniqueConstraint("ticket_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id", ondelete="RESTRICT"))
    position: Mapped[int]
    at: Mapped[datetime]
    actor_kind: Mapped[str]
    actor_name: Mapped[str | None]
    verb: Mapped[str]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    note: Mapped[str | None]
    visibility: Mapped[str]
    rule: Mapped[str | None]
    source: Mapped[str | None] = mapped_column(doc="Clause of the regulations, such as R10-6.1.3")
    previous_hash: Mapped[str]
    hash: Mapped[str]


class NumberSequence(Base):
    """How many tickets a day has; gapless, so that a vanished ticket is noticed."""

    __tablename__ = "ticket_number_sequence"

    day: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[int]
