"""One message of the customer to a form, with everything that was known before it."""

from collections.abc import Mapping
from dataclasses import dataclass

from actions.state import IntakeState
from actions.turn import Turn


@dataclass(frozen=True)
class Exchange:
    """A message, and how things stood when it came.

    ``requested`` is the slot that was asked for; None when the message opens the form. ``greeted``: another
    form was left for this one, with words of its own.
    """

    conversation_id: str
    turn: Turn
    slots: dict[str, str | None]
    state: IntakeState
    requested: str | None = None
    greeted: bool = False

    @property
    def opens(self) -> bool:
        """Tell whether the message opens the form."""
        return self.requested is None

    @property
    def only_asks(self) -> bool:
        """Tell whether a message that sounds like a matter is a question about such matters, asked calmly."""
        turn = self.turn
        return (
            self.opens and not self.greeted and turn.is_question and not (turn.choice or turn.signals.anger)
        )

    @property
    def asked_before(self) -> Mapping[str, int]:
        """Return how often each answer had been expected in this form before this message."""
        return {} if self.opens else self.state.asked

    def request_id(self, deed: str) -> str:
        """Return the key under which the backend does it once, however often this message is handled."""
        return f"{self.turn.message_id or f'{self.conversation_id}:{self.state.run}'}:{deed}"
