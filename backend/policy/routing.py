"""Which department answers for a ticket (policy/routing.yml; R1-1.3 step 3)."""

import itertools
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from backend.policy.conditions import compiled
from backend.policy.reading import CLAUSE, PolicyError, content

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


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """Sends the tickets for which `condition` holds to `department` (its name as people know it)."""

    id: str
    condition: Any
    department: str
    source: str


def read_routing(path: Path) -> tuple[RoutingRule, ...]:
    """The rules in their order.

    Raises:
        PolicyError: the file is wrong, or no rule is left for some ticket.
    """
    file = content(path, _RoutingFile)
    rules = tuple(_routing_rule(path.name, rule, file.departments) for rule in file.rules)
    if file.rules[-1].when != "true":
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
