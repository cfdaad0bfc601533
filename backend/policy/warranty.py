"""Warranty terms by product family and part, and the remedies beside them (policy/warranty.yml; R10-4)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from backend.policy.clauses import require_clause
from backend.policy.reading import CLAUSE, PolicyError, content

Source = Annotated[str, Field(pattern=CLAUSE)]
Word = Annotated[str, Field(min_length=1)]
Count = Annotated[int, Field(ge=1, le=1000)]


class Demand(StrEnum):
    """What a customer may demand beside a repair."""

    RETURN = "return"
    EXCHANGE = "exchange"


class Exclusion(StrEnum):
    """Why goods bought from afar cannot be returned without a reason (consumer rights law, art. 25)."""

    CUSTOM_MADE = "custom_made"
    PERISHABLE = "perishable"
    DIGITAL_OPENED = "digital_opened"
    NEWSPAPER = "newspaper"
    AGREED_UNSUITABLE = "agreed_unsuitable"


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Sourced(_Shape):
    source: Source


class _Days(_Sourced):
    days: Count


class _Months(_Sourced):
    months: Count


class _SinceManufacture(_Sourced):
    days_after_manufacture: Count


class _Misuse(_Sourced):
    parts_discount_percent: int = Field(ge=0, le=100)


class _NoReason(_Days):
    exclusions: frozenset[Exclusion]


class _Exclusions(_Shape):
    tampered: Source
    force_majeure: Source
    wear: Source


class RemedyTerm(_Sourced):
    """Remedies open while all conditions hold; without days and months as long as the warranty."""

    remedies: tuple[Demand, ...] = Field(min_length=1)
    days: Count | None = None
    months: Count | None = None
    kilometres: int | None = Field(default=None, ge=1)
    parts: frozenset[Word] = frozenset()
    safety: bool = False
    failed_repairs: int = Field(default=0, ge=0)


class _PartFile(_Sourced):
    name: Word
    words: tuple[Word, ...] = ()
    months: Count | None = None
    consumable: bool = False


class _FamilyFile(_Sourced):
    name: Word
    words: tuple[Word, ...] = ()
    months: Count | None = None
    kilometres: int | None = Field(default=None, ge=1)
    durable: bool = True
    parts: dict[Word, _PartFile] = Field(default_factory=dict)
    remedies: tuple[RemedyTerm, ...] | None = None


class _WarrantyFile(_Shape):
    remedies: tuple[RemedyTerm, ...] = Field(min_length=1)
    long_repair: _Days
    repair_time: _Sourced
    new_period: _Sourced
    no_reason: _NoReason
    burden_of_proof: _Months
    other_proof: _Sourced
    without_proof: _SinceManufacture
    misuse: _Misuse
    exclusions: _Exclusions
    families: dict[Word, _FamilyFile] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Term:
    """How long something is under warranty: whole months, up to kilometres; None months: not at all."""

    months: int | None
    kilometres: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part with a term of its own."""

    id: str
    name: str
    words: tuple[str, ...]
    term: Term


@dataclass(frozen=True, slots=True)
class Family:
    """A product family."""

    id: str
    name: str
    words: tuple[str, ...]
    term: Term
    durable: bool
    parts: tuple[Part, ...]
    remedies: tuple[RemedyTerm, ...]
    parts_by_word: Mapping[str, Part]

    def part(self, said: str) -> Part | None:
        """The part with a term of its own that these words (or this id) mean; none for any other part."""
        return _meant(_folded(said), self.parts_by_word)


SHORTEST_ENDING = 2
Named = TypeVar("Named", Family, Part)


