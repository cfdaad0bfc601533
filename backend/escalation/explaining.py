"""Why a rule fired or did not: its condition taken apart, with the value of each part. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cel

from backend.escalation.rules import Facts, values
from backend.policy.escalation import EscalationRule

OPENING, CLOSING = "([{", ")]}"
CONNECTIVES = ("&&", "||")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a condition that is true or false by itself."""

    text: str
    value: Any


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a rule stands to some facts.

    Attributes:
        heard: whether it listens to what happened.
        holds: whether its condition holds.
        parts: the condition's parts with their values, in order.
        facts: by path, the values of the facts it names.
    """

    rule: EscalationRule
    heard: bool
    holds: bool
    parts: tuple[Part, ...]
    facts: dict[str, Any]


def explained(rule: EscalationRule, facts: Facts) -> Explanation:
    """The rule held against the facts."""
    context = cel.Context(dict(facts))
    return Explanation(
        rule=rule,
        heard=facts["event"]["type"] in rule.on,
        holds=rule.condition.execute(context) is True,
        parts=tuple(Part(text, cel.compile(text).execute(context)) for text in parts(rule.when)),
        facts=values(rule.mentions, facts),
    )


def parts(condition: str) -> Iterator[str]:
    """The expressions that `&&`, `||` and parentheses put together to a condition, in order.

    A negation is a part as it is written: what made a rule fire is then a part that holds.
    """
    text = condition.strip()
    outermost = _outermost(text)
    if "?" in outermost:
        yield text
    elif any(connective in outermost for connective in CONNECTIVES):
        for piece in _split(text):
            yield from parts(piece)
    elif text.startswith("(") and _closes_at(text) == len(text) - 1:
        yield from parts(text[1:-1])
    else:
        yield text


def _split(text: str) -> Iterator[str]:
    start = 0
    outermost = _outermost(text)
    for place in range(len(text) - 1):
        if outermost[place : place + 2] in CONNECTIVES:
            yield text[start:place]
            start = place + 2
    yield text[start:]


def _outermost(text: str) -> str:
    """The text with everything in quotes, parentheses, brackets and braces blanked."""
    shown, depth, quote, escaped = [], 0, "", False
    for character in text:
        inside = depth > 0 or bool(quote)
        if quote:
            if character == quote and not escaped:
                quote = ""
            escaped = character == "\\" and not escaped
        elif character in "\"'":
            quote, inside = character, True
        elif character in OPENING:
            depth, inside = depth + 1, True
        elif character in CLOSING:
            depth -= 1
        shown.append(" " if inside else character)
    return "".join(shown)


def _closes_at(text: str) -> int:
    """Where the parenthesis that opens the text closes."""
    outermost = _outermost(text[1:])
    return outermost.find(")") + 1
