"""The texts of answers: entries of `data/faq`, with the figures of `policy/answers.yml` filled in."""

import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

_ROOT = Path(__file__).resolve().parent.parent
FAQ_DIRECTORY = _ROOT / "data" / "faq"
FACTS_FILE = _ROOT / "policy" / "answers.yml"

_SOURCE = re.compile(r"R\d+[a-c]?-\S+|law:\S+")


class FaqAnswerError(ValueError):
    """A file of answers is wrong; the message names file, id and reason."""


@dataclass(frozen=True)
class Fact:
    """A figure or name that a manager may change, as it is written and as it is said on the phone."""

    text: str
    spoken: str
    source: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """An entry's answer, figures filled in; `source` are the clauses and laws that it rests on.

    `question` is the first way in which it may be asked.
    """

    topic: str
    question: str
    text: str
    spoken: str
    source: tuple[str, ...]


def answer(entry_id: str, *, spoken: bool = False) -> str:
    """Return the answer of an entry, worded for the ear if `spoken`.

    Raises:
        KeyError: there is no such entry.
        FaqAnswerError: a file is wrong.
    """
    found = answers()[entry_id]
    return found.spoken if spoken else found.text


@lru_cache(maxsize=1)
def answers() -> Mapping[str, Answer]:
    """Return the product's answers by entry id; read once.

    Raises:
        FaqAnswerError: a file is wrong.
    """
    return read_answers(FAQ_DIRECTORY, read_facts(FACTS_FILE))


def read_facts(path: Path) -> Mapping[str, Fact]:
    """Read the figures by id.

    Raises:
        FaqAnswerError: one has no text or no source.
    """
    facts = {}
    for name, row in _mapping(path).items():
        where = f"{path.name}: {name}"
        text = _text(row, "text", where)
        facts[name] = Fact(text, _text(row, "spoken", where, text), _source(row, where))
    return facts


def read_answers(folder: Path, facts: Mapping[str, Fact]) -> Mapping[str, Answer]:
    """Read the entries of all topics and fill the figures in.

    Raises:
        FaqAnswerError: an entry is incomplete, or does not name just the figures that its texts quote.
    """
    found: dict[str, Answer] = {}
    for path in sorted(folder.glob("*.yml")):
        data = _mapping(path)
        for entry in data.get("entries", []) if "topic" in data else []:
            where = f"{path.name}: {entry.get('id')}"
            if entry.get("id") in found:
                raise FaqAnswerError(f"{where}: the id is used twice")
            found[entry["id"]] = _answer(str(data["topic"]), entry, facts, where)
    return found


def _answer(topic: str, entry: Mapping[str, Any], facts: Mapping[str, Fact], where: str) -> Answer:
    text = _text(entry, "answer", where)
    spoken = _text(entry, "spoken", where, text)
    named = set(entry.get("policy", []))
    if unknown := named - facts.keys():
        raise FaqAnswerError(f"{where}: policy: {', '.join(sorted(unknown))} is not in {FACTS_FILE.name}")
    if named != {*_quoted(text), *_quoted(spoken)}:
        raise FaqAnswerError(f"{where}: policy: not the same figures as in the answer")
    return Answer(
        topic=topic,
        question=_question(entry, where),
        text=text.format(**{name: facts[name].text for name in named}),
        spoken=spoken.format(**{name: facts[name].spoken for name in named}),
        source=_source(entry, where),
    )


def _question(entry: Mapping[str, Any], where: str) -> str:
    questions = entry.get("questions")
    if not isinstance(questions, list) or not questions:
        raise FaqAnswerError(f"{where}: questions: at least one is needed")
    return str(questions[0])


def _quoted(text: str) -> Iterator[str]:
    return (name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def _mapping(path: Path) -> Mapping[str, Any]:
    data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict):
        raise FaqAnswerError(f"{path.name}: not a mapping")
    return data


def _text(row: Mapping[str, Any], key: str, where: str, default: str | None = None) -> str:
    value = row.get(key, default)
    if not isinstance(value, str) or not value.strip():
        raise FaqAnswerError(f"{where}: {key}: a text is needed")
    return value.strip()


def _source(row: Mapping[str, Any], where: str) -> tuple[str, ...]:
    source = row.get("source")
    if not isinstance(source, list) or not source or not all(_SOURCE.fullmatch(str(item)) for item in source):
        raise FaqAnswerError(f"{where}: source: a list of clauses (R10-4.1.1) or laws (law:...) is needed")
    return tuple(map(str, source))