@dataclass(frozen=True, slots=True)
class WarrantyTerms:
    """All warranty terms in force."""

    families: Mapping[str, Family]
    long_repair: _Days
    repair_time: _Sourced
    new_period: _Sourced
    no_reason: _NoReason
    burden_of_proof: _Months
    other_proof: _Sourced
    without_proof: _SinceManufacture
    misuse: _Misuse
    exclusions: _Exclusions
    words: Mapping[str, Family]

    def family(self, said: str) -> Family | None:
        """The family that a product's name (or the family's id) belongs to."""
        return self.understood(said)[0]

    def understood(self, said: str) -> tuple[Family | None, Part | None]:
        """The family, and the part where the words name one after the product: a phone battery."""
        words = _folded(said)
        for end in range(1, len(words)):
            family = self.words.get(words[:end])
            part = family.parts_by_word.get(words[end:]) if family else None
            if part is not None:
                return family, part
        return _meant(words, self.words), None


def read_warranty(path: Path, clauses: Mapping[str, str]) -> WarrantyTerms:
    """The terms.

    Raises:
        PolicyError: the file is wrong, a word means two families or parts, or a source is no known clause.
    """
    file = content(path, _WarrantyFile)
    for rule, source in _sources(file):
        require_clause(clauses, path.name, rule, source)
    families = {name: _family(path.name, name, entry, file) for name, entry in file.families.items()}
    words: dict[str, Family] = {}
    for family in families.values():
        _take(words, path.name, family, (family.id, family.name, *family.words))
    shared = {
        name: getattr(file, name) for name in _WarrantyFile.model_fields.keys() - {"families", "remedies"}
    }
    return WarrantyTerms(families=MappingProxyType(families), words=MappingProxyType(words), **shared)


def _sources(file: _WarrantyFile) -> Iterator[tuple[str, str]]:
    """Every source, with the family or section it is given for."""
    for name in type(file).model_fields:
        section = getattr(file, name)
        if isinstance(section, _Sourced):
            yield name, section.source
    yield from (("exclusions", source) for _, source in file.exclusions)
    yield from (("remedies", remedy.source) for remedy in file.remedies)
    for name, family in file.families.items():
        yield name, family.source
        yield from ((part_id, part.source) for part_id, part in family.parts.items())
        yield from ((name, remedy.source) for remedy in family.remedies or ())


def _family(file: str, name: str, entry: _FamilyFile, whole: _WarrantyFile) -> Family:
    parts = tuple(_part(file, part_id, part) for part_id, part in entry.parts.items())
    by_word: dict[str, Part] = {}
    for part in parts:
        _take(by_word, file, part, (part.id, part.name, *part.words))
    remedies = whole.remedies if entry.remedies is None else entry.remedies
    for part_id in _parts_named(remedies):
        if part_id not in entry.parts:
            raise PolicyError(file, name, "parts", f"{part_id!r} is not among the parts of {name}")
    term = Term(entry.months, entry.kilometres, entry.source)
    return Family(
        name, entry.name, entry.words, term, entry.durable, parts, remedies, MappingProxyType(by_word)
    )


def _part(file: str, part_id: str, entry: _PartFile) -> Part:
    if (entry.months is None) is not entry.consumable:
        raise PolicyError(file, part_id, "months", "a part has either months or is a consumable")
    return Part(part_id, entry.name, entry.words, Term(entry.months, None, entry.source))


def _parts_named(remedies: tuple[RemedyTerm, ...]) -> Iterator[str]:
    return (part for remedy in remedies for part in sorted(remedy.parts))


def _take(words: dict[str, Named], file: str, owner: Named, more: tuple[str, ...]) -> None:
    for word in map(_folded, more):
        if word in words:
            raise PolicyError(file, owner.id, "words", f"{word!r} is given twice")
        words[word] = owner


def _folded(said: str) -> str:
    return "".join(said.split()).casefold()


def _meant(words: str, things: Mapping[str, Named]) -> Named | None:
    """What the words mean: exactly, else by the longest of their endings, as Chinese names a thing last.

    A single character ends too many words to mean anything: bread is no bag.
    """
    endings = (words[start:] for start in range(max(1, len(words) - SHORTEST_ENDING + 1)))
    return next((things[ending] for ending in endings if ending in things), None)
