"""What a message does in the middle of a form: an answer, a wish, an aside, or something not understood."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto

from actions.answers import Reading, chinese_length, is_full_date, read_count, read_past_date, read_phone
from actions.form_spec import CHANGE_ITEM, CONFIRMATION, FormSpec, Question, Slots
from actions.turn import Entity, Turn

MATTERS = ("quality_complaint", "service_complaint", "repair_request", "return_exchange", "suggestion")
ASIDES = ("greet", "thanks", "bye", "consultation", "warranty_inquiry", "status_query")
_ABOUT_A_PRODUCT = ("quality_complaint", "repair_request", "return_exchange")

SURE = 0.6
VERY_SURE = 0.75
"""Confidence from which an aside is believed where any words could be the answer."""

CERTAIN = 0.85
"""Confidence from which everything told is given up; below, it is asked again."""

SHORT_WORDS = 12
"""Characters up to which words answer an open question, rather than being more of the story."""

VERB_OF_A_NAME = 2
"""Characters that introduce a name."""

FEW = 0.5
"""Share of a message beside the things named in it, up to which it says nothing but them."""

_CHECKED = {
    "phone": read_phone,
    "purchase_date": read_past_date,
    "quantity": read_count,
    "defective_quantity": read_count,
}


_NUMBERS = {"order_number", "serial_number", "related_ticket", "quantity", "defective_quantity", "amount"}
"""Slots for which a mistyped phone number could be taken."""


class Act(Enum):
    """What a message does."""

    ANSWER = auto()
    CONFIRM = auto()
    CHANGE = auto()
    UNCHANGED = auto()
    CANCEL = auto()
    HUMAN = auto()
    SKIP = auto()
    REPEAT = auto()
    ASIDE = auto()
    MORE = auto()
    SECOND = auto()
    SWITCH = auto()
    UNCLEAR = auto()


_CHOICES = {
    "confirm": Act.CONFIRM,
    "change": Act.CHANGE,
    "unchanged": Act.UNCHANGED,
    "cancel": Act.CANCEL,
    "skip": Act.SKIP,
    "human": Act.HUMAN,
    "continue": Act.REPEAT,
}


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
    def is_about_others(self) -> bool:
        """Tell whether the message answers something, but not what was asked."""
        if not self.values or self.question is None or "fault" in self.values:
            return False
        return not self.question.verbatim or "demand" in self.values or self._spare <= FEW or self._is_a_name

    @property
    def tells_more(self) -> bool:
        """Tell whether a long message told more than the answer to the question."""
        taken = self.question is not None and self.question.verbatim and not self.is_about_others
        return not taken and chinese_length(self.turn.text) > SHORT_WORDS and self._spare > FEW

    @property
    def _spare(self) -> float:
        """Return the share of the message that names nothing."""
        length = chinese_length(self.turn.text)
        return 1 - self._named / length if length else 0.0

    @property
    def _is_a_name(self) -> bool:
        """Tell whether the message is a name with no more than a verb before it."""
        return (
            "customer_name" in self.values and chinese_length(self.turn.text) - self._named <= VERB_OF_A_NAME
        )

    @property
    def _named(self) -> int:
        return sum(chinese_length(entity.words) for entity in self.turn.entities)


@dataclass(frozen=True)
class Heard:
    """Values that a message brings, by slot, and what is wrong with the one that was asked for."""

    values: Mapping[str, str] = field(default_factory=dict)
    problem: Reading | None = None


def corrects(turn: Turn, requested: str | None) -> bool:
    """Tell whether values in this message replace what was said before."""
    if turn.means("correct", "deny", confidence=0.4):
        return True
    return requested in {CONFIRMATION, CHANGE_ITEM} and not turn.means(*MATTERS)


def hear(spec: FormSpec, slots: Slots, turn: Turn, requested: str | None, today: date) -> Heard:
    """Collect what a message brings for the slots of a form, whatever was asked."""
    values: dict[str, str] = {}
    problem: Reading | None = None
    replaces = corrects(turn, requested) or renames_product(turn, slots)
    for entity in turn.entities:
        slot = spec.slot_of(entity.kind, requested)
        if slot is None or (slot in values and not replaces):
            continue
        reading = _value(slot, entity, today)
        if reading.value is None:
            problem = reading if slot == requested and reading.problem else problem
        elif reading.value != slots.get(slot) and (not slots.get(slot) or replaces or slot == requested):
            values[slot] = reading.value
            if slot == "purchase_date":
                values["purchase_words"] = "" if is_full_date(entity.words) else entity.words
    if turn.demand and spec.question("demand"):
        values["demand"] = turn.demand
    mistaken = read_phone(turn.text, today) if requested == "phone" else Reading()
    if mistaken.problem and "phone" not in values:
        values = {slot: value for slot, value in values.items() if slot not in _NUMBERS}
        problem = mistaken
    return Heard(values, problem)


def _value(slot: str, entity: Entity, today: date) -> Reading:
    if slot in _CHECKED:
        return _CHECKED[slot](entity.value, today)
    return Reading(value=entity.words if slot == "fault" else entity.value)


def renames_product(turn: Turn, slots: Slots) -> bool:
    """Tell whether the product on record is named next to another one: not this, but that."""
    named = {entity.value for entity in turn.entities if entity.kind == "product"}
    return len(named) > 1 and slots.get("product") in named


def read_reply(spec: FormSpec, slots: Slots, turn: Turn, requested: str, today: date) -> Reply:
    """Read a message while a slot is asked for."""
    heard = hear(spec, slots, turn, requested, today)
    question = spec.question(requested)
    reading = heard.problem or _read_words(question, turn, today)
    return Reply(turn, requested, question, heard.values, reading)


def _read_words(question: Question | None, turn: Turn, today: date) -> Reading:
    if question is None or question.reader is None:
        return Reading()
    if question.slot == "customer_name" and (turn.entities or turn.means(*MATTERS, "other")):
        return Reading()
    return question.reader(turn.text, today)


def understand(reply: Reply, spec: FormSpec, slots: Slots, *, told: bool) -> Act:
    """Decide what a message does while a slot is asked for; ``told`` says that the matter has been told."""
    wish = _wish(reply)
    if wish is not None:
        return wish
    if _opens_other_matter(reply, slots):
        return Act.SECOND
    if _is_another_kind(reply, spec, told=told):
        return Act.SWITCH
    if reply.requested in {CONFIRMATION, CHANGE_ITEM}:
        return _at_the_end(reply)
    return _at_a_question(reply)


def _wish(reply: Reply) -> Act | None:
    turn = reply.turn
    if turn.choice in _CHOICES:
        return _CHOICES[turn.choice]
    if reply.requested in reply.values:
        return Act.ANSWER
    if turn.means("cancel", confidence=CERTAIN):
        return Act.CANCEL
    if turn.means("human_request", confidence=SURE) or turn.signals.wants_human:
        return Act.HUMAN
    return Act.REPEAT if turn.means("repeat", confidence=SURE) else None


def _opens_other_matter(reply: Reply, slots: Slots) -> bool:
    """Tell whether the customer speaks of another product than the one being taken down."""
    named = {entity.value for entity in reply.turn.entities if entity.kind == "product"}
    known = slots.get("product")
    if not known or not named or known in named or reply.requested == CHANGE_ITEM:
        return False
    return reply.turn.means(*_ABOUT_A_PRODUCT, confidence=SURE)


def _is_another_kind(reply: Reply, spec: FormSpec, *, told: bool) -> bool:
    """Tell whether what comes out now is a matter of another kind than the form that was opened for it."""
    if reply.requested in reply.values or not (spec.kind == "inquiry" or (spec.apologises and not told)):
        return False
    return matter_of(reply.turn, spec) not in {None, spec.kind}


def matter_of(turn: Turn, spec: FormSpec) -> str | None:
    """Return the matter that a message opens, by its intent or, where a fault is named, by that.

    Once a complaint was opened, a product that is to be repaired or given back is a complaint about it.
    """
    surely = turn.means(*MATTERS, confidence=SURE)
    if surely and not (spec.apologises and turn.intent in _ABOUT_A_PRODUCT):
        return turn.intent
    return "quality_complaint" if surely or turn.has("fault") else None


_AT_CONFIRMATION = {"affirm": Act.CONFIRM, "deny": Act.CHANGE, "skip": Act.CHANGE, "correct": Act.CHANGE}
_AT_CHANGE = {"affirm": Act.UNCHANGED, "deny": Act.UNCHANGED, "skip": Act.UNCHANGED, "correct": Act.CHANGE}


def _at_the_end(reply: Reply) -> Act:
    turn, changing = reply.turn, reply.requested == CHANGE_ITEM
    if reply.values:
        return Act.ANSWER
    plain_words = _AT_CHANGE if changing else _AT_CONFIRMATION
    if turn.means(*plain_words) and not (changing and turn.labels):
        return plain_words[turn.intent]
    if turn.labels and (changing or chinese_length(turn.text) <= SHORT_WORDS):
        return Act.CHANGE
    if turn.means(*MATTERS):
        return Act.MORE
    return Act.ASIDE if turn.means(*ASIDES, "other", confidence=SURE) else Act.UNCLEAR


def _at_a_question(reply: Reply) -> Act:
    turn, question = reply.turn, reply.question
    if turn.means("correct") or question is None:
        return Act.ANSWER if reply.values else Act.CHANGE
    wordy = question.verbatim and chinese_length(turn.text) > SHORT_WORDS
    if not reply.values and not wordy:
        if turn.means("skip", "deny"):
            return Act.SKIP
        if turn.means("affirm"):
            return Act.REPEAT
    if turn.means(*ASIDES, confidence=VERY_SURE if question.verbatim else SURE):
        return Act.ASIDE
    return _told(reply, question)


def _told(reply: Reply, question: Question) -> Act:
    turn = reply.turn
    story = turn.means(*MATTERS) and not question.into_description and chinese_length(turn.text) > 0
    if story and question.verbatim and chinese_length(turn.text) > SHORT_WORDS:
        return Act.MORE
    if reply.reading.value or reply.values:
        return Act.ANSWER
    if reply.reading.problem:
        return Act.UNCLEAR
    if question.default and question.words_slot and not turn.means("other", confidence=SURE):
        return Act.ANSWER
    if story or chinese_length(turn.text) > SHORT_WORDS:
        return Act.MORE
    return Act.ASIDE if turn.means("other", confidence=SURE) or turn.signals.anger > 1 else Act.UNCLEAR
