"""Tables of service orders: the orders, who is sent, what was quoted, which parts were used."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, Numeric, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base
from backend.dispatch.kinds import OrderStage
from backend.warranty.outcome import ServiceClass

YUAN = Numeric(12, 2)


class Technician(Base):
    """Somebody who is sent; ids of regions and skills are those of policy/dispatch.yml."""

    __tablename__ = "technician"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str]
    username: Mapped[str | None] = mapped_column(unique=True, doc="At the desk, for their own list")
    phone: Mapped[str | None]
    regions: Mapped[list[str]] = mapped_column(default=list)
    skills: Mapped[list[str]] = mapped_column(default=list)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class ServiceOrder(Base):
    """Work on a product for a ticket, from the plan to the audit (R1-4.2, R10-6.2)."""

    __tablename__ = "service_order"
    __table_args__ = (
        UniqueConstraint("ticket_id", "sequence"),
        Index("ix_service_order_stage_opened_at", "stage", "opened_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    number: Mapped[str] = mapped_column(unique=True, doc="The ticket's number and the n-th order of it")
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id", ondelete="RESTRICT"))
    sequence: Mapped[int]
    version: Mapped[int] = mapped_column(default=1, doc="Rises with every change; guards lost updates")
    opened_at: Mapped[datetime]
    opened_by: Mapped[str | None] = mapped_column(doc="User name at the desk")
    updated_at: Mapped[datetime]

    stage: Mapped[str] = mapped_column(default=OrderStage.OPENED)
    family: Mapped[str | None] = mapped_column(doc="A family of policy/warranty.yml; decides the skill")
    service_class: Mapped[str] = mapped_column(default=ServiceClass.UNKNOWN, doc="Who pays (R3b-6)")
    parts_charged: Mapped[bool] = mapped_column(default=False, doc="A contract without parts")
    parts_discount: Mapped[int] = mapped_column(default=0, doc="Percent, on misuse (R10-4.1.2)")
    dealer_sold: Mapped[bool] = mapped_column(default=False, doc="R10-3.2")
    parts_urgent: Mapped[bool] = mapped_column(default=False, doc="R10-5")
    region: Mapped[str | None]
    area: Mapped[str | None]
    distance_km: Mapped[Decimal | None] = mapped_column(Numeric(7, 2), doc="One way")
    decision: Mapped[dict[str, Any] | None] = mapped_column(doc="The warranty decision that was planned by")

    cause: Mapped[str | None] = mapped_column(doc="Of the fault, as far as known (R10-4.1.2)")
    plan: Mapped[str | None]
    planned_at: Mapped[datetime | None]
    open_quote: Mapped[UUID | None] = mapped_column(doc="The quote that waits for an answer")
    quoted_total: Mapped[Decimal | None] = mapped_column(YUAN)
    agreed_total: Mapped[Decimal | None] = mapped_column(YUAN)
    confirmed_at: Mapped[datetime | None]
    fee_refused: Mapped[bool] = mapped_column(default=False)
    waived_by: Mapped[str | None] = mapped_column(doc="The general manager's user name (R10-6.2.4)")
    dealer_told_at: Mapped[datetime | None]
    dealer_told_to: Mapped[str | None]

    technician_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("technician.id", ondelete="RESTRICT"), index=True
    )
    visit_at: Mapped[datetime | None] = mapped_column(doc="Agreed with the customer")
    dispatched_at: Mapped[datetime | None]
    departed_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]
    diagnosis: Mapped[str | None] = mapped_column(doc="As seen on site (R1-4.2)")
    work_done: Mapped[str | None]
    hours: Mapped[Decimal | None] = mapped_column(Numeric(6, 2), doc="Actual (R3b-12)")
    nights: Mapped[int] = mapped_column(default=0, doc="Away from home, as quoted")
    bill_total: Mapped[Decimal] = mapped_column(YUAN, default=Decimal(0), doc="What the customer pays")
    card_entry: Mapped[str | None] = mapped_column(doc="On the warranty card (R1-4.2(6))")
    receipt: Mapped[str | None] = mapped_column(doc="For the product taken in (R3b-11)")
    promised_on: Mapped[date | None] = mapped_column(index=True)
    overdue_at: Mapped[datetime | None] = mapped_column(doc="When the supervisor was told (R3b-14)")
    receipt_voided: Mapped[bool] = mapped_column(default=False)
    done_at: Mapped[datetime | None]

    sign_code_digest: Mapped[str | None] = mapped_column(unique=True)
    signed_at: Mapped[datetime | None]
    signed_how: Mapped[str | None]
    signed_by: Mapped[str | None]
    opinion: Mapped[str | None] = mapped_column(doc="The customer's (R10-6.2.6)")
    invoice: Mapped[str | None]
    report: Mapped[str | None]
    reported_at: Mapped[datetime | None]
    satisfied: Mapped[bool | None]
    audited_cost: Mapped[Decimal | None] = mapped_column(YUAN, doc="What the work cost us")
    audited_at: Mapped[datetime | None]
    record: Mapped[str | None] = mapped_column(doc="Where the signed service record is kept (R3a-3)")
    record_filed_at: Mapped[datetime | None]
    actions: Mapped[list[str]] = mapped_column(
        JSONB, default=list, doc="Ids of the actions taken, so that one that is sent again is taken once"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # SQLAlchemy's own form


class Quote(Base):
    """Fees told to a customer, and what they said to it (R10-4.2.1.5, R10-6.2.4)."""

    __tablename__ = "quote"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("service_order.id", ondelete="RESTRICT"), index=True)
    year: Mapped[int] = mapped_column(doc="Of the table of fees")
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    total: Mapped[Decimal] = mapped_column(YUAN)
    created_at: Mapped[datetime]
    valid_until: Mapped[datetime]
    message_id: Mapped[UUID | None] = mapped_column(doc="The message that told the customer, if one did")
    code_digest: Mapped[str] = mapped_column(unique=True, doc="Of the code to answer by")
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_how: Mapped[str | None]


class PartUsed(Base):
    """A part that went into the product (R3b-12)."""

    __tablename__ = "part_used"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("service_order.id", ondelete="RESTRICT"), index=True)
    name: Mapped[str]
    quantity: Mapped[int]
    unit_price: Mapped[Decimal | None] = mapped_column(YUAN, doc="None: not charged, not in the table")
    at: Mapped[datetime]


class OrderPicture(Base):
    """A picture of the work, of the signed record, or of a signature drawn on the technician's phone."""

    __tablename__ = "order_picture"

    id: Mapped[UUID] = mapped_column(primary_key=True, doc="Given by whoever sends it: sent again it is one")
    order_id: Mapped[UUID] = mapped_column(ForeignKey("service_order.id", ondelete="RESTRICT"), index=True)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("stored_file.id", ondelete="RESTRICT"))
    kind: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(doc="User name at the desk")


class FailedCode(Base):
    """A code that somebody tried and that is none; counted to slow down guessing."""

    __tablename__ = "failed_code"
    __table_args__ = (Index("ix_failed_code_ip_at", "ip", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    ip: Mapped[str]
    at: Mapped[datetime]
