"""Corrections as training examples: one a ticket or conversation, in Rasa's YAML. Pure.

The format is https://rasa.com/docs/rasa/nlu-training-data/ with the long form of examples, whose `metadata`
holds what a reviewer needs and training ignores.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import yaml

FORMAT = "3.1"
INTENTS = {
    "quality_complaint": "quality_complaint",
    "service_complaint": "service_complaint",
    "suggestion": "suggestion",
    "repair_request": "repair_request",
    "return_exchange": "return_exchange",
    "inquiry": "consultation",
}
"""The intent that each kind of ticket is taken down from (docs/labelling.md)."""

UNDECIDED = "to_review"
"""The kind was not corrected: only entities are to be looked at."""

DETAILS = "details"
NO_ENTITIES = frozenset({"kind", "secondary_kind", "severity", "hazard", DETAILS})


@dataclass(frozen=True, slots=True)
class Corrected:
    """One correction as it was kept."""

    origin: str
    subject: str
    text: str
    machine: Mapping[str, Any]
    person: Mapping[str, Any]
    by: str
    at: datetime


@dataclass(slots=True)
class Example:
    """What the machine said first and a person last, of one ticket or conversation."""

    text: str
    at: datetime
    by: str
    machine: dict[str, Any] = field(default_factory=dict)
    person: dict[str, Any] = field(default_factory=dict)


def consolidated(corrections: Iterable[Corrected]) -> list[Example]:
    """One example a ticket or conversation, oldest first; what was put back again is none."""
    examples: dict[tuple[str, str], Example] = {}
    for one in sorted(corrections, key=lambda each: each.at):
        example = examples.setdefault((one.origin, one.subject), Example(one.text, one.at, one.by))
        example.text, example.at, example.by = one.text, one.at, one.by
        for name, value in _flat(one.machine).items():
            example.machine.setdefault(name, value)
        example.person |= _flat(one.person)
    for example in examples.values():
        same = [name for name in example.person if example.machine.get(name) == example.person[name]]
        for name in same:
            example.person.pop(name)
            example.machine.pop(name, None)
    return sorted((one for one in examples.values() if one.person), key=lambda each: each.at)


def training_yaml(examples: Iterable[Example]) -> str:
    """The examples by intent, each with what was said by whom, for somebody to review."""
    by_intent: dict[str, list[dict[str, Any]]] = {}
    for example in examples:
        intent = INTENTS.get(str(example.person.get("kind")), UNDECIDED)
        metadata = {
            "machine": example.machine,
            "person": example.person,
            "entities": [
                {"entity": name, "value": value, "in_text": str(value) in example.text}
                for name, value in example.person.items()
                if name not in NO_ENTITIES and value is not None
            ],
            "corrected_at": example.at.isoformat(),
        }
        entry = {"text": " ".join(example.text.split()) + "\n", "metadata": metadata}
        by_intent.setdefault(intent, []).append(entry)
    nlu = [{"intent": intent, "examples": entries} for intent, entries in sorted(by_intent.items())]
    return yaml.safe_dump({"version": FORMAT, "nlu": nlu}, allow_unicode=True, sort_keys=False, width=10_000)


def _flat(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts with the details among them."""
    details = facts.get(DETAILS) or {}
    return {name: value for name, value in facts.items() if name != DETAILS} | dict(details)
