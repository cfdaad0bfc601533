"""The table of clocks."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base
from backend.sla.deadlines import Pause


class ClockState(StrEnum):
    """Where a clock stands. Breached ones stay so, also when what they waited for came late."""

    RUNNING = "running"
    PAUSED = "paused"
    WARNED = "warned"
    BREACHED = "breached"
    MET = "met"
    WITHDRAWN = "withdrawn"


class TicketClock(Base):
    """One run of a clock on a ticket; written only while the ticket is locked.

    `next_at` is when the sweep must look at it again: that alone is indexed for the sweep, so that a sweep
    costs what is due and not what is open.
    """

    __tablename__ = "clock"
    __table_args__ = (
        UniqueConstraint("ticket_id", "clock_id", "generation"),
        Index("ix_clock_next_at", "next_at", postgresql_where=text("next_at IS NOT NULL")),
        Index(
            "ix_clock_due_at",
            "due_at",
            postgresql_where=text("stopped_at IS NULL AND paused_since IS NULL"),
        ),
        Index(
            "ix_clock_policy_version",
            "policy_version",
            postgresql_where=text("stopped_at IS NULL AND breached_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"))
    clock_id: Mapped[str] = mapped_column(doc="Of policy/sla.yml")
    generation: Mapped[int] = mapped_column(default=1, doc="A clock may run again after it stopped")
    started_at: Mapped[datetime]
    due_at: Mapped[datetime]
    warn_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None]
    paused_since: Mapped[datetime | None]
    pauses: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list, doc="Ended ones: since, until")
    stopped_at: Mapped[datetime | None]
    withdrawn: Mapped[bool] = mapped_column(default=False, doc="Stopped because it is not for this ticket")
    warned_at: Mapped[datetime | None]
    breached_at: Mapped[datetime | None]
    policy_version: Mapped[str] = mapped_column(doc="What due_at was counted by: policy and public days")

    @property
    def state(self) -> ClockState:
        """Where it stands."""
        if self.withdrawn:
            return ClockState.WITHDRAWN
        if self.breached_at is not None:
            return ClockState.BREACHED
        if self.stopped_at is not None:
            return ClockState.MET
        if self.paused_since is not None:
            return ClockState.PAUSED
        return ClockState.RUNNING if self.warned_at is None else ClockState.WARNED

    def taken(self, now: datetime | None = None) -> list[Pause]:
        """Its pauses; with `now`, also the one that lasts."""
        ended = [
            Pause(datetime.fromisoformat(pause["since"]), datetime.fromisoformat(pause["until"]))
            for pause in self.pauses
        ]
        if self.paused_since is not None and now is not None:
            ended.append(Pause(self.paused_since, max(now, self.paused_since)))
        return ended

    def schedule(self) -> None:
        """Say when the sweep must look: at the warning, at the end, or never again."""
        if self.stopped_at is not None or self.paused_since is not None or self.breached_at is not None:
            self.next_at = None
        elif self.warned_at is None and self.warn_at is not None:
            self.next_at = min(self.warn_at, self.due_at)
        else:
            self.next_at = self.due_at
