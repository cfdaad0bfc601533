"""Scores of detected signals against annotated ones, as `tests/nlu_sets/README.md` defines them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.nlu.entity_scores import Tally
from bot.nlu.signals import FLAGS

ANGRY = 2
"""Anger from which a customer is angry, as against displeased."""


def signal_scores(rows: Sequence[Mapping[str, Any]], detected: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Score each flag, the kind of hazard (over hazards found), anger to the grade and as two classes."""
    pairs = [(row["signals"], signals) for row, signals in zip(rows, detected, strict=True)]
    flags = {flag: _tally([(true[flag], found[flag]) for true, found in pairs]) for flag in FLAGS}
    whole = Tally(
        *(sum(getattr(one, name) for one in flags.values()) for name in ("right", "missed", "wrong"))
    )
    kinds = [
        true["hazard_kind"] == found["hazard_kind"]
        for true, found in pairs
        if true["hazard"] and found["hazard"]
    ]
    angry = _tally([(true["anger"] >= ANGRY, found["anger"] >= ANGRY) for true, found in pairs])
    return {
        "texts": len(pairs),
        "flags": whole.scores(),
        "by_flag": {flag: one.scores() for flag, one in flags.items()},
        "hazard_kind": _share(kinds),
        "anger_exact": _share([true["anger"] == found["anger"] for true, found in pairs]),
        "anger_two_classes": _share(
            [(true["anger"] >= ANGRY) == (found["anger"] >= ANGRY) for true, found in pairs]
        ),
        "angry": angry.scores(),
        "errors": [
            error
            for row, (true, found) in zip(rows, pairs, strict=True)
            if (error := _error(row, true, found))["expected"]
        ],
    }


def _tally(pairs: Sequence[tuple[bool, bool]]) -> Tally:
    return Tally(
        right=sum(true and found for true, found in pairs),
        missed=sum(true and not found for true, found in pairs),
        wrong=sum(found and not true for true, found in pairs),
    )


def _share(hits: Sequence[bool]) -> float | None:
    return round(sum(hits) / len(hits), 4) if hits else None


def _error(row: Mapping[str, Any], true: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    differing = [name for name in (*FLAGS, "hazard_kind", "anger") if true[name] != found[name]]
    return {
        "id": row["id"],
        "text": row["text"],
        "expected": {name: true[name] for name in differing},
        "detected": {name: found[name] for name in differing},
    }
