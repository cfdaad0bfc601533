"""What conditions of escalation may ask about: every fact, its type, and the values it can take.

A condition is held against this table before it is tried, so that a misspelt fact, a value that never occurs
or a comparison of unlike things stops the start. From the table come also the cases that stand for all
others: of each fact that a condition mentions only the values that it tells apart matter.
"""

import itertools
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, get_args

import cel

from backend.policy.clock_rules import STAGES
from backend.policy.escalation_file import Trigger
from backend.policy.routing import KINDS, SEVERITIES
from backend.policy.workflow import LEVELS

EVENTS: tuple[str, ...] = get_args(Trigger)
CLOCK_EVENTS = frozenset({"clock_warned", "clock_breached"})
MAX_CASES = 20_000
SEED = 20


class Type(StrEnum):
    """Types of facts, as CEL knows them."""

    TEXT = "text"
    INTEGER = "whole number"
    DECIMAL = "number"
    FLAG = "true or false"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact's type. `values` are all that a text can be; none: any text, empty for unknown."""

    type: Type
    values: tuple[str, ...] = ()


_TEXT, _INTEGER, _DECIMAL, _FLAG = Fact(Type.TEXT), Fact(Type.INTEGER), Fact(Type.DECIMAL), Fact(Type.FLAG)


def _one_of(*values: str) -> Fact:
    return Fact(Type.TEXT, values)


FACTS: Mapping[str, Fact] = MappingProxyType(
    {
        "ticket.kind": _one_of(*KINDS),
        "ticket.secondary_kind": _one_of("", *KINDS),
        "ticket.severity": _one_of(*SEVERITIES),
        "ticket.hazard": _FLAG,
        "ticket.intake": _one_of("complete", "incomplete", "raw"),
        "ticket.stage": _one_of(*STAGES),
        "ticket.department": _TEXT,
        "ticket.priority": _one_of("normal", "high", "urgent"),
        "ticket.level": _one_of(*LEVELS),
        "ticket.cause_class": _one_of("", "quality", "human", "other"),
        "ticket.claim_amount": _DECIMAL,
        "ticket.repeats": _INTEGER,
        "ticket.urged": _INTEGER,
        "ticket.reopened": _INTEGER,
        "ticket.age_hours": _DECIMAL,
        "ticket.assignee": _TEXT,
        "ticket.channel": _TEXT,
        "ticket.demand": _TEXT,
        "ticket.awaiting_customer": _FLAG,
        "ticket.reply_required": _one_of("none", "written"),
        "customer.open_tickets": _INTEGER,
        "customer.tickets_90d": _INTEGER,
        "customer.verified": _FLAG,
        "customer.key_customer": _FLAG,
        "signals.anger": _INTEGER,
        "signals.threat": _FLAG,
        "signals.vulnerable": _FLAG,
        "signals.repeated": _FLAG,
        "signals.wants_human": _FLAG,
        "signals.hazard_kind": _one_of("", "explosion", "gas", "fire", "electric", "smoke", "injury"),
        "warranty.state": _one_of("in", "out", "unknown", "none"),
        "warranty.fee_refused": _FLAG,
        "event.type": _one_of(*EVENTS),
        "event.clock": _TEXT,
        "event.stage": _one_of("", *STAGES),
    }
)
ROOTS = tuple(dict.fromkeys(path.split(".")[0] for path in FACTS))

_STRING = r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'"""
_NUMBER = r"-?\d+(?:\.\d+)?"
_PATH = rf"(?:{'|'.join(ROOTS)})\.[a-z_0-9]+"
_LITERAL = rf"{_STRING}|{_NUMBER}|true\b|false\b"
_STRINGS = re.compile(_STRING)
_NUMBERS = re.compile(rf"(?<![\w.]){_NUMBER}(?![\w.])")
_PATHS = re.compile(rf"(?<![\w.])({_PATH})(?!\w)")
_BARE_ROOT = re.compile(rf"(?<![\w.])({'|'.join(ROOTS)})(?!\w|\.[a-z_])")
_COMPARED = re.compile(rf"(?<![\w.])({_PATH})\s*(?:==|!=|<=|>=|<|>)\s*({_LITERAL})")
_COMPARED_BACKWARDS = re.compile(rf"({_LITERAL})\s*(?:==|!=|<=|>=|<|>)\s*({_PATH})(?!\w)")
_LISTED = re.compile(rf"(?<![\w.])({_PATH})\s+in\s*\[([^\]]*)\]")
_LITERALS = re.compile(_LITERAL)


class UnknownFactError(ValueError):
    """A condition asks what nobody can tell, or compares what cannot be equal."""


