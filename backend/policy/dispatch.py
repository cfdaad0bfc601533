"""Who may do what with a service order, regions, skills and the order of work (policy/dispatch.yml)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.policy.clauses import require_clause
from backend.policy.reading import CLAUSE, PolicyError, content
from backend.policy.routing import KINDS
from backend.policy.warranty import WarrantyTerms
from backend.policy.workflow import Role, StepRule

STEPS = (
    "open",
    "plan",
    "guide",
    "quote",
    "answer",
    "waive",
    "tell_dealer",
    "dispatch",
    "depart",
    "arrive",
    "diagnose",
    "fix",
    "take_in",
    "return",
    "sign",
    "report",
    "audit",
    "file_record",
    "cancel",
    "technicians",
)

Source = Annotated[str, Field(pattern=CLAUSE)]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
Name = Annotated[str, Field(min_length=1)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _StepFile(_Shape):
    roles: list[Role] = Field(min_length=1)
    source: Source


class Region(_Shape):
    """Where technicians work; `distance_km` is one way."""

    name: Name
    area: Literal["city", "suburb"]
    distance_km: int = Field(ge=0, le=10_000)


class _SkillFile(_Shape):
    name: Name
    families: list[str] = Field(min_length=1)


class _CriterionFile(_Shape):
    by: Literal["carried_over", "parts_urgent", "urgency", "own_sold"]
    source: Source


class Overdue(_Shape):
    """Who is told when a repair is not back on the promised day (R3b-14)."""

    name: Name
    level: Literal["agent", "supervisor", "manager", "deputy_gm", "gm"]
    source: Source


class _DispatchFile(_Shape):
    placeholders: tuple[Literal["regions"], ...] = ()
    opened_for: list[str] = Field(min_length=1)
    steps: dict[str, _StepFile]
    regions: dict[Id, Region] = Field(min_length=1)
    skills: dict[Id, _SkillFile]
    priority: list[_CriterionFile]
    overdue: Overdue


@dataclass(frozen=True, slots=True)
class DispatchRules:
    """What policy/dispatch.yml says.

    Attributes:
        opened_for: kinds of tickets that a service order is opened for.
        skills: names by id; `skill_of` has the skill that a family needs.
        priority: criteria, the first that tells two orders apart decides.
        placeholders: sections that hold examples, to be replaced by the company's own values.
    """

    opened_for: frozenset[str]
    steps: Mapping[str, StepRule]
    regions: Mapping[str, Region]
    skills: Mapping[str, str]
    skill_of: Mapping[str, str]
    priority: tuple[str, ...]
    overdue: Overdue
    placeholders: tuple[str, ...] = ()


def read_dispatch(path: Path, clauses: Mapping[str, str], terms: WarrantyTerms) -> DispatchRules:
    """The rules of service orders.

    Raises:
        PolicyError: the file is wrong, leaves a step out, or names what there is not.
    """
    file = content(path, _DispatchFile)
    for rule, source in _sources(file):
        require_clause(clauses, path.name, rule, source)
    _require_known(path.name, file)
    return DispatchRules(
        opened_for=frozenset(file.opened_for),
        steps=MappingProxyType(
            {name: StepRule(frozenset(step.roles), step.source) for name, step in file.steps.items()}
        ),
        regions=MappingProxyType(dict(file.regions)),
        skills=MappingProxyType({name: skill.name for name, skill in file.skills.items()}),
        skill_of=MappingProxyType(dict(_needed(path.name, file, terms))),
        priority=tuple(criterion.by for criterion in file.priority),
        overdue=file.overdue,
        placeholders=file.placeholders,
    )


def _sources(file: _DispatchFile) -> Iterator[tuple[str, str]]:
    yield from ((name, step.source) for name, step in file.steps.items())
    yield from ((criterion.by, criterion.source) for criterion in file.priority)
    yield "overdue", file.overdue.source


def _require_known(file: str, given: _DispatchFile) -> None:
    for name in STEPS:
        if name not in given.steps:
            raise PolicyError(file, name, "steps", "is missing")
    for name in given.steps:
        if name not in STEPS:
            raise PolicyError(file, name, "steps", f"{name!r} is not known")
    for kind in given.opened_for:
        if kind not in KINDS:
            raise PolicyError(file, "-", "opened_for", f"{kind!r} is no kind of ticket")
    criteria = [criterion.by for criterion in given.priority]
    if len(set(criteria)) != len(criteria):
        raise PolicyError(file, "-", "priority", "names a criterion twice")


def _needed(file: str, given: _DispatchFile, terms: WarrantyTerms) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for name, skill in given.skills.items():
        for family in skill.families:
            if family not in terms.families:
                raise PolicyError(file, name, "families", f"{family!r} is no family of warranty.yml")
            if family in seen:
                raise PolicyError(file, name, "families", f"{family!r} needs one skill, not two")
            seen.add(family)
            yield family, name
