"""Tables of the complaint case."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    CheckConstraint,
    Connection,
    ForeignKey,
    Index,
    Numeric,
    UniqueConstraint,
    event,
    inspect,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from backend.db import Base
from backend.tickets.chain import GENESIS
from backend.tickets.kinds import Intake, Level, Priority, ReplyRequired, Severity, Stage

YUAN = Numeric(12, 2)


class Ticket(Base):
    """A complaint, suggestion, request or enquiry, from intake to improvement (R1-1.3)."""

    __tablename__ = "ticket"
    __table_args__ = (
        Index("ix_ticket_search", "search", postgresql_using="gin"),
        Index("ix_ticket_stage_created", "stage", "created_at"),
        Index(
            "ix_ticket_cause_class_created_at",
            "cause_class",
            "created_at",
            postgresql_where=text("cause_class IS NOT NULL"),
        ),
        Index(
            "ix_ticket_clocks_version",
            "clocks_version",
            postgresql_where=text("stage NOT IN ('settled', 'improved', 'rejected', 'cancelled')"),
        ),
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
        default=1, doc="Rises with every step and changed fact; guards against lost updates"
    )
    timeline_length: Mapped[int] = mapped_column(default=0)
    timeline_head: Mapped[str] = mapped_column(default=GENESIS)
    created_at: Mapped[datetime] = mapped_column(index=True)
    updated_at: Mapped[datetime]

    # who sees to it, how urgently, at which level
    priority: Mapped[str] = mapped_column(default=Priority.NORMAL)
    level: Mapped[str] = mapped_column(default=Level.AGENT)
    assignee: Mapped[str | None] = mapped_column(index=True, doc="User name at the desk")
    reply_required: Mapped[str] = mapped_column(default=ReplyRequired.NONE)
    emergency_open: Mapped[bool] = mapped_column(default=False)
    repeats: Mapped[int] = mapped_column(default=0, doc="Earlier tickets of the same matter")
    urged: Mapped[int] = mapped_column(default=0, doc="How often the customer asked to hurry")
    reopened: Mapped[int] = mapped_column(default=0, doc="How often it was opened again")
    first_contact_at: Mapped[datetime | None] = mapped_column(doc="A person reached the customer (R10-6.1.3)")
    awaiting_customer_since: Mapped[datetime | None]

    # (2) judged
    subject: Mapped[str | None] = mapped_column(doc="What the dispute is about: decides who answers (R1-1.3)")
    sold_by: Mapped[str | None] = mapped_column(doc="Us or a dealer (R10-3)")
    grounds: Mapped[str | None]
    demand_reasonable: Mapped[bool | None]
    claim_amount: Mapped[Decimal | None] = mapped_column(YUAN, doc="What the customer claims, in yuan")
    rejection_reason: Mapped[str | None]
    rejection_evidence: Mapped[str | None]

    # (3), (7) responsibility: the department is above
    responsible_person: Mapped[str | None]
    direct_cause: Mapped[str | None] = mapped_column(doc="Who or what caused it")
    unsolved_cause: Mapped[str | None] = mapped_column(doc="Who let it go unsolved (R1-1.2)")
    supplier: Mapped[str | None] = mapped_column(doc="Whose part is at fault, if a supplier's (R9-2.3)")

    # (4) investigated
    cause_class: Mapped[str | None]
    findings: Mapped[str | None]
    quality_disputed: Mapped[bool] = mapped_column(default=False)
    inspection_body: Mapped[str | None] = mapped_column(doc="Agreed in the contract; its finding is final")

    # (5) proposed and approved
    solution: Mapped[str | None]
    solution_amount: Mapped[Decimal | None] = mapped_column(YUAN, doc="What it costs us, in yuan")
    concession: Mapped[Decimal | None] = mapped_column(YUAN, doc="The part granted for goodwill (R8-3)")
    compensate_first: Mapped[bool] = mapped_column(default=False, doc="Before others are held liable")
    proposed_by: Mapped[str | None] = mapped_column(doc="User name at the desk")
    approved_by: Mapped[str | None] = mapped_column(doc="User name at the desk")
    approval_level: Mapped[str | None]
    approved_at: Mapped[datetime | None] = mapped_column(index=True)

    # (6) notified and settled
    notified_at: Mapped[datetime | None]
    notified_how: Mapped[str | None]
    notice_id: Mapped[UUID | None] = mapped_column(doc="The message that told the customer, if one did")
    carried_out: Mapped[str | None] = mapped_column(doc="What was done of the solution")
    settled_at: Mapped[datetime | None]
    customer_accepted: Mapped[bool | None]
    reaction: Mapped[str | None] = mapped_column(doc="What the customer said to it")

    # call-back (R1-4.3(6), R3b-22..25); ratings from 1, bad, to 4, good
    callback_attempts: Mapped[int] = mapped_column(default=0, doc="Calls that nobody answered")
    callback_at: Mapped[datetime | None] = mapped_column(doc="When it was over")
    callback_outcome: Mapped[str | None]
    rated_attitude: Mapped[int | None]
    rated_skill: Mapped[int | None]
    rated_arrival: Mapped[int | None]
    rated_promises: Mapped[int | None]
    customer_suggestion: Mapped[str | None]

    # (8) improved
    corrective_action: Mapped[str | None]
    preventive_action: Mapped[str | None]
    action_owner: Mapped[str | None]
    action_due: Mapped[date | None]
    action_verified_at: Mapped[datetime | None]

    merged_into: Mapped[str | None] = mapped_column(index=True, doc="Number of the ticket that carries it on")
    stage_before_merge: Mapped[str | None]

    clocks_version: Mapped[str | None] = mapped_column(doc="Policy and public days its clocks were begun by")

    # SQLAlchemy's own form; the number is set by `_count_changes`
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012


BESIDE_THE_FACTS = frozenset({"timeline_length", "timeline_head", "updated_at", "clocks_version"})
"""What changes when something is merely noted, so that a note by the house costs nobody their step."""


@event.listens_for(Ticket, "before_update")
def _count_changes(_mapper: Mapper[Ticket], _connection: Connection, ticket: Ticket) -> None:
    changed = {attribute.key for attribute in inspect(ticket).attrs if attribute.history.has_changes()}
    if changed - BESIDE_THE_FACTS and "version" not in changed:
        ticket.version += 1


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


class TicketLink(Base):
    """Two tickets that belong together; `relation` says how, read from the later one to the earlier."""

    __tablename__ = "ticket_link"
    __table_args__ = (
        UniqueConstraint("ticket_id", "other_id", "relation"),
        CheckConstraint("ticket_id <> other_id", name="two_tickets"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id", ondelete="RESTRICT"))
    other_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id", ondelete="RESTRICT"), index=True)
    relation: Mapped[str]
    created_at: Mapped[datetime]


class TicketRequest(Base):
    """A customer's change to a ticket, by the key of whoever passed it on: asked twice it is done once."""

    __tablename__ = "ticket_request"

    request_id: Mapped[str] = mapped_column(primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id", ondelete="RESTRICT"))
    at: Mapped[datetime]


class FailedLookup(Base):
    """Somebody asked for a ticket and could not show that it is theirs; counted to slow down guessing."""

    __tablename__ = "failed_lookup"
    __table_args__ = (
        Index("ix_failed_lookup_conversation_at", "conversation_id", "at"),
        Index("ix_failed_lookup_number_at", "number", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    conversation_id: Mapped[UUID]
    number: Mapped[str | None]
    at: Mapped[datetime]


class NumberSequence(Base):
    """How many tickets a day has; gapless, so that a vanished ticket is noticed."""

    __tablename__ = "ticket_number_sequence"

    day: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[int]