def mentioned(condition: str) -> tuple[str, ...]:
    """The facts that a condition names, sorted: what it says about a ticket rests on these alone."""
    return tuple(sorted(set(_PATHS.findall(_STRINGS.sub('""', condition)))))


def require_known(condition: str) -> None:
    """Hold a condition against the table of facts.

    Raises:
        UnknownFactError: says which fact or value is not in it.
    """
    plain = _STRINGS.sub('""', condition)
    for path in mentioned(condition):
        if path not in FACTS:
            raise UnknownFactError(f"{path} is not among the facts")
    if bare := _BARE_ROOT.search(plain):
        raise UnknownFactError(f"{bare[1]} must be followed by the name of a fact, as in {bare[1]}.kind")
    strange = sorted(set(cel.compile(condition).variables()) - set(ROOTS))
    if strange:
        raise UnknownFactError(f"{strange[0]} is not among the facts")
    for path, literal in _comparisons(condition):
        _require_possible(path, literal)


def cases(condition: str, events: Iterable[str]) -> Iterator[dict[str, dict[str, Any]]]:
    """Facts that stand for all there can be, as far as the condition tells them apart.

    All combinations up to `MAX_CASES`, else so many drawn at random (always the same ones).
    """
    return combined([condition], events)


def combined(conditions: list[str], events: Iterable[str]) -> Iterator[dict[str, dict[str, Any]]]:
    """The same for several conditions that are tried on the same facts."""
    paths = sorted({path for condition in conditions for path in mentioned(condition)} | {"event.type"})
    choices = [tuple(events) if path == "event.type" else _telling_values(path, conditions) for path in paths]
    total = 1
    for values in choices:
        total *= len(values)
    if total <= MAX_CASES:
        drawn: Iterable[tuple[Any, ...]] = itertools.product(*choices)
    else:
        dice = random.Random(SEED)  # noqa: S311  # a sample, not a secret
        drawn = (tuple(dice.choice(values) for values in choices) for _ in range(MAX_CASES))
    for values in drawn:
        case = dict(zip(paths, values, strict=True))
        if _possible(case):
            yield nested(case)


def nested(flat: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Facts by root, as conditions read them, from facts by path."""
    facts: dict[str, dict[str, Any]] = {}
    for path, value in flat.items():
        root, name = path.split(".")
        facts.setdefault(root, {})[name] = value
    return facts


def _possible(case: Mapping[str, Any]) -> bool:
    event = case["event.type"]
    if event not in CLOCK_EVENTS and case.get("event.clock"):
        return False
    if (event == "stage_changed") != bool(case.get("event.stage", event == "stage_changed")):
        return False
    return not (case.get("signals.hazard_kind") and case.get("ticket.hazard") is False)


def _telling_values(path: str, conditions: list[str]) -> tuple[Any, ...]:
    fact = FACTS[path]
    if fact.type is Type.FLAG:
        return (False, True)
    if fact.type is Type.TEXT:
        named = [_unquoted(literal) for text in conditions for literal in _STRINGS.findall(text)]
        if not fact.values:
            return tuple(dict.fromkeys(["", "?", *named]))
        used = [value for value in fact.values if value in named]
        others = [value for value in fact.values if value not in named]
        return tuple(used + others[:1] + [value for value in ("",) if value in others[1:]])
    convert: Callable[[float], float] = float if fact.type is Type.DECIMAL else int
    plain = " ".join(_STRINGS.sub('""', condition) for condition in conditions)
    steps = {0.0, 1.0} | {float(found) + step for found in _NUMBERS.findall(plain) for step in (-1, 0, 1)}
    return tuple(sorted({convert(step) for step in steps if step >= 0}))


def _comparisons(condition: str) -> Iterator[tuple[str, str]]:
    for found in _COMPARED.finditer(condition):
        yield found[1], found[2]
    for found in _COMPARED_BACKWARDS.finditer(condition):
        yield found[2], found[1]
    for found in _LISTED.finditer(condition):
        for literal in _LITERALS.findall(found[2]):
            yield found[1], literal


def _require_possible(path: str, literal: str) -> None:
    fact = FACTS[path]
    if literal in {"true", "false"}:
        fits = fact.type is Type.FLAG
    elif literal[0] in "\"'":
        fits = fact.type is Type.TEXT
    else:
        fits = fact.type in {Type.INTEGER, Type.DECIMAL}
    if not fits:
        raise UnknownFactError(f"{path} is {fact.type.value} and cannot be compared with {literal}")
    if fact.values and _unquoted(literal) not in fact.values:
        raise UnknownFactError(f"{path} is never {literal}; it is one of: {', '.join(fact.values)}")


def _unquoted(literal: str) -> str:
    return literal[1:-1].replace("\\" + literal[0], literal[0])
