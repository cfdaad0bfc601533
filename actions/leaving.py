"""Stopping in the middle: for now, for good, or with what was told kept on record (R10-6.1.5)."""

from actions.form_spec import KEEPING, RESUMPTION
from actions.matters import SURE
from actions.outcome import Ending
from actions.scene import Scene
from actions.turn import NOT_UNDERSTOOD, Turn

GONE_SECONDS = 4 * 3600
"""Silence after which a customer who comes back is asked whether to go on from where it stopped."""

LONGEST_REMINDER = 30
"""Characters of the customer's own words by which a matter is recalled."""

_GOES_ON = ("continue", "confirm", "opening")
_COURTESIES = ("greet", "affirm", "thanks", "repeat")


class Leaving:
    """Pauses, cancels, keeps and takes up again."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._out, self._agenda = scene.out, scene.agenda

    def pause(self) -> None:
        """Stop for now; everything told stays."""
        self._agenda.ask(RESUMPTION)
        self._out.slots["ask_round"] = "paused"

    def cancel(self) -> None:
        """Give up; what makes a ticket is kept only if the customer wants it kept."""
        slots, state = self._out.slots, self._out.state
        told = state.told or slots.get("product")
        if slots.get("phone") and told and not self._scene.is_for_a_person:
            self._agenda.ask(KEEPING)
        else:
            self._give_up()

    def _give_up(self) -> None:
        draft = self._out.state.draft
        if draft:
            self._out.say("utter_cancelled_draft", {"number": draft})
        else:
            self._out.say("utter_cancelled")
        self._out.ending = Ending.CANCEL

    def keeping(self, turn: Turn) -> bool:
        """Take the answer to whether it shall be kept; tell whether the message was one."""
        if turn.choice in {"keep", "confirm"} or turn.means("affirm"):
            self._scene.note(kept=True)
            self._out.ending = Ending.FILE
        elif turn.choice == "continue":
            self._go_on()
        elif turn.entities or turn.means("repeat", confidence=SURE):
            return False
        else:
            self._give_up()
        return True

    def resumption(self, turn: Turn) -> bool:
        """Take what is said after a pause; tell whether it was about going on, and nothing else."""
        if turn.entities:
            return False
        if turn.choice in _GOES_ON or turn.means(*_COURTESIES):
            self._go_on()
        elif "pause" in turn.marks or turn.means("bye", "thanks"):
            self.pause()
        elif turn.choice == "drop" or turn.means("deny", "cancel"):
            self.cancel()
        else:
            return False
        return True

    def comes_back(self, turn: Turn) -> bool:
        """Offer to go on to a customer who was away for long and only says hello; tell whether it was so."""
        spoke_at = self._out.state.spoke_at
        if not spoke_at or turn.at - spoke_at < GONE_SECONDS or turn.entities:
            return False
        if not (turn.means("greet", NOT_UNDERSTOOD, confidence=0.0) or turn.choice == "opening"):
            return False
        self._agenda.ask(RESUMPTION)
        self._out.slots["ask_round"] = "back"
        self._out.say("utter_welcome_back", {"words": self._matter()})
        return True

    def _matter(self) -> str:
        words = self._out.slots.get("product") or self._out.state.opening_words
        return words[:LONGEST_REMINDER]

    def _go_on(self) -> None:
        self._out.say("utter_resumed", {"words": self._matter()})
        self._agenda.go_on(None)
