"""Who may take which step, up to which amount, and what must be known for it (policy/workflow.yml)."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from backend.policy.conditions import compiled
from backend.policy.reading import CLAUSE, PolicyError, content
from backend.policy.routing import KINDS, SEVERITIES

LEVELS = ("agent", "supervisor", "manager", "deputy_gm", "gm")
STEPS = (
    "judge",
    "reject",
    "set_responsibility",
    "investigate",
    "propose",
    "approve",
    "decline",
    "notify_customer",
    "settle",
    "record_callback",
    "improve",
    "verify_improvement",
    "correct_facts",
    "assign",
    "contact",
    "await_customer",
    "customer_answered",
    "add_words",
    "urge",
    "withdraw",
    "reopen",
    "link",
    "unlink",
    "merge",
    "unmerge",
    "split",
)
NO_LIMIT = Decimal("Infinity")
SAMPLE_CASES = tuple(
    MappingProxyType(dict(zip(("kind", "severity", "hazard", "cause_class"), values, strict=True)))
    for values in itertools.product(KINDS, SEVERITIES, (False, True), ("", "quality", "human", "other"))
)

Source = Annotated[str, Field(pattern=CLAUSE)]
Yuan = Annotated[Decimal, Field(ge=0, decimal_places=2, max_digits=12)]
Fact = Annotated[str, Field(min_length=1)]
OneOf = Annotated[
    list[Fact], Field(min_length=1), BeforeValidator(lambda it: [it] if isinstance(it, str) else it)
]
Role = Literal["agent", "supervisor", "manager", "deputy_gm", "gm", "admin", "customer"]
Severity = Literal["minor", "serious", "grave"]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _StepFile(_Shape):
    roles: list[Role] = Field(min_length=1)
    source: Source


class Authority(_Shape):
    """What one level may approve; no amount is no limit, no concession is none but the amount's."""

    level: Literal["agent", "supervisor", "manager", "deputy_gm", "gm"]
    amount: Yuan | None = None
    severity: Severity
    concession: Yuan | None = None
    source: Source

    def covers(self, amount: Decimal, concession: Decimal, severity: str) -> bool:
        """Whether a solution of that cost and goodwill, for a matter of that severity, is within it."""
        return (
            (self.amount is None or amount <= self.amount)
            and (self.concession is None or concession <= self.concession)
            and SEVERITIES.index(severity) <= SEVERITIES.index(self.severity)
        )


class _ConcessionsFile(_Shape):
    month: Yuan
    source: Source


class _WhenFile(_Shape):
    when: str = Field(min_length=1)
    source: Source


class _KindsFile(_Shape):
    kinds: list[str]
    source: Source


class _CallbacksFile(_Shape):
    attempts: int = Field(ge=1, le=20)
    rated: dict[str, list[Literal["attitude", "skill", "arrival", "promises"]]]
    source: Source


class _IntakeFile(_Shape):
    source: Source
    required: dict[str, list[OneOf]]


class Drafts(_Shape):
    """After how many minutes of silence a matter that was told in part is filed as it stands."""

    idle_minutes: int = Field(ge=1, le=10_080)
    hazard_minutes: int = Field(ge=1, le=10_080)
    source: Source

    def idle(self, *, hazard: bool) -> timedelta:
        """How long the customer may be silent."""
        return timedelta(minutes=self.hazard_minutes if hazard else self.idle_minutes)


class Duplicates(_Shape):
    """When an open ticket is the same matter: within `days`, the fault alike by at least `likeness` (0-1)."""

    days: int = Field(ge=1, le=3650)
    likeness: float = Field(gt=0, le=1)
    source: Source


class Recurring(_Shape):
    """What is offered as having the same cause: tickets filed within `days`, newest first, `most` a page."""

    days: int = Field(ge=1, le=3650)
    most: int = Field(ge=1, le=50)
    source: Source


class _WorkflowFile(_Shape):
    steps: dict[str, _StepFile]
    authority: list[Authority]
    concessions: _ConcessionsFile
    compensate_first: _WhenFile
    written_reply: _WhenFile
    without_fault: _KindsFile
    callbacks: _CallbacksFile
    intake: _IntakeFile
    drafts: Drafts
    duplicates: Duplicates
    recurring: Recurring


