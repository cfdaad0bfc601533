"""That a ticket belongs to another is noted, or taken back. Pure."""

from typing import ClassVar

from backend.tickets.commands import Command, Number, Step
from backend.tickets.kinds import Relation


class Link(Command):
    """It belongs to another ticket."""

    step: ClassVar[Step] = Step.LINK

    other: Number | None = None
    relation: Relation = Relation.RELATED


class Unlink(Command):
    """It was linked to another ticket by mistake."""

    step: ClassVar[Step] = Step.UNLINK

    other: Number | None = None
