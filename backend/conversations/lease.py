"""One message per conversation in flight, across processes: a lease on the conversation's row.

A lease needs no open connection while the bot thinks, ends by itself if its holder dies, and is fenced: a
holder that comes back late finds its token gone and must drop what it wanted to write. Taking, checking and
giving back are single UPDATEs on the row that also counts pending messages, so none can be overlooked.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import case, or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.conversations.models import Conversation, Owner

UNDERWAY = ("taking", "confirming")
"""Stages of the bot's understanding in which a matter is being told."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to handle a conversation, with what was so when it was taken.

    ``draft`` is the number of the ticket under which the matter being told was kept during a silence.
    """

    conversation_id: UUID
    token: UUID
    channel: str
    handled_seq: int
    pending_seq: int
    owner: Owner
    errand: dict[str, Any] | None = None
    draft: str | None = None


async def take(session: AsyncSession, conversation_id: UUID, now: datetime, life: timedelta) -> Lease | None:
    """The lease, if a message or an errand waits and nobody holds it."""
    token = uuid4()
    statement = (
        update(Conversation)
        .where(
            Conversation.id == conversation_id,
            or_(Conversation.handled_seq < Conversation.pending_seq, Conversation.errand.is_not(None)),
            or_(Conversation.lease_until.is_(None), Conversation.lease_until <= now),
        )
        .values(lease_token=token, lease_until=now + life)
        .returning(
            Conversation.channel,
            Conversation.handled_seq,
            Conversation.pending_seq,
            Conversation.owner,
            Conversation.errand,
            Conversation.understanding,
        )
    )
    row = (await session.execute(statement)).one_or_none()
    if row is None:
        return None
    return Lease(
        conversation_id,
        token,
        row.channel,
        row.handled_seq,
        row.pending_seq,
        Owner(row.owner),
        row.errand,
        _draft(row.understanding or {}),
    )


def _draft(known: dict[str, Any]) -> str | None:
    return known.get("ticket") or None if known.get("stage") in UNDERWAY else None


@dataclass(frozen=True, slots=True)
class Progress:
    """How a conversation stands after one more message was handled."""

    owner: Owner
    more: bool


async def advance(  # noqa: PLR0913  # one statement on one row
    session: AsyncSession,
    lease: Lease,
    seq: int,
    now: datetime,
    life: timedelta,
    *,
    errand_done: bool = False,
) -> Progress | None:
    """Note that messages up to `seq` had their turn, or the errand.

    Prolongs the lease, or gives it back when nothing waits.
    Returns nothing when the lease was lost: then nothing of the turn may be written.
    """
    more = Conversation.pending_seq > seq
    statement = (
        update(Conversation)
        .where(Conversation.id == lease.conversation_id, Conversation.lease_token == lease.token)
        .values(
            handled_seq=seq,
            lease_token=case((more, lease.token), else_=None),
            lease_until=case((more, now + life), else_=None),
            **({"errand": None} if errand_done else {}),
        )
        .returning(Conversation.owner, more.label("more"))
    )
    row = (await session.execute(statement)).one_or_none()
    return None if row is None else Progress(Owner(row.owner), bool(row.more))


async def give_back(session: AsyncSession, lease: Lease) -> None:
    """Let the next one take it, after a failure that left the message unhandled."""
    await session.execute(
        update(Conversation)
        .where(Conversation.id == lease.conversation_id, Conversation.lease_token == lease.token)
        .values(lease_token=None, lease_until=None)
    )
