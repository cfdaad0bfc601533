"""Words that a recogniser should expect: products and faults of `data/lexicon/`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from backend.yaml_files import read_yaml

SOURCES = ("products.yml", "faults.yml", "demands.yml")
MOST_PRODUCTS, MOST = 300, 500
LONGEST = 12


def hints(lexicon: Path) -> tuple[str, ...]:
    """Up to 500 of them, products first (as many as Twilio's `<Gather hints>` takes)."""
    words: dict[str, None] = {}
    for name, most in zip(SOURCES, (MOST_PRODUCTS, MOST - 50, MOST), strict=True):
        for word in _words(read_yaml(lexicon / name)):
            if len(words) >= most:
                break
            if 1 < len(word) <= LONGEST:
                words.setdefault(word)
    return tuple(words)


def _words(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, list):
        for item in content:
            yield from _words(item)
    elif isinstance(content, dict):
        tables = content.get("tables") or content.get("groups") or content
        for key, item in tables.items():
            if key == "families" and isinstance(item, dict):
                yield from item
            elif key in {"families", "phrases", "demands"} or tables is content:
                yield from _words(item)
