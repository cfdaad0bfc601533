"""Reads the clocks (policy/sla.yml; R10-6, R3b-19, R1-4.3) and refuses what cannot be counted."""

import itertools
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from backend.policy.clauses import require_clause
from backend.policy.clock_rules import (
    DEPARTMENT,
    FACTS,
    LIMITS,
    TRIGGERS,
    Amount,
    ClockRule,
    SlaPolicy,
    Unit,
    Warn,
)
from backend.policy.conditions import compiled
from backend.policy.reading import CLAUSE, PolicyError, content

COMBINED_FACTS = ("kind", "area", "service_class", "severity")
"""Facts of which conditions are tried in all combinations; the others come in turn."""

Level = Literal["agent", "supervisor", "manager", "deputy_gm", "gm"]
Quantity = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class _StepFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    up_to: Quantity
    amount: Quantity


class _TableFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    by: Literal["distance_km"]
    steps: list[_StepFile] = Field(min_length=1)
    beyond: Quantity
    unknown: Quantity | None = None

    @model_validator(mode="after")
    def _rising(self) -> Self:
        limits = [step.up_to for step in self.steps]
        if limits != sorted(set(limits)):
            raise ValueError("`up_to` must rise from step to step")
        return self


class _WarnFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    working_hours: Quantity = 0
    hours: Quantity = 0
    days: Quantity = 0


class _ClockFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str = Field(min_length=1)
    unit: Unit
    amount: Quantity = 1.0
    amounts: _TableFile | None = None
    before: bool = False
    calendar: str
    when: str = Field(min_length=1)
    starts: list[str] = Field(min_length=1)
    stops: list[str] = Field(min_length=1)
    pauses: bool
    excepts: Literal["public_holidays"] | None = None
    warn_before: Annotated[str, Field(pattern=r"^\d{1,2}%$")] | _WarnFile | None = None
    level: Level
    promise: str | None = None
    source: str = Field(pattern=CLAUSE)


class _SlaFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    switches: dict[str, str] = Field(default_factory=dict)
    clocks: list[_ClockFile] = Field(min_length=1)


def read_sla(path: Path, calendars: Collection[str], clauses: Mapping[str, str] | None = None) -> SlaPolicy:
    """The clocks. With `clauses`, each must cite one of them.

    Raises:
        PolicyError: the file is wrong, or names a calendar that there is not.
    """
    file = content(path, _SlaFile)
    repeated = [name for name, count in Counter(clock.id for clock in file.clocks).items() if count > 1]
    if repeated:
        raise PolicyError(path.name, repeated[0], "id", "is given twice")
    if clauses is not None:
        for clock in file.clocks:
            require_clause(clauses, path.name, clock.id, clock.source)
    samples = [{"ticket": sample, "switch": dict(file.switches)} for sample in _samples()]
    conditions: dict[str, Any] = {}
    for clock in file.clocks:
        if clock.when not in conditions:
            conditions[clock.when] = compiled(path.name, clock.id, "when", clock.when, samples)
    rules = [_rule(path.name, clock, calendars, conditions[clock.when]) for clock in file.clocks]
    return SlaPolicy(
        MappingProxyType({rule.id: rule for rule in rules}), MappingProxyType(dict(file.switches))
    )


def _samples() -> list[dict[str, Any]]:
    """Facts of tickets: all combinations of what conditions mostly ask, the rest in turn."""
    turning = {name: itertools.cycle(values) for name, values in FACTS.items() if name not in COMBINED_FACTS}
    return [
        dict(zip(COMBINED_FACTS, values, strict=True)) | {name: next(turn) for name, turn in turning.items()}
        for values in itertools.product(*(FACTS[name] for name in COMBINED_FACTS))
    ]


def _rule(file: str, clock: _ClockFile, calendars: Collection[str], condition: Any) -> ClockRule:
    amount, warn = _amount(clock), _warn(clock)
    for field, problem in _mistakes(clock, amount, warn, calendars):
        raise PolicyError(file, clock.id, field, problem)
    return ClockRule(
        id=clock.id,
        name=clock.name,
        unit=clock.unit,
        amount=amount,
        before=clock.before,
        calendar=clock.calendar,
        condition=condition,
        starts=frozenset(clock.starts),
        stops=frozenset(clock.stops),
        pauses=clock.pauses,
        excepts_holidays=clock.excepts is not None,
        warn=warn,
        level=clock.level,
        promise=clock.promise,
        source=clock.source,
    )


def _mistakes(
    clock: _ClockFile, amount: Amount, warn: Warn | None, calendars: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Fields that are wrong by themselves or do not go together, with what is wrong about them."""
    yield from _wrong_names(clock, calendars)
    if clock.amounts is not None and "amount" in clock.model_fields_set:
        yield "amount", "stands beside `amounts`; one of them is enough"
    if clock.unit.whole and any(not value.is_integer() for value in amount.values()):
        yield "amount", f"{clock.unit} are counted whole"
    if max(amount.values()) > LIMITS[clock.unit]:
        yield "amount", f"more than {LIMITS[clock.unit]} {clock.unit}"
    if clock.unit is Unit.NEXT_DAY and amount != Amount(1):
        yield "amount", "the next day is always one day on"
    if clock.excepts and clock.unit is not Unit.HOURS:
        yield "excepts", "is for hours; working time keeps holidays anyway"
    if clock.before and (clock.unit not in {Unit.DAYS, Unit.MONTHS} or clock.pauses):
        yield "before", "only days and months are counted backwards, and without pauses"
    if warn is None and clock.warn_before is not None:
        yield "warn_before", "working hours for what counts working time, else hours or days"
    if warn is not None and warn.share and clock.before:
        yield "warn_before", "a share needs a beginning; give a time"


def _wrong_names(clock: _ClockFile, calendars: Collection[str]) -> Iterator[tuple[str, str]]:
    if clock.calendar != DEPARTMENT and clock.calendar not in calendars:
        yield "calendar", f"{clock.calendar!r} is not among the calendars"
    for field, names in (("starts", clock.starts), ("stops", clock.stops)):
        for unknown in sorted(set(names) - TRIGGERS):
            yield field, f"nothing is ever called {unknown!r}"
    for both in sorted(set(clock.starts) & set(clock.stops)):
        yield "stops", f"{both!r} also starts it"


def _amount(clock: _ClockFile) -> Amount:
    table = clock.amounts
    if table is None:
        return Amount(clock.amount)
    steps = tuple((step.up_to, step.amount) for step in table.steps)
    return Amount(table.beyond, table.by, steps, table.unknown)


def _warn(clock: _ClockFile) -> Warn | None:
    """The warning in the clock's own sort of time; nothing if there is none, or it is of another sort."""
    given = clock.warn_before
    if given is None:
        return None
    if isinstance(given, str):
        return Warn(share=int(given.removesuffix("%")) / 100)
    working, plain = timedelta(hours=given.working_hours), timedelta(hours=given.hours, days=given.days)
    time, other = (working, plain) if clock.unit.works else (plain, working)
    return Warn(time=time) if time and not other else None
