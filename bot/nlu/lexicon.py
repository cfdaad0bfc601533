"""Reads `data/lexicon/*.yml`: the only place where the Chinese words of the rules live.

A section (one file) may hold
- `groups`: lists of literal words, by name;
- `snippets`: pieces of regular expressions, by name;
- `patterns`: regular expressions, by name, in which `<<name>>` stands for a group, a snippet or
  the words of a table;
- `tables`: word to word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LEXICON_DIR = Path(__file__).resolve().parents[2] / "data" / "lexicon"

_REFERENCE = re.compile(r"<<(\w+)>>")


class LexiconError(ValueError):
    """A lexicon file is wrong; the message names file, key and reason."""


@dataclass(frozen=True)
class Section:
    """One lexicon file."""

    name: str
    groups: Mapping[str, tuple[str, ...]]
    snippets: Mapping[str, str]
    patterns: Mapping[str, str]
    tables: Mapping[str, Mapping[str, str]]
    compiled: dict[str, re.Pattern[str]] = field(default_factory=dict, compare=False)

    def group(self, name: str) -> tuple[str, ...]:
        """Give the words of a group."""
        return self.groups[name]

    def table(self, name: str) -> Mapping[str, str]:
        """Give a word-to-word table."""
        return self.tables[name]

    def pattern(self, name: str) -> re.Pattern[str]:
        """Give a compiled pattern; compiled once."""
        if name not in self.compiled:
            try:
                self.compiled[name] = re.compile(self.expand(self.patterns[name]), re.IGNORECASE)
            except (re.error, KeyError) as error:
                raise LexiconError(f"{self.name}.yml: patterns.{name}: {error}") from error
        return self.compiled[name]

    def matching(self, prefix: str) -> Iterator[tuple[str, re.Pattern[str]]]:
        """Give the compiled patterns whose name starts with `prefix`, in the order of the file."""
        for name in self.patterns:
            if name.startswith(prefix):
                yield name, self.pattern(name)

    def expand(self, source: str) -> str:
        """Put groups and snippets in the place of their `<<name>>`."""
        return _REFERENCE.sub(self._replacement, source)

    def _replacement(self, match: re.Match[str]) -> str:
        name = match.group(1)
        literal = self.groups.get(name) or self.tables.get(name)
        if literal:
            words = sorted(literal, key=len, reverse=True)
            return "(?:" + "|".join(re.escape(word) for word in words) + ")"
        if name in self.snippets:
            return "(?:" + self.expand(self.snippets[name]) + ")"
        raise LexiconError(f"{self.name}.yml: <<{name}>> is neither a group nor a snippet, nor a table")


@cache
def load_section(name: str) -> Section:
    """Read one section; raises LexiconError when the file is wrong."""
    path = LEXICON_DIR / f"{name}.yml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict):
        raise LexiconError(f"{path.name}: not a mapping")
    return Section(
        name=name,
        groups={key: _words(path, key, words) for key, words in data.get("groups", {}).items()},
        snippets={key: str(value) for key, value in data.get("snippets", {}).items()},
        patterns={key: str(value) for key, value in data.get("patterns", {}).items()},
        tables={key: _table(value) for key, value in data.get("tables", {}).items()},
    )


def _words(path: Path, key: str, words: Any) -> tuple[str, ...]:
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise LexiconError(f"{path.name}: groups.{key}: a list of quoted words is needed")
    return tuple(words)


def _table(rows: Mapping[Any, Any]) -> dict[str, str]:
    """Read `word: word`, or `canonical: [word, ...]`, which maps each word and the canonical one to it."""
    table: dict[str, str] = {}
    for key, value in rows.items():
        if isinstance(value, list):
            table[str(key)] = str(key)
            table.update({str(word): str(key) for word in value})
        else:
            table[str(key)] = str(value)
    return table
