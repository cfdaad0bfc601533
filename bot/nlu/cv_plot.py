"""Draws what cross-validation found: the reliability curve and, if it was computed, the learning curve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

_SCORES = {"macro_f1_ten": "ten labels", "macro_f1_four": "four labels"}


def draw(result: Mapping[str, Any], path: Path) -> None:
    """Write a picture (its kind by the file's suffix) of a result of `bot.nlu.cv`."""
    curve = result["curve"]
    figure = Figure(figsize=(9 if curve else 4.5, 4.2), layout="constrained")
    axes = figure.subplots(1, 2 if curve else 1, squeeze=False)[0]
    _reliability(axes[0], result["reliability"])
    if curve:
        _learning(axes[1], curve)
    figure.savefig(path, dpi=110)


def _reliability(axes: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    axes.plot([0, 1], [0, 1], linestyle=":", color="grey")
    axes.plot([row["confidence"] for row in rows], [row["right"] for row in rows], marker="o")
    for row in rows:
        axes.annotate(str(row["sentences"]), (row["confidence"], row["right"]), fontsize=7)
    axes.set(title="Reliability", xlabel="how sure", ylabel="how often right", xlim=(0, 1), ylim=(0, 1))


def _learning(axes: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    for score, name in _SCORES.items():
        axes.plot([row["sentences"] for row in rows], [row[score] for row in rows], marker="o", label=name)
    axes.set(title="Learning curve", xlabel="training sentences", ylabel="macro F1, held out")
    axes.legend()
