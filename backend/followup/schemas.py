"""What the desk and the backend exchange about contracts that end."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from backend.followup.renewals import Ending, Outcome
from backend.text import Text
from backend.tickets.kinds import Notice

MAX_NOTE = 2_000


class RenewalOut(BaseModel):
    """A contract that ends; `late`: its customer was not told in time."""

    id: UUID
    version: int
    contract: str
    customer_id: UUID
    customer: str
    ends_on: date
    due_at: datetime
    late: bool
    assignee: str | None
    noticed_at: datetime | None
    noticed_how: Notice | None
    noticed_by: str | None
    outcome: Outcome | None
    closed_at: datetime | None
    closed_by: str | None
    note: str | None


class Renewals(BaseModel):
    """Contracts that end, what is due first first; `total` counts those beyond the items, too."""

    items: list[RenewalOut]
    total: int


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int = Field(ge=1, description="The renewal's version that the caller has seen")


class SendIn(_In):
    """Who is sent to renew."""

    username: Text = Field(min_length=1, max_length=100)


class NoticeIn(_In):
    """How the customer was told; `channel` tells them now, in their latest conversation."""

    how: Notice


class CloseIn(_In):
    """What came of it; a renewal names the contract that follows."""

    outcome: Outcome
    number: Text | None = Field(default=None, min_length=1, max_length=100)
    ends_on: date | None = None
    note: Text | None = Field(default=None, max_length=MAX_NOTE)


def renewal_out(ending: Ending) -> RenewalOut:
    """A contract that ends, as the desk reads it."""
    renewal, contract = ending.renewal, ending.contract
    joined = {"contract", "customer_id", "customer", "ends_on", "late"}
    return RenewalOut(
        **{name: getattr(renewal, name) for name in RenewalOut.model_fields.keys() - joined},
        contract=contract.number,
        customer_id=ending.customer.id,
        customer=ending.customer.name,
        ends_on=contract.ends_on,
        late=renewal.breached_at is not None,
    )
