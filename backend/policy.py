"""Loads `policy/` into frozen objects. A mistake there is an error that names file, rule and field.

Conditions are CEL (https://cel.dev), compiled when the policy is loaded and tried on sample facts, so that a
typo stops the start and not a customer.
"""

import hashlib
import itertools
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

import cel
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

VERSION_CHARACTERS = 12
CLAUSE = r"^R\d+[a-c]?(-|$)"
# every ticket there can be, so that a mistake behind && or ?: shows when the policy is loaded
SAMPLE_TICKETS = tuple(
    MappingProxyType(dict(zip(("kind", "hazard", "severity", "intake"), values, strict=True)))
    for values in itertools.product(
        (
            "quality_complaint",
            "service_complaint",
            "suggestion",
            "repair_request",
            "return_exchange",
            "inquiry",
        ),
        (False, True),
        ("minor", "serious", "grave"),
        ("complete", "incomplete", "raw"),
    )
)


Shape = TypeVar("Shape", bound=BaseModel)


class PolicyError(Exception):
    """A policy file is wrong. The message names file, rule and field."""

    def __init__(self, file: str, rule: str, field: str, problem: str) -> None:
        super().__init__(f"{file}: rule {rule!r}, field {field!r}: {problem}")
        self.file, self.rule, self.field, self.problem = file, rule, field, problem


class _RoutingRuleFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str = Field(min_length=1)
    when: str = Field(min_length=1)
    department: str
    source: str = Field(pattern=CLAUSE)


class _RoutingFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    departments: dict[str, str] = Field(min_length=1)
    rules: list[_RoutingRuleFile] = Field(min_length=1)


class _HazardFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    source: str = Field(pattern=CLAUSE)
    words: list[Annotated[str, Field(min_length=1)]] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """Sends the tickets for which `condition` holds to `department` (its name as people know it)."""

    id: str
    condition: Any
    department: str
    source: str


@dataclass(frozen=True, slots=True)
class Policy:
    """The regulations in force, with the version that is stamped on each ticket."""

    version: str
    routing: tuple[RoutingRule, ...]
    hazard_words: tuple[str, ...]

    def sounds_hazardous(self, text: str) -> bool:
        """Whether a text that nobody has understood yet names a danger (R7-4.4.5)."""
        return any(word in text for word in self.hazard_words)

    def route(self, ticket: Mapping[str, Any]) -> RoutingRule:
        """The first routing rule that holds for the ticket's facts; the last rule always holds."""
        return next(rule for rule in self.routing if rule.condition.execute({"ticket": dict(ticket)}) is True)

    def routing_rule(self, rule_id: str) -> RoutingRule:
        """The routing rule of that id."""
        return next(rule for rule in self.routing if rule.id == rule_id)


def load(directory: Path) -> Policy:
    """Read and check all policy files.

    Raises:
        PolicyError: a file is missing or malformed, or a condition does not compile or evaluate.
    """
    return Policy(
        version=_version(directory),
        routing=_routing(directory / "routing.yml"),
        hazard_words=tuple(_content(directory / "hazards.yml", _HazardFile).words),
    )


def _version(directory: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(directory.glob("*.yml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:VERSION_CHARACTERS]


def _content(path: Path, shape: type[Shape]) -> Shape:
    document: Any = None
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        return shape.model_validate(document)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PolicyError(path.name, "-", "-", str(error)) from error
    except ValidationError as error:
        raise _located(path.name, document, error) from error


def _routing(path: Path) -> tuple[RoutingRule, ...]:
    content = _content(path, _RoutingFile)
    rules = tuple(_routing_rule(path.name, rule, content.departments) for rule in content.rules)
    if content.rules[-1].when != "true":
        raise PolicyError(path.name, rules[-1].id, "when", "the last rule must hold for every ticket: `true`")
    repeated = [rule_id for rule_id, count in Counter(rule.id for rule in rules).items() if count > 1]
    if repeated:
        raise PolicyError(path.name, repeated[0], "id", "is given twice")
    return rules


def _routing_rule(file: str, rule: _RoutingRuleFile, departments: Mapping[str, str]) -> RoutingRule:
    if rule.department not in departments:
        raise PolicyError(file, rule.id, "department", f"{rule.department!r} is not among the departments")
    condition = compiled(
        file, rule.id, "when", rule.when, ({"ticket": dict(sample)} for sample in SAMPLE_TICKETS)
    )
    return RoutingRule(rule.id, condition, departments[rule.department], rule.source)


def compiled(file: str, rule: str, field: str, expression: str, samples: Iterable[Mapping[str, Any]]) -> Any:
    """A CEL condition, compiled and tried on all sample facts.

    Raises:
        PolicyError: it does not compile, names unknown facts, or does not answer true or false.
    """
    try:
        program = cel.compile(expression)
        answers = [program.execute(dict(sample)) for sample in samples]
    except Exception as error:
        raise PolicyError(file, rule, field, str(error)) from error
    for answer in answers:
        if not isinstance(answer, bool):
            raise PolicyError(file, rule, field, f"answers {answer!r} instead of true or false")
    return program


def _located(file: str, document: Any, error: ValidationError) -> PolicyError:
    first = error.errors()[0]
    location = [str(part) for part in first["loc"]]
    rule = "-"
    if len(location) > 1 and location[0] == "rules":
        entry = document["rules"][int(location[1])]
        rule = str(entry.get("id", location[1])) if isinstance(entry, dict) else location[1]
    return PolicyError(file, rule, location[-1] if location else "-", first["msg"])
