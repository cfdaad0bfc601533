"""What follow-up tells the rest of the house."""

from dataclasses import dataclass
from datetime import datetime

from backend.unit_of_work import Event


@dataclass(frozen=True, slots=True)
class RenewalLate(Event):
    """A contract ends within the month, and its customer was not told (R3b-20)."""

    contract: str
    due_at: datetime
    level: str
