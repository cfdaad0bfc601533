"""What a scenario asks for: declared by each scenario, interpreted by :mod:`actions.intake`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from actions.answers import (
    Reader,
    chinese_length,
    read_code,
    read_item,
    read_model,
    read_name,
    read_past_date,
    read_phone,
    read_words,
)

Slots = Mapping[str, str | None]
Need = Callable[[Slots], bool]

CONFIRMATION = "confirmation"
CHANGE_ITEM = "change_item"
RESUMPTION = "resumption"
KEEPING = "keeping"
MODEL_CHOICE = "model_choice"
"""What every form can ask besides its own questions: to go on, to keep what was told, which model."""

WITH_A_PERSON = "with_a_person"
"""Nothing is asked: a person has the conversation, and what was told waits for the bot to go on."""

LEFT_TO_US = "handle"
"""The demand of a customer who names none: whatever is named later goes before it."""

TELLING_LENGTH = 12
"""Characters from which a description says by itself what is wrong."""

ENTITY_SLOTS: Mapping[str, str] = {
    "product": "product",
    "brand": "brand",
    "model": "model",
    "serial_number": "serial_number",
    "order_number": "order_number",
    "material_number": "material_number",
    "purchase_date": "purchase_date",
    "fault": "fault",
    "quantity": "quantity",
    "defective_quantity": "defective_quantity",
    "money": "amount",
    "phone": "phone",
    "person_name": "customer_name",
    "address": "address",
    "shop": "purchase_place",
    "demand": "demand",
    "ticket_number": "related_ticket",
}
"""Which slot an entity fills, unless the scenario says otherwise."""

KEPT_SLOTS = ("customer_name", "phone")
"""Slots that stay for a second matter in the same conversation."""


def always(_slots: Slots) -> bool:
    """Tell that a question is always due."""
    return True


@dataclass(frozen=True)
class Question:
    """One thing to find out.

    ``reader`` reads an answer that no entity covers; None means that only entities answer. ``verbatim``
    questions take any words as the answer. A ``required`` one is asked even of somebody who wants to be done.
    ``limit`` is how often the question is asked before the dialogue goes on without it; ``refusals`` how
    often it may be declined before it is left out. What was inferred from words (last year, yesterday) is
    ``read_back`` before the next question. A question that the one for the slot ``along`` asks as well, in
    writing, is put by itself only where that one was not.
    """

    slot: str
    reader: Reader | None = None
    verbatim: bool = False
    required: bool = False
    due: Need = always
    limit: int = 2
    refusals: int = 1
    default: str | None = None
    words_slot: str | None = None
    into_description: bool = False
    read_back: bool = False
    along: str | None = None


def in_words(slot: str, **traits: Any) -> Question:
    """Return a question that any words answer."""
    return Question(slot, read_words, verbatim=True, **traits)


def lacks(*slots: str) -> Need:
    """Return the condition that none of these slots is filled."""
    return lambda values: not any(values.get(slot) for slot in slots)


DESCRIPTION = in_words("description", into_description=True, required=True)
PRODUCT = Question("product", read_item, required=True)
MODEL = Question("model", read_model, due=lacks("serial_number"))
PURCHASE_DATE = Question(
    "purchase_date",
    read_past_date,
    due=lacks("serial_number"),
    words_slot="purchase_words",
    read_back=True,
)
PURCHASE_PLACE = Question(
    "purchase_place",
    read_item,
    due=lacks("order_number", "serial_number"),
    limit=1,
    along="purchase_date",
)
ORDER_NUMBER = Question("order_number", read_code, due=lacks("purchase_date", "serial_number"), limit=1)
DEMAND = Question("demand", default=LEFT_TO_US, words_slot="demand_words")
CUSTOMER_NAME = Question("customer_name", read_name)
PHONE = Question("phone", read_phone, required=True, limit=3, refusals=2)


@dataclass(frozen=True)
class FormSpec:
    """What one scenario takes down and as which kind of ticket."""

    stem: str
    kind: str
    questions: tuple[Question, ...]
    apologises: bool = False
    confirms: bool = True
    content_entities: tuple[str, ...] = ()
    entity_slots: Mapping[str, str] = field(default_factory=dict)
    stand_ins: Mapping[str, str] = field(default_factory=dict)
    summary: tuple[str, ...] = ()
    topic: str | None = None
    tells_warranty: bool = False
    telling_length: int = TELLING_LENGTH

    @property
    def form(self) -> str:
        """Return the name of the form in the domain."""
        return f"{self.stem}_form"

    def slot_of(self, entity: str, requested: str | None) -> str | None:
        """Return the slot that an entity fills while this slot is asked for.

        A date that answers a question is what was asked for, whichever kind of date it was taken for.
        """
        if requested and self.stand_ins.get(entity) == requested:
            return requested
        return self.entity_slots.get(entity, ENTITY_SLOTS.get(entity))

    def question(self, slot: str | None) -> Question | None:
        """Return the question for a slot, if the scenario asks it."""
        return next((question for question in self.questions if question.slot == slot), None)

    def tells_something(self, kinds: set[str], text: str) -> bool:
        """Tell whether an opening sentence already says what it is about."""
        return bool(kinds.intersection(self.content_entities)) or chinese_length(text) >= self.telling_length
