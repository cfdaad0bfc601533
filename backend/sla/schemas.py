"""What the desk sees of clocks."""

from datetime import datetime

from pydantic import BaseModel, Field

from backend.sla.models import ClockState


class ClockOut(BaseModel):
    """A clock of a ticket, running or over."""

    id: str
    name: str
    state: ClockState
    started_at: datetime
    due_at: datetime
    warn_at: datetime | None
    stopped_at: datetime | None
    breached_at: datetime | None
    paused_since: datetime | None
    remaining_seconds: int | None = Field(
        description="Counted time left, below zero when over; none for clocks that have stopped"
    )
    measure: str = Field(description="What is counted: working_time or time")
    level: str | None = Field(description="Who is told when it runs out")
    source: str | None


class ClockList(BaseModel):
    """The clocks of a ticket, the one that is due first first."""

    items: list[ClockOut]


class NextClock(ClockOut):
    """A clock on the supervisors' wall: it runs, or has run out and is still waited for."""

    ticket_number: str
    title: str
    kind: str
    severity: str
    department: str | None
    assignee: str | None


class ClockName(BaseModel):
    """A clock of policy/sla.yml as people call it."""

    id: str
    name: str


class NextClocks(BaseModel):
    """What is due over all tickets, the earliest first, so that what is over comes first."""

    now: datetime
    items: list[NextClock]
    total: int = Field(description="All that run or are over, also those beyond the items")
    breached: int = Field(description="Of all: those that are over")
    warned: int = Field(description="Of all: those that will soon be over, and that people were warned of")
    clocks: list[ClockName] = Field(description="All that policy knows, to choose among")
