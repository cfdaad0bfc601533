"""Who did what to a ticket: what one entry of its timeline says. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backend.access.roles import Role
from backend.tickets.kinds import Actor, Visibility


@dataclass(frozen=True, slots=True)
class By:
    """Who acts.

    Attributes:
        name: as a reader of the timeline knows them.
        username: of people at the desk; tells two of one name apart.
        role: of people at the desk; decides what they may do.
    """

    kind: Actor
    name: str | None = None
    username: str | None = None
    role: Role | None = None


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
