"""The timeline of a ticket: who, when, what, from, to, by which rule and clause (R1-1.2, R1-1.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backend.tickets.chain import EntryContent, entry_hash
from backend.tickets.kinds import Actor, Visibility
from backend.tickets.models import Ticket, TimelineEntry
from backend.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, with the name that a reader of the timeline knows."""

    kind: Actor
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done to a ticket.

    Attributes:
        verb: past tense, such as `filed`; the desk has its Chinese wording.
        source: the clause that asks for it.
    """

    verb: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    note: str | None = None
    visibility: Visibility = Visibility.INTERNAL
    rule: str | None = None
    source: str | None = None


def append(uow: UnitOfWork, ticket: Ticket, by: By, deed: Deed) -> TimelineEntry:
    """Add an entry to the end of a ticket's chain.

    The ticket must be locked by, or new in, the unit of work: its version guards against a racing append.
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
