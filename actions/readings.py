"""Two readings of a sentence: which they are, and which one the customer means."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.matters import MATTERS
from actions.turn import Turn, read_turn
from actions.wording import Wording

QUESTIONS = ("consultation", "warranty_inquiry", "status_query")
READABLE = frozenset((*MATTERS, *QUESTIONS))
"""Kinds between which a customer can choose: each has a form of its own."""

LEAST_LIKELY = 0.15
"""A reading less likely than this is not worth the customer's time."""

_FIRST, _SECOND = "first_reading", "second_reading"


def two_readings(turn: Turn) -> tuple[str, str] | None:
    """Return the two likeliest kinds of a message; None when it is not between two that can be offered."""
    likely = [
        name for name, confidence in turn.ranking[:2] if name in READABLE and confidence >= LEAST_LIKELY
    ]
    return (likely[0], likely[1]) if len(likely) > 1 else None


def pending(turn: Turn, readings: tuple[str, str]) -> dict[str, Any]:
    """Return what is kept of the sentence while the customer is asked: it is not to be said again."""
    return {"message": turn.to_message(), "readings": list(readings)}


def chosen(turn: Turn, kept: Mapping[str, Any] | None) -> str | None:
    """Return the reading that an answer such as "the first one" points to."""
    if not kept:
        return None
    places = {_FIRST: 0, _SECOND: 1}
    return kept["readings"][places[turn.choice]] if turn.choice in places else None


def resumed(kept: Mapping[str, Any], intent: str, wording: Wording) -> Turn:
    """Return the sentence that was kept, now surely understood."""
    return read_turn({**kept["message"], "intent": {"name": intent, "confidence": 1.0}}, wording)


def gone_on(kept: Mapping[str, Any], turn: Turn, intent: str, wording: Wording) -> Turn:
    """Return the sentence that opens a form for ``intent``: the one that was kept, where it was of this kind.

    Who does not choose but goes on telling has said one thing in two messages.
    """
    if turn.choice == "opening":
        return resumed(kept, intent, wording)
    if intent not in kept["readings"] or intent not in MATTERS:
        return turn
    first = resumed(kept, intent, wording)
    return replace(
        turn,
        text=f"{first.text}\n{turn.text}",
        entities=(*first.entities, *turn.entities),
        signals=first.signals.merged(turn.signals),
    )
