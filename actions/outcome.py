"""What one turn of a form leads to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from actions.people import People
from actions.state import IntakeState

LONGEST_DESCRIPTION = 4000
"""Characters of description kept on the ticket; the conversation itself keeps everything."""


class Ending(Enum):
    """How a form ends: with a ticket, an answer, with nothing, or in favour of another form that waits."""

    FILE = auto()
    ANSWER = auto()
    CANCEL = auto()
    SWITCH = auto()


@dataclass(frozen=True)
class Saying:
    """A response to utter, with its variables, and quick replies that are known only now."""

    response: str
    variables: Mapping[str, str | int] = field(default_factory=dict)
    buttons: tuple[str, ...] = ()


@dataclass
class Outcome:
    """Slots as they are afterwards, words to say (names of responses), what to ask next, or the end.

    ``spoken``: the customer hears it. ``asks_warranty``: the customer asked where the warranty stands.
    ``people``: who is there, if known. ``handover``: why a person is to take over now. ``leaving``: the words
    with which the bot makes way, said once it is known whether there is a ticket.
    """

    slots: dict[str, str | None]
    state: IntakeState
    says: list[Saying] = field(default_factory=list)
    requested: str | None = None
    ending: Ending | None = None
    spoken: bool = False
    asks_warranty: bool = False
    people: People | None = None
    handover: str | None = None
    leaving: str | None = None

    @property
    def somebody_is_there(self) -> bool:
        """Tell whether a person can take over at once."""
        return self.people is not None and self.people.there

    def make_way(self, reason: str, leaving: str) -> None:
        """Leave the conversation to a person who is there."""
        self.handover, self.leaving = reason, leaving

    def say(
        self,
        response: str,
        variables: Mapping[str, str | int] | None = None,
        buttons: tuple[str, ...] = (),
    ) -> None:
        """Add a response to utter."""
        self.says.append(Saying(response, variables or {}, buttons))

    def take_in_what_waits(self) -> None:
        """Leave other matters to the person who takes over, with this one: the bot opens none any more."""
        for message in self.state.waiting:
            self.add_words(str(message["text"]))
        self.state = self.state.but(waiting=())

    def add_words(self, words: str) -> None:
        """Add the customer's own words to the description."""
        told = self.slots.get("description")
        text = f"{told}\n{words}" if told else words
        self.slots["description"] = text[:LONGEST_DESCRIPTION]
