"""What access tells the rest of the house."""

from dataclasses import dataclass

from backend.unit_of_work import Event


@dataclass(frozen=True, slots=True)
class SessionEnded(Event):
    """A desk session is over; whoever listens with it must stop."""

    token_digest: str
