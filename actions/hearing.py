"""What a message brings for the slots of a form, whatever was asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from actions.answers import (
    Reading,
    chinese_length,
    is_full_date,
    read_count,
    read_past_date,
    read_phone,
    with_last_digits,
)
from actions.form_spec import CHANGE_ITEM, CONFIRMATION, LEFT_TO_US, FormSpec, Slots
from actions.matters import MATTERS
from actions.turn import Entity, Turn
from actions.wording import domain_wording

TELLING = 12
"""Characters from which a message that names no fault but that there is one may tell it in other words."""

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

_BOUGHT = {"purchase_date", "purchase_words"}

_NOT_IN_QUESTIONS = {"demand", "staff"}
"""What a question about how things are done names in passing."""

_RESTATED = {"product", "purchase_date", "phone", "customer_name", "address"}
"""Slots of which a customer has one: told again in a message that says nothing else, the last word counts."""

_WORDS_OF = {"purchase_date": "purchase_words"}


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


def asks_only(turn: Turn, requested: str | None) -> bool:
    """Tell whether a message asks something back; a wish in the form of a question is a wish."""
    wish = requested == "demand" and turn.has("demand") and "question" not in turn.marks
    return turn.is_question and not wish


def spare(turn: Turn) -> float:
    """Return the share of the message that names nothing."""
    length = chinese_length(turn.text)
    return 1 - named_length(turn) / length if length else 0.0


def named_length(turn: Turn) -> int:
    """Count the letters and digits of everything that the message names."""
    return sum(chinese_length(entity.words) for entity in turn.entities)


def renames_product(turn: Turn, slots: Slots) -> bool:
    """Tell whether the product on record is named next to another one: not this, but that."""
    named = {entity.value for entity in turn.entities if entity.kind == "product"}
    return len(named) > 1 and slots.get("product") in named


class _Listener:
    """Collects values from the entities of one message."""

    def __init__(self, spec: FormSpec, slots: Slots, turn: Turn, requested: str | None, today: date) -> None:
        self._spec, self._slots, self._turn = spec, slots, turn
        self._requested, self._today = requested, today
        self._replaces = corrects(turn, requested) or renames_product(turn, slots)
        self.values: dict[str, str] = {}
        self.problem: Reading | None = None

    def take(self, entity: Entity) -> None:
        slot = self._slot_of(entity)
        if slot is None or self._says_nothing(entity):
            return
        if slot in self.values and not (self._replaces or self.values[slot] == LEFT_TO_US):
            return
        reading = _value(slot, entity, self._today)
        if reading.value is None:
            if slot == self._requested and reading.problem:
                self.problem = reading
        elif reading.value != self._slots.get(slot) and self._may_take(slot):
            self.values[slot] = reading.value
            if slot in _WORDS_OF:
                self.values[_WORDS_OF[slot]] = (
                    "" if is_full_date(entity.words, reading.value) else entity.words
                )

    def _says_nothing(self, entity: Entity) -> bool:
        if entity.kind in _NOT_IN_QUESTIONS and asks_only(self._turn, self._requested):
            return True
        return entity.vague and (entity.kind == "product" or chinese_length(self._turn.text) < TELLING)

    def _slot_of(self, entity: Entity) -> str | None:
        slot = self._spec.slot_of(entity.kind, self._requested)
        stand_in = self._spec.stand_ins.get(entity.kind)
        if slot is None and stand_in and self._turn.means("correct", "deny") and self._slots.get(stand_in):
            return stand_in
        return slot

    def _may_take(self, slot: str) -> bool:
        if not self._slots.get(slot) or self._replaces or slot == self._requested:
            return True
        if slot == "demand":
            return self._replaces_demand()
        if slot == "staff" and domain_wording().is_role(self._slots["staff"] or ""):
            return True
        told_again = slot in _RESTATED and not self._turn.means(*MATTERS)
        return told_again and spare(self._turn) <= FEW

    def _replaces_demand(self) -> bool:
        """Tell whether the customer now wants something else than was said before."""
        if self._slots["demand"] == LEFT_TO_US or "instead" in self._turn.marks:
            return True
        return self._requested in {CONFIRMATION, CHANGE_ITEM} and spare(self._turn) <= FEW


def hear(spec: FormSpec, slots: Slots, turn: Turn, requested: str | None, today: date) -> Heard:
    """Collect what a message brings for the slots of a form, whatever was asked."""
    listener = _Listener(spec, slots, turn, requested, today)
    for entity in turn.entities:
        listener.take(entity)
    values, problem = listener.values, listener.problem
    if "began" in turn.marks:
        # since when it has been so is not when it was bought
        values = {slot: value for slot, value in values.items() if slot not in _BOUGHT}
    if turn.demand and spec.question("demand"):
        values["demand"] = turn.demand
    if values.get("demand") and slots.get("demand_words"):
        values["demand_words"] = ""
    digits = corrected_phone(slots, turn, today)
    if digits:
        values = {slot: value for slot, value in values.items() if slot not in _NUMBERS} | {"phone": digits}
    mistaken = read_phone(turn.text, today) if requested == "phone" else Reading()
    if mistaken.problem and "phone" not in values:
        values = {slot: value for slot, value in values.items() if slot not in _NUMBERS}
        problem = mistaken
    return Heard(values, problem)


def corrected_phone(slots: Slots, turn: Turn, today: date) -> str | None:
    """Return the phone number with its last digits corrected, if that is what the message does."""
    about_the_phone = "phone" in turn.labels or "phone_end" in turn.marks
    if not about_the_phone or turn.has("phone"):
        return None
    return with_last_digits(slots.get("phone"), turn.text, today)


def _value(slot: str, entity: Entity, today: date) -> Reading:
    if slot in _CHECKED:
        return _CHECKED[slot](entity.value, today)
    return Reading(value=entity.words if slot == "fault" else entity.value)
