"""The hash chain of a timeline: each entry's hash covers its content and the hash before it.

Changing, removing or inserting an entry breaks the chain at that position (R1-1.2, principle of record).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class EntryContent:
    """What an entry says, apart from its hashes."""

    ticket_number: str
    position: int
    at: datetime
    actor_kind: str
    actor_name: str | None
    verb: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    note: str | None
    visibility: str
    rule: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class ChainedEntry:
    """An entry as stored."""

    content: EntryContent
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold, and how."""

    position: int
    problem: str


def entry_hash(content: EntryContent, previous_hash: str) -> str:
    """SHA-256 over the canonical JSON of the content and the hash before it, in hex."""
    canonical = {
        "ticket": content.ticket_number,
        "position": content.position,
        "at": content.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": [content.actor_kind, content.actor_name],
        "verb": content.verb,
        "before": content.before,
        "after": content.after,
        "note": content.note,
        "visibility": content.visibility,
        "rule": content.rule,
        "source": content.source,
        "previous": previous_hash,
    }
    text = json.dumps(canonical, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_break(entries: Iterable[ChainedEntry], length: int, head: str) -> Break | None:
    """The first place where the chain does not hold, or nothing.

    Args:
        entries: in order of position.
        length: how many there should be.
        head: the hash the last one should have.
    """
    previous, position = GENESIS, 0
    for position, entry in enumerate(entries, start=1):
        if position > length:
            return Break(position, "is one too many")
        if entry.content.position != position:
            return Break(position, "missing")
        if entry.previous_hash != previous:
            return Break(position, "does not follow the entry before it")
        if entry.hash != entry_hash(entry.content, previous):
            return Break(position, "content was changed")
        previous = entry.hash
    if position != length or previous != head:
        return Break(position + 1, "the end is missing")
    return None
