"""Reads the training sentences of `data/nlu` without Rasa: for cross-validation and ahead of training."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

DATA_DIR = Path(__file__).resolve().parents[2] / "data" / "nlu"


def read_sentences(folder: Path = DATA_DIR) -> list[tuple[str, str]]:
    """Give (sentence, intent) pairs of every file, in the order of files and lines."""
    return [pair for path in sorted(folder.glob("*.yml")) for pair in _read_file(path)]


def _read_file(path: Path) -> Iterator[tuple[str, str]]:
    for block in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu", []):
        if "intent" not in block:
            continue
        for line in block["examples"].strip().splitlines():
            sentence = line.strip().removeprefix("-").strip()
            if sentence:
                yield sentence, block["intent"]
