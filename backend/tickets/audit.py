"""Checking that no record was tampered with: chains, their ends, and that no ticket has vanished."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.clock import SHANGHAI
from backend.tickets.chain import ChainedEntry, first_break
from backend.tickets.models import NumberSequence, Ticket, TimelineEntry
from backend.tickets.number import ticket_number
from backend.tickets.timeline import content_of

BATCH = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written. `position` is nothing when the whole ticket is missing."""

    ticket_number: str
    position: int | None
    problem: str


async def verify(session: AsyncSession) -> list[Finding]:
    """Check every timeline and that every issued number has its ticket. An empty list is a clean record.

    The session must be fresh: all is read as of one moment, so that filings meanwhile are no findings.
    """
    await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    findings: list[Finding] = []
    seen: dict[date, set[str]] = defaultdict(set)
    async for batch in _batches(session):
        chains = await _chains(session, batch)
        for ticket in batch:
            seen[ticket.created_at.astimezone(SHANGHAI).date()].add(ticket.number)
            broken = first_break(chains.get(ticket.number, []), ticket.timeline_length, ticket.timeline_head)
            if broken is not None:
                findings.append(Finding(ticket.number, broken.position, broken.problem))
    for sequence in await session.scalars(select(NumberSequence).order_by(NumberSequence.day)):
        findings.extend(_missing(sequence, seen[sequence.day]))
    return findings


def _missing(sequence: NumberSequence, seen: set[str]) -> Iterator[Finding]:
    for count in range(1, sequence.last + 1):
        number = ticket_number(sequence.day, count)
        if number not in seen:
            yield Finding(number, None, "the ticket is missing")


async def _batches(session: AsyncSession) -> AsyncIterator[list[Ticket]]:
    after = ""
    while batch := list(
        await session.scalars(
            select(Ticket).where(Ticket.number > after).order_by(Ticket.number).limit(BATCH)
        )
    ):
        yield batch
        after = batch[-1].number
        session.expunge_all()


async def _chains(session: AsyncSession, tickets: list[Ticket]) -> dict[str, list[ChainedEntry]]:
    numbers = {ticket.id: ticket.number for ticket in tickets}
    query = select(TimelineEntry).where(TimelineEntry.ticket_id.in_(numbers)).order_by(TimelineEntry.position)
    chains: dict[str, list[ChainedEntry]] = defaultdict(list)
    for entry in await session.scalars(query):
        number = numbers[entry.ticket_id]
        chains[number].append(ChainedEntry(content_of(entry, number), entry.previous_hash, entry.hash))
    return chains
