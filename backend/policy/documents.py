"""The policy files as people read them: sections, entries, and the clause each entry rests on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from backend.yaml_files import read_yaml

CLAUSES_FILE = "clauses.yml"
WIDTH = 10_000
APART = frozenset({"id", "name", "when", "source"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule or setting. `fields` are what it says besides, as text."""

    id: str
    name: str | None
    condition: str | None
    fields: Mapping[str, str]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A top-level key of a file."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file of policy/."""

    name: str
    sections: tuple[Section, ...]

    def citations(self) -> Iterator[tuple[str, str]]:
        """The clauses cited, each with the id of the entry that does."""
        for section in self.sections:
            for entry in section.entries:
                for source in entry.sources:
                    yield source, entry.id


def read_documents(directory: Path) -> tuple[Document, ...]:
    """All files but the clauses themselves, by name. They have been read and checked by their own readers."""
    return tuple(
        Document(path.name, tuple(_sections(read_yaml(path))))
        for path in sorted(directory.glob("*.yml"))
        if path.name != CLAUSES_FILE
    )


def _sections(content: Any) -> Iterator[Section]:
    if not isinstance(content, dict):
        return
    sources = _sources(content)
    for name, value in content.items():
        if name == "source":
            continue
        yield Section(str(name), tuple(_entries(str(name), value, sources)))


def _entries(section: str, value: Any, sources: tuple[str, ...]) -> Iterator[Entry]:
    if isinstance(value, list) and value and all(isinstance(entry, dict) for entry in value):
        for place, entry in enumerate(value, start=1):
            yield _entry(str(entry.get("id", place)), entry, sources)
    elif isinstance(value, dict) and value and all(isinstance(entry, dict) for entry in value.values()):
        for name, entry in value.items():
            yield _entry(str(name), entry, sources)
    elif isinstance(value, dict) and "source" in value:
        yield _entry(section, value, sources)
    else:
        yield Entry(section, None, None, {section: _text(value)}, sources)


def _entry(entry_id: str, given: Mapping[Any, Any], inherited: tuple[str, ...]) -> Entry:
    name, condition = given.get("name"), given.get("when")
    return Entry(
        id=entry_id,
        name=None if name is None else str(name),
        condition=None if condition is None else str(condition),
        # YAML 1.1 takes an unquoted `on` for true
        fields={
            "on" if key is True else str(key): _text(value)
            for key, value in given.items()
            if key not in APART
        },
        sources=_sources(given) or inherited,
    )


def _sources(given: Mapping[Any, Any]) -> tuple[str, ...]:
    cited = given.get("source") or ()
    return (cited,) if isinstance(cited, str) else tuple(str(source) for source in cited)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return ", ".join(str(item) for item in value)
    dumped: str = yaml.safe_dump(
        value, allow_unicode=True, default_flow_style=True, width=WIDTH, sort_keys=False
    )
    return dumped.removesuffix("\n").removesuffix("\n...").strip()
