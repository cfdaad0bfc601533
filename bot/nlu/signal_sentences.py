"""Reads `data/signals/*.yml`: sentences with the dangers, threats and wishes that they tell of, or none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

SIGNALS_DIR = Path(__file__).resolve().parents[2] / "data" / "signals"


@dataclass(frozen=True)
class Told:
    """A sentence, the kind of danger that it tells of, and the other signals that it carries."""

    text: str
    hazard: str | None
    flags: frozenset[str]


def read_told(folder: Path = SIGNALS_DIR) -> list[Told]:
    """Give the labelled sentences of every file, in the order of files and lines."""
    return [told for path in sorted(folder.glob("*.yml")) for told in _read_file(path)]


def _read_file(path: Path) -> Iterator[Told]:
    for group in yaml.safe_load(path.read_text(encoding="utf-8")):
        for sentence in group["sentences"]:
            yield Told(sentence, group.get("hazard"), frozenset(group.get("also", ())))
