"""The timeline of a ticket: who, when, what, from, to, by which rule and clause (R1-1.2, R1-1.3)."""

from collections.abc import Mapping
from typing import Any

from backend.tickets.chain import EntryContent, entry_hash
from backend.tickets.deeds import By, Deed
from backend.tickets.models import Ticket, TimelineEntry
from backend.unit_of_work import UnitOfWork

__all__ = ["By", "Deed", "append", "content_of"]


def append(uow: UnitOfWork, ticket: Ticket, by: By, deed: Deed) -> TimelineEntry:
    """Add an entry to the end of a ticket's chain.

    The ticket must be locked by, or new in, the unit of work; a racing append would take the same position,
    which the database refuses.
    """
    content = EntryContent(
        ticket_number=ticket.number,
        position=ticket.timeline_length + 1,
        at=uow.now,
        actor_kind=by.kind,
        actor_name=by.name,
        verb=deed.verb,
        before=deed.before,
        after=deed.after,
        note=deed.note,
        visibility=deed.visibility,
        rule=deed.rule,
        source=deed.source,
    )
    entry = TimelineEntry(
        ticket_id=ticket.id,
        position=content.position,
        at=content.at,
        actor_kind=content.actor_kind,
        actor_name=content.actor_name,
        verb=content.verb,
        before=_plain(content.before),
        after=_plain(content.after),
        note=content.note,
        visibility=content.visibility,
        rule=content.rule,
        source=content.source,
        previous_hash=ticket.timeline_head,
        hash=entry_hash(content, ticket.timeline_head),
    )
    uow.session.add(entry)
    ticket.timeline_length = entry.position
    ticket.timeline_head = entry.hash
    ticket.updated_at = uow.now
    return entry


def content_of(entry: TimelineEntry, ticket_number: str) -> EntryContent:
    """A stored entry as the chain sees it."""
    return EntryContent(
        ticket_number=ticket_number,
        position=entry.position,
        at=entry.at,
        actor_kind=entry.actor_kind,
        actor_name=entry.actor_name,
        verb=entry.verb,
        before=entry.before,
        after=entry.after,
        note=entry.note,
        visibility=entry.visibility,
        rule=entry.rule,
        source=entry.source,
    )


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if values is None else dict(values)
