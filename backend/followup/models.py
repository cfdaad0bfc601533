"""Table of contracts that end: that the customer was told in time, and what came of it (R3b-20)."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base


class ContractRenewal(Base):
    """A maintenance contract that ends soon: the customer is told, and somebody is sent to renew it."""

    __tablename__ = "contract_renewal"
    __table_args__ = (
        Index("ix_contract_renewal_due_at", "due_at", postgresql_where=text("closed_at IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    contract_id: Mapped[UUID] = mapped_column(
        ForeignKey("maintenance_contract.id", ondelete="RESTRICT"), unique=True
    )
    version: Mapped[int] = mapped_column(default=1, doc="Rises with every change; guards lost updates")
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(doc="By when the customer is told: the clock of policy/sla.yml")
    assignee: Mapped[str | None] = mapped_column(doc="User name of whoever is sent to renew")
    noticed_at: Mapped[datetime | None]
    noticed_how: Mapped[str | None]
    noticed_by: Mapped[str | None]
    message_id: Mapped[UUID | None] = mapped_column(doc="The message that told the customer, if one did")
    breached_at: Mapped[datetime | None] = mapped_column(doc="When it was late, and the desk was told")
    outcome: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None]
    note: Mapped[str | None]
    renewed_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("maintenance_contract.id", ondelete="RESTRICT"), doc="The contract that follows"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # SQLAlchemy's own form
