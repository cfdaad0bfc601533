"""Phone numbers and addresses are hidden until somebody needs them; whoever looks is on record.

What was revealed stays open to that person for a while, so that a page that is loaded again shows it still.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.access.models import RevealLog
from backend.access.sessions import Identity
from backend.errors import ReasonNeededError

STAYS_OPEN = timedelta(minutes=30)
SHORTEST_REASON = 2
"""Characters; two are a word in Chinese."""


class Subject(StrEnum):
    """Whose number it is, by what it was asked through."""

    TICKET = "ticket"
    CONVERSATION = "conversation"
    CUSTOMER = "customer"
    EXPORT = "export"


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody wants to see: the kind of thing, and its number or id."""

    kind: Subject
    subject: str


@dataclass(frozen=True, slots=True)
class Why:
    """The reason given, and whether the matter is theirs to see to, so that none is needed."""

    reason: str | None
    in_charge: bool


def note(session: AsyncSession, by: Identity, look: Look, why: Why, now: datetime) -> None:
    """Put on record that somebody looks, and why.

    Raises:
        ReasonNeededError: it is not theirs to see to, and they gave no reason.
    """
    given = (why.reason or "").strip()
    if not why.in_charge and len(given) < SHORTEST_REASON:
        raise ReasonNeededError(f"{look.kind} {look.subject}")
    session.add(
        RevealLog(
            username=by.username,
            display_name=by.display_name,
            kind=look.kind,
            subject=look.subject,
            reason=given or None,
            in_charge=why.in_charge,
            at=now,
        )
    )


async def open_to(session: AsyncSession, username: str, look: Look, now: datetime) -> bool:
    """Whether this person revealed it lately."""
    lately = select(RevealLog.id).where(
        RevealLog.username == username,
        RevealLog.kind == look.kind,
        RevealLog.subject == look.subject,
        RevealLog.at > now - STAYS_OPEN,
    )
    return await session.scalar(lately.limit(1)) is not None
