"""Which department answers for a ticket (policy/routing.yml; R1-1.3 step 3)."""

import itertools
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from backend.policy.conditions import compiled
from backend.policy.reading import CLAUSE, PolicyError, content

KINDS = (
    "quality_complaint",
    "service_complaint",
    "suggestion",
    "repair_request",
    "return_exchange",
    "inquiry",
)
SEVERITIES = ("minor", "serious", "grave")

# what is not known of a new ticket, and turns up when it is judged and investigated
UNKNOWN_YET = MappingProxyType({"subject": "", "cause_class": "", "sold_by": "", "supplier_part": False})
_AT_INTAKE = (KINDS, (False, True), SEVERITIES, ("complete", "incomplete", "raw"))
_LATER = (
    ("", "quality", "service", "contract", "transport", "other"),
    ("", "quality", "human", "other"),
    ("", "us", "dealer"),
    (False, True),
)
# every new ticket there can be, and all that may turn up later, so that a mistake behind && or ?: shows when
# the policy is loaded
SAMPLE_TICKETS = tuple(
    MappingProxyType(UNKNOWN_YET | dict(zip(("kind", "hazard", "severity", "intake"), values, strict=True)))
    for values in itertools.product(*_AT_INTAKE)
) + tuple(
    MappingProxyType(
        {"kind": "quality_complaint", "hazard": False, "severity": "serious", "intake": "complete"}
        | dict(zip(UNKNOWN_YET, values, strict=True))
    )
    for values in itertools.product(*_LATER)
)
FACT = re.compile(r"\bticket\.(\w+)")


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
    unknown = set(FACT.findall(rule.when)) - set(SAMPLE_TICKETS[0])
    if unknown:
        raise PolicyError(file, rule.id, "when", f"no ticket has {', '.join(sorted(unknown))}")
    condition = compiled(
        file, rule.id, "when", rule.when, ({"ticket": dict(sample)} for sample in SAMPLE_TICKETS)
    )
    return RoutingRule(rule.id, condition, departments[rule.department], rule.source)
