"""Scores of extracted entities against annotated ones, as `tests/nlu_sets/README.md` defines them.

Three ways to be right: `strict` (the same characters), `lenient` (at least half of the longer span is shared)
and `headline` (lenient, and for types with closed values the value too). Annotations marked optional neither
earn nor cost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.nlu.lexicon import load_section
from bot.nlu.text import fold

CLOSED = frozenset(
    {
        "model",
        "serial_number",
        "order_number",
        "material_number",
        "ticket_number",
        "purchase_date",
        "incident_time",
        "quantity",
        "defective_quantity",
        "money",
        "phone",
        "demand",
    }
)
"""Types whose value can be right or wrong; of the others the words themselves are the value."""

_CODES = frozenset({"model", "serial_number", "order_number", "material_number", "ticket_number"})
_PEOPLE_AND_PLACES = frozenset({"shop", "staff", "person_name"})
_TO_THE_HOUR = len("2026-11-23T10")
_HALF = 2


@dataclass(frozen=True)
class Mention:
    """One entity at its place in the text, annotated or extracted."""

    entity: str
    start: int
    end: int
    value: str


@dataclass(frozen=True)
class Line:
    """One annotated text: what must be found, and what may be."""

    identifier: str
    text: str
    now: str
    required: tuple[Mention, ...]
    optional: tuple[Mention, ...]

    @classmethod
    def read(cls, row: dict[str, Any]) -> Line:
        """Read one line of a set; raises KeyError or ValueError when it is not of that form."""
        text = row["text"]
        return cls(
            row["id"],
            text,
            row["now"],
            tuple(_mention(text, entity) for entity in row["entities"]),
            tuple(_mention(text, entity) for entity in row.get("optional", [])),
        )


def _mention(text: str, entity: dict[str, Any]) -> Mention:
    start = entity["start"] if "start" in entity else text.index(entity["text"])
    return Mention(entity["entity"], start, start + len(entity["text"]), entity["value"])


Same = Callable[[Mention, Mention], bool]


def strict(true: Mention, found: Mention) -> bool:
    """Tell whether both are the same characters."""
    return (true.start, true.end) == (found.start, found.end)


def lenient(true: Mention, found: Mention) -> bool:
    """Tell whether at least half of the longer span is shared."""
    shared = min(true.end, found.end) - max(true.start, found.start)
    return shared > 0 and shared * _HALF >= max(true.end - true.start, found.end - found.start)


def headline(true: Mention, found: Mention) -> bool:
    """Tell whether the span is about right and a closed value is the same."""
    return lenient(true, found) and (true.entity not in CLOSED or same_value(true, found))


def _touches(true: Mention, found: Mention) -> bool:
    return true.start < found.end and found.start < true.end


def same_value(true: Mention, found: Mention) -> bool:
    """Tell whether the normalised values are equal."""
    return comparable(true.entity, true.value) == comparable(found.entity, found.value)


def comparable(entity: str, value: str) -> str:
    """Give a value in the form in which values of its type are compared."""
    folded = "".join(fold(value).text.split())
    if entity in _CODES:
        return folded.upper()
    if entity == "phone":
        return "".join(char for char in folded if char.isdigit())
    if entity == "incident_time":
        return folded[:_TO_THE_HOUR]
    if entity in _PEOPLE_AND_PLACES:
        return load_section("people").pattern("pointing").sub("", folded)
    return folded


@dataclass(frozen=True)
class Outcome:
    """How the entities of one text fared under one way to be right."""

    right: tuple[tuple[Mention, Mention], ...]
    missed: tuple[Mention, ...]
    wrong: tuple[Mention, ...]


def compare(line: Line, found: Sequence[Mention], same: Same) -> Outcome:
    """Pair annotated with extracted entities of one text, each at most once."""
    left = list(found)
    right: list[tuple[Mention, Mention]] = []
    missed: list[Mention] = []
    for true in line.required:
        match = next((one for one in left if one.entity == true.entity and same(true, one)), None)
        if match is None:
            missed.append(true)
        else:
            left.remove(match)
            right.append((true, match))
    wrong = [one for one in left if not any(_excused(may, one) for may in line.optional)]
    return Outcome(tuple(right), tuple(missed), tuple(wrong))


def _excused(optional: Mention, found: Mention) -> bool:
    return optional.entity == found.entity and _touches(optional, found)


@dataclass
class Tally:
    """Counts of right, missed and wrong entities."""

    right: int = 0
    missed: int = 0
    wrong: int = 0

    def scores(self) -> dict[str, Any]:
        """Give precision, recall and F1 with the counts they come from; 0 where nothing is right."""
        found, true = self.right + self.wrong, self.right + self.missed
        precision = self.right / found if found else 0.0
        recall = self.right / true if true else 0.0
        f1 = 2 * self.right / (found + true) if found + true else 0.0
        return {
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(f1, 4),
            "true": true,
            "found": found,
        }


def tally(outcomes: Iterable[Outcome]) -> dict[str, Any]:
    """Add outcomes up: `micro` over everything, and `by_type`."""
    whole: Tally = Tally()
    types: dict[str, Tally] = {}
    for outcome in outcomes:
        for counted, names in (
            ("right", [true.entity for true, _ in outcome.right]),
            ("missed", [true.entity for true in outcome.missed]),
            ("wrong", [found.entity for found in outcome.wrong]),
        ):
            for name, count in Counter(names).items():
                for one in (whole, types.setdefault(name, Tally())):
                    setattr(one, counted, getattr(one, counted) + count)
    return {"micro": whole.scores(), "by_type": {name: types[name].scores() for name in sorted(types)}}


def value_accuracy(outcomes: Iterable[Outcome]) -> dict[str, float]:
    """Give the share of right values among entities found where they stand, by type and over `all`."""
    hits: dict[str, list[bool]] = {"all": []}
    for outcome in outcomes:
        for true, found in outcome.right:
            hits["all"].append(same_value(true, found))
            hits.setdefault(true.entity, []).append(same_value(true, found))
    return {name: round(sum(values) / len(values), 4) for name, values in sorted(hits.items()) if values}


def entity_scores(lines: Sequence[Line], found: Sequence[Sequence[Mention]]) -> dict[str, Any]:
    """Score the extraction of every line in the three ways, and the values."""
    outcomes = {
        name: [compare(line, mentions, same) for line, mentions in zip(lines, found, strict=True)]
        for name, same in (("headline", headline), ("strict", strict), ("lenient", lenient))
    }
    return {
        "texts": len(lines),
        **{name: tally(of) for name, of in outcomes.items()},
        "values": value_accuracy(outcomes["lenient"]),
        "errors": [
            _error(line, outcome)
            for line, outcome in zip(lines, outcomes["headline"], strict=True)
            if outcome.missed or outcome.wrong
        ],
    }


def _error(line: Line, outcome: Outcome) -> dict[str, Any]:
    def told(mentions: Sequence[Mention]) -> list[str]:
        return [f"{one.entity} {line.text[one.start : one.end]} = {one.value}" for one in mentions]

    missed, wrong = told(outcome.missed), told(outcome.wrong)
    return {"id": line.identifier, "text": line.text, "missed": missed, "wrong": wrong}