@dataclass(frozen=True, slots=True)
class StepRule:
    """Who may take a step, and the clause that asks for it."""

    roles: frozenset[str]
    source: str


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds for some tickets, by a clause. Facts: kind, severity, hazard, cause_class."""

    program: Any
    source: str

    def holds(self, ticket: Mapping[str, Any]) -> bool:
        """Whether it holds for the ticket's facts."""
        return self.program.execute({"ticket": dict(ticket)}) is True


@dataclass(frozen=True, slots=True)
class WorkflowRules:
    """What `policy/workflow.yml` says. Amounts are in yuan.

    Attributes:
        authority: in rising order of levels, one for each.
        required: by kind, what must be known; of each tuple one fact is enough.
        without_fault: kinds that nobody is responsible for.
        callback_attempts: so many unanswered calls end a call-back.
        rated: by kind, the items of R3b-23 that the customer is asked to rate.
    """

    steps: Mapping[str, StepRule]
    authority: tuple[Authority, ...]
    concessions_a_month: Decimal
    compensate_first: Condition
    written_reply: Condition
    without_fault: frozenset[str]
    callback_attempts: int
    rated: Mapping[str, tuple[str, ...]]
    required: Mapping[str, tuple[tuple[str, ...], ...]]
    drafts: Drafts
    duplicates: Duplicates
    recurring: Recurring

    def authority_of(self, level: str | None) -> Authority | None:
        """What that level may approve; nothing for those who may approve nothing."""
        return next((authority for authority in self.authority if authority.level == level), None)

    def lowest_covering(self, amount: Decimal, concession: Decimal, severity: str) -> Authority | None:
        """The lowest level that may approve it."""
        return next((one for one in self.authority if one.covers(amount, concession, severity)), None)


def read_workflow(path: Path) -> WorkflowRules:
    """The rules of the workflow.

    Raises:
        PolicyError: the file is wrong, names an unknown step or kind, or leaves one out.
    """
    file = content(path, _WorkflowFile)
    _require_all(path.name, "steps", file.steps, STEPS)
    _require_all(path.name, "required", file.intake.required, KINDS)
    _require_all(path.name, "rated", file.callbacks.rated, KINDS)
    _require_rising(path.name, file.authority)
    for kind in file.without_fault.kinds:
        if kind not in KINDS:
            raise PolicyError(path.name, "without_fault", "kinds", f"{kind!r} is no kind of ticket")
    return WorkflowRules(
        steps=MappingProxyType(
            {name: StepRule(frozenset(step.roles), step.source) for name, step in file.steps.items()}
        ),
        authority=tuple(file.authority),
        concessions_a_month=file.concessions.month,
        compensate_first=_condition(path.name, "compensate_first", file.compensate_first),
        written_reply=_condition(path.name, "written_reply", file.written_reply),
        without_fault=frozenset(file.without_fault.kinds),
        callback_attempts=file.callbacks.attempts,
        rated=MappingProxyType({kind: tuple(items) for kind, items in file.callbacks.rated.items()}),
        required=MappingProxyType(
            {kind: tuple(map(tuple, facts)) for kind, facts in file.intake.required.items()}
        ),
        drafts=file.drafts,
        duplicates=file.duplicates,
        recurring=file.recurring,
    )


def _require_all(file: str, field: str, given: Mapping[str, Any], wanted: tuple[str, ...]) -> None:
    for name in wanted:
        if name not in given:
            raise PolicyError(file, name, field, "is missing")
    for name in given:
        if name not in wanted:
            raise PolicyError(file, name, field, f"{name!r} is not known")


def _require_rising(file: str, authority: list[Authority]) -> None:
    levels = tuple(one.level for one in authority)
    if levels != LEVELS:
        raise PolicyError(
            file, "authority", "level", f"must be {', '.join(LEVELS)}, each once, in this order"
        )
    for lower, higher in itertools.pairwise(authority):
        amount, concession = (
            NO_LIMIT if limit is None else limit for limit in (lower.amount, lower.concession)
        )
        if not higher.covers(amount, concession, lower.severity):
            raise PolicyError(file, "authority", higher.level, f"must cover what {lower.level} may approve")
    if authority[-1].amount is not None or authority[-1].severity != SEVERITIES[-1]:
        raise PolicyError(
            file, "authority", LEVELS[-1], "must have no limit: somebody must be able to decide"
        )


def _condition(file: str, rule: str, given: _WhenFile) -> Condition:
    samples = ({"ticket": dict(sample)} for sample in SAMPLE_CASES)
    return Condition(compiled(file, rule, "when", given.when, samples), given.source)
