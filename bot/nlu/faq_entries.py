"""Reads `data/faq/*.yml`: questions that have an answer, questions that have none, words alike in meaning.

A file with a `topic` holds entries (docs/faq.md). Of an entry the search needs id and questions only; answers
are read by the actions. `unanswered.yml` and `concepts.yml` belong to the search alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.nlu.text import clean

FAQ_DIR = Path(__file__).resolve().parents[2] / "data" / "faq"

FEWEST_QUESTIONS = 6
"""With fewer phrasings an entry is hardly found by words that it does not have."""


class FaqError(ValueError):
    """A file of questions is wrong; the message names file, entry and reason."""


@dataclass(frozen=True)
class Faq:
    """All questions as they are compared, that is cleaned (`bot.nlu.text.clean`)."""

    questions: tuple[tuple[str, str], ...]
    """(question, id of its entry)"""
    topics: Mapping[str, str]
    """topic by id of entry"""
    unanswered: tuple[str, ...]
    concepts: Mapping[str, str]
    """concept by word"""

    @property
    def texts(self) -> tuple[str, ...]:
        """Every question, answered or not."""
        return (*(question for question, _ in self.questions), *self.unanswered)


def read_faq(folder: Path = FAQ_DIR) -> Faq:
    """Read a folder; raises FaqError when a file is wrong or a question stands in two places."""
    questions: list[tuple[str, str]] = []
    topics: dict[str, str] = {}
    for path in sorted(folder.glob("*.yml")):
        data = _mapping(path)
        for entry in data.get("entries", []) if "topic" in data else []:
            found = list(_questions(path, entry))
            if entry["id"] in topics:
                raise FaqError(f"{path.name}: {entry['id']}: the id is used twice")
            topics[entry["id"]] = str(data["topic"])
            questions += [(question, entry["id"]) for question in found]
    unanswered = _mapping(folder / "unanswered.yml").get("questions", [])
    concepts = _mapping(folder / "concepts.yml").get("concepts", {})
    faq = Faq(
        questions=tuple(questions),
        topics=topics,
        unanswered=tuple(clean(str(question)) for question in unanswered),
        concepts={clean(str(word)): concept for concept, words in concepts.items() for word in words},
    )
    _refuse_repeated(faq)
    return faq


def _mapping(path: Path) -> dict[str, Any]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict):
        raise FaqError(f"{path.name}: not a mapping")
    return data


def _questions(path: Path, entry: Any) -> Iterator[str]:
    if not isinstance(entry, dict) or "id" not in entry:
        raise FaqError(f"{path.name}: an entry has no id")
    questions = entry.get("questions")
    if not isinstance(questions, list) or len(questions) < FEWEST_QUESTIONS:
        raise FaqError(f"{path.name}: {entry['id']}: questions: at least {FEWEST_QUESTIONS} are needed")
    for question in questions:
        cleaned = clean(str(question))
        if not cleaned:
            raise FaqError(f"{path.name}: {entry['id']}: questions: one is empty")
        yield cleaned


def _refuse_repeated(faq: Faq) -> None:
    seen: set[str] = set()
    for text in faq.texts:
        if text in seen:
            raise FaqError(f"the question {text} stands in two places")
        seen.add(text)
    if not faq.topics:
        raise FaqError("there is no entry")
