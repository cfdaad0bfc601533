"""Scores of predicted labels against true ones, in the views that count for the hotline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sklearn.metrics import accuracy_score, f1_score

CHAT_ACTS = frozenset(
    {
        "greet",
        "affirm",
        "deny",
        "correct",
        "inform",
        "repeat",
        "cancel",
        "skip",
        "thanks",
        "bye",
        "out_of_scope",
    }
)
FALLBACK = "nlu_fallback"
OTHER = "other"
ELSE = "else"
FOUR = frozenset({"quality_complaint", "service_complaint", "suggestion"})


@dataclass(frozen=True)
class Example:
    """One labelled sentence; `also` is a second label that is right, `hazard` tells of a danger."""

    text: str
    label: str
    also: str | None = None
    hazard: bool = False
    mixed: bool = False

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Example:
        """Read one line of an evaluation file; raises KeyError when text or label is missing."""
        return cls(
            text=row["text"],
            label=row["label"],
            also=row.get("also"),
            hazard=bool(row.get("hazard")),
            mixed=bool(row.get("mixed")),
        )


def label_of(parsed: Mapping[str, Any]) -> str:
    """Give the label of a parse result: the likeliest real intent, chat acts counting as `other`."""
    ranking = [row["name"] for row in parsed.get("intent_ranking", [])] or [parsed["intent"]["name"]]
    name = next((name for name in ranking if name and name != FALLBACK), OTHER)
    return OTHER if name in CHAT_ACTS else name


def four_way(label: str) -> str:
    """Reduce a label to quality, service, suggestion, or else."""
    return label if label in FOUR else ELSE


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def intent_scores(examples: Sequence[Example], predicted: Sequence[str]) -> dict[str, Any]:
    """Compute accuracy, macro F1 (ten labels, four labels), the accepted share, and F1 by label."""
    truth = [example.label for example in examples]
    labels = sorted(set(truth))
    by_label = f1_score(truth, predicted, labels=labels, average=None, zero_division=0)
    accepted = sum(guess in {e.label, e.also} for e, guess in zip(examples, predicted, strict=True))
    return {
        "sentences": len(examples),
        "accuracy": round(accuracy_score(truth, predicted), 4),
        "macro_f1_ten": round(f1_score(truth, predicted, average="macro", zero_division=0), 4),
        "macro_f1_four": round(
            f1_score(
                list(map(four_way, truth)), list(map(four_way, predicted)), average="macro", zero_division=0
            ),
            4,
        ),
        "accepted": _ratio(accepted, len(examples)),
        "f1_by_label": {label: round(float(value), 4) for label, value in zip(labels, by_label, strict=True)},
        "confusion": confusion(truth, predicted),
    }


def confusion(truth: Iterable[str], predicted: Iterable[str]) -> dict[str, dict[str, int]]:
    """Count predictions by true label."""
    table: dict[str, Counter[str]] = {}
    for true, guess in zip(truth, predicted, strict=True):
        table.setdefault(true, Counter())[guess] += 1
    return {true: dict(counts.most_common()) for true, counts in sorted(table.items())}


def hazard_scores(examples: Sequence[Example], flagged: Sequence[bool]) -> dict[str, Any]:
    """Compute precision and recall of the hazard flag; None where there is nothing to divide by."""
    right = sum(example.hazard and flag for example, flag in zip(examples, flagged, strict=True))
    return {
        "hazards": sum(example.hazard for example in examples),
        "flagged": sum(flagged),
        "precision": _ratio(right, sum(flagged)),
        "recall": _ratio(right, sum(example.hazard for example in examples)),
    }


def confusion_text(table: Mapping[str, Mapping[str, int]]) -> str:
    """Lay a confusion table out for reading: true labels down, predictions across."""
    columns = sorted({guess for counts in table.values() for guess in counts} | set(table))
    width = max((len(label) for label in columns), default=0)
    lines = [" " * width + "  " + " ".join(f"{column[:10]:>10}" for column in columns)]
    for true, counts in table.items():
        cells = " ".join(f"{counts.get(column, 0) or '.':>10}" for column in columns)
        lines.append(f"{true:<{width}}  {cells}")
    return "\n".join(lines)
