"""Reads rankings of intents: which second kind a mixed complaint has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.nlu.text import clauses

COMPLAINTS = frozenset({"quality_complaint", "service_complaint"})
MIXABLE = COMPLAINTS | {"suggestion", "return_exchange", "repair_request"}
"""Kinds of which one message may well hold two."""

RUNNER_UP_FROM = 0.2
CLAUSE_FROM = 0.6
"""A clause that by itself is this surely the other complaint makes the message a mixed one."""

MAX_PIECES = 12
_PIECE_CHARS = 6
_TRACE = 0.02


def pieces(text: str) -> list[str]:
    """Cut a cleaned text into clauses of some length, short ones joined to the next; at most MAX_PIECES."""
    joined: list[str] = []
    current = ""
    for clause in clauses(text):
        current = f"{current},{clause}" if current else clause
        if len(current) >= _PIECE_CHARS:
            joined.append(current)
            current = ""
    if current and joined:
        joined[-1] += f",{current}"
    elif current:
        joined.append(current)
    return joined[:MAX_PIECES]


def may_be_mixed(ranking: Sequence[tuple[str, float]]) -> bool:
    """Tell whether it is worth looking at the clauses: a complaint that is not quite surely of one kind."""
    first = ranking[0][0] if ranking else None
    return first in COMPLAINTS and any(
        name in COMPLAINTS and name != first and confidence >= _TRACE for name, confidence in ranking
    )


def secondary_intent(
    ranking: Sequence[tuple[str, float]], clause_peaks: Mapping[str, float] | None = None
) -> str | None:
    """Give the second kind of a mixed message, or None.

    `ranking` is the whole message's; `clause_peaks` holds each intent's highest probability in a clause.
    """
    if len(ranking) < 2:  # noqa: PLR2004
        return None
    (first, _), (second, confidence) = ranking[0], ranking[1]
    mixes = first in MIXABLE and second in MIXABLE and bool({first, second} & COMPLAINTS)
    if mixes and confidence >= RUNNER_UP_FROM:
        return second
    if first in COMPLAINTS and clause_peaks:
        (other,) = COMPLAINTS - {first}
        return other if clause_peaks.get(other, 0.0) >= CLAUSE_FROM else None
    return None
