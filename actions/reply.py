"""A message in the middle of a form, read against what was asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from actions.answers import Reading, chinese_length, read_past_date
from actions.form_spec import FormSpec, Question, Slots
from actions.hearing import FEW, hear, named_length, spare
from actions.matters import MATTERS
from actions.oddities import oddity
from actions.turn import Turn

SHORT_WORDS = 12
"""Characters up to which words answer an open question, rather than being more of the story."""

VERB_OF_A_NAME = 2
"""Characters that introduce a name."""

OUTBURST = 2
"""Anger from which short words are no answer to a question about facts."""


@dataclass(frozen=True)
class Reply:
    """A message in the middle of a form, and what can be read from it.

    ``values`` is what it brings by slot, whatever was asked; ``reading`` is its words read as the answer to
    the open question, or what is wrong with them.
    """

    turn: Turn
    requested: str
    question: Question | None
    values: Mapping[str, str]
    reading: Reading

    @property
    def intent(self) -> str:
        """Return the intent of the message."""
        return self.turn.intent

    @property
    def is_short(self) -> bool:
        """Tell whether the message is too short to be part of the story."""
        return chinese_length(self.turn.text) <= SHORT_WORDS

    @property
    def is_about_others(self) -> bool:
        """Tell whether the message answers something, but not what was asked."""
        if not self.values or self.question is None or {"fault", self.requested} & self.values.keys():
            return False
        corrected = "phone" in self.values and not self.turn.has("phone")
        narrow = corrected or spare(self.turn) <= FEW or self._is_a_name
        return not self.question.verbatim or "demand" in self.values or narrow

    @property
    def tells_a_fault(self) -> bool:
        """Tell whether the message says what is wrong, which had not been known."""
        return "fault" in self.values

    @property
    def tells_more(self) -> bool:
        """Tell whether a long message told more than the answer to the question."""
        taken = self.question is not None and self.question.verbatim and not self.is_about_others
        told = not taken and not self.is_short and not self.turn.means("correct")
        return told and spare(self.turn) > FEW

    @property
    def is_an_outburst(self) -> bool:
        """Tell whether it is anger where a fact was asked for."""
        if self.values.keys() - {"fault"} or self.turn.signals.anger < OUTBURST:
            return False
        return self.question is not None and not self.question.into_description

    @property
    def _is_a_name(self) -> bool:
        """Tell whether the message is a name with no more than a verb before it."""
        others = chinese_length(self.turn.text) - named_length(self.turn)
        return "customer_name" in self.values and others <= VERB_OF_A_NAME


def read_reply(spec: FormSpec, slots: Slots, turn: Turn, requested: str, today: date) -> Reply:
    """Read a message while a slot is asked for."""
    heard = hear(spec, slots, turn, requested, today)
    question = spec.question(requested)
    reading = heard.problem or _read_words(question, turn, today)
    return Reply(turn, requested, question, heard.values, reading)


def _read_words(question: Question | None, turn: Turn, today: date) -> Reading:
    odd = oddity(turn.text, free=question is not None and question.into_description)
    if odd and not turn.entities:
        return Reading(problem=odd)
    if question is None or question.reader is None:
        return Reading()
    if question.reader is read_past_date and "future" in turn.marks and not turn.entities:
        return Reading(problem="utter_invalid_date")
    no_name = turn.entities or "not_a_name" in turn.marks or turn.means(*MATTERS, "other")
    if question.slot == "customer_name" and no_name:
        return Reading()
    return question.reader(turn.text, today)
