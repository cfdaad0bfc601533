"""What follow-up tells the rest of the house."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from backend.unit_of_work import Event


@dataclass(frozen=True, slots=True)
class RenewalEvent(Event):
    """Something about a contract that ends (R3b-20).

    Attributes:
        due_at: by when its customer is to be told.
        in_charge: user name of whoever is sent to renew, or else saw to the customer last.
    """

    renewal_id: UUID
    contract: str
    customer: str
    ends_on: date
    due_at: datetime
    in_charge: str | None


@dataclass(frozen=True, slots=True)
class RenewalDue(RenewalEvent):
    """The customer is to be told soon."""


@dataclass(frozen=True, slots=True)
class RenewalLate(RenewalEvent):
    """A contract ends within the month, and its customer was not told."""

    level: str


@dataclass(frozen=True, slots=True)
class RenewerSent(RenewalEvent):
    """Somebody is sent to renew it; `version` is the renewal's."""

    version: int
