"""What a scenario asks for: declared by each scenario, interpreted by :mod:`actions.intake`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from actions.answers import (
    Reader,
    chinese_length,
    read_item,
    read_name,
    read_past_date,
    read_phone,
    read_words,
)

Slots = Mapping[str, str | None]
Need = Callable[[Slots], bool]

CONFIRMATION = "confirmation"
CHANGE_ITEM = "change_item"

TELLING_LENGTH = 12
"""Characters from which a description says by itself what is wrong."""

ENTITY_SLOTS: Mapping[str, str] = {
    "product": "product",
    "brand": "brand",
    "model": "model",
    "serial_number": "serial_number",
    "order_number": "order_number",
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

    ``reader`` reads an answer that no entity covers; None means that only entities answer.
    ``verbatim`` questions take any words as the answer. A ticket without a ``required`` one is incomplete
    (R10-6.1.5). ``limit`` is how often the question is asked before
    the dialogue goes on without it; ``refusals`` how often it may be declined before it is left out.
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


def in_words(
    slot: str, *, due: Need = always, into_description: bool = False, required: bool = False
) -> Question:
    """Return a question that any words answer."""
    return Question(
        slot, read_words, verbatim=True, due=due, into_description=into_description, required=required
    )


def lacks(*slots: str) -> Need:
    """Return the condition that none of these slots is filled."""
    return lambda values: not any(values.get(slot) for slot in slots)


DESCRIPTION = in_words("description", into_description=True, required=True)
PRODUCT = Question("product", read_item, required=True)
PURCHASE_DATE = Question("purchase_date", read_past_date, words_slot="purchase_words")
DEMAND = Question("demand", default="handle", words_slot="demand_words")
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
        return bool(kinds.intersection(self.content_entities)) or chinese_length(text) >= TELLING_LENGTH
