"""Live work: groups, capacity, presence and waiting (policy/desk.yml)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from backend.policy.calendar import CalendarPolicy, Hours
from backend.policy.clauses import require_clause
from backend.policy.reading import CLAUSE, PolicyError, content
from backend.policy.routing import KINDS, RoutingRule

PHONE = "phone"
"""The channel on which nobody can be left waiting without a limit: the line is busy meanwhile."""

Source = Annotated[str, Field(pattern=CLAUSE)]
Name = Annotated[str, Field(min_length=1)]
Urgency = Literal["urgent", "high", "normal"]
Reason = Literal[
    "customer_asked",
    "hazard",
    "rule",
    "bot_unsure",
    "abuse",
    "agent_transfer",
    "silence",
    "bot_failed",
    "callback",
    "agent_lost",
    "unanswered",
]
Seconds = Annotated[int, Field(gt=0, le=86_400)]
NORMAL = "normal"
SOURCE = "source"


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Group(_Shape):
    """A skill, and what leads to it. Lower `rank` is served first."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    name: Name
    rank: int = Field(ge=0, le=100)
    reasons: frozenset[Reason] = frozenset()
    channels: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    source: Source


class Load(_Shape):
    """What a conversation of a channel costs, and how many of them one person can have."""

    weight: int = Field(gt=0, le=100)
    at_most: int = Field(gt=0, le=100)


class Capacity(_Shape):
    """What one person can do at a time."""

    units: int = Field(gt=0, le=100)
    channels: dict[str, Load] = Field(min_length=1)

    def load(self, channel: str) -> Load:
        """Of a channel; one that is not named costs everything, as it is not known."""
        return self.channels.get(channel, Load(weight=self.units, at_most=1))


class _PresenceFile(_Shape):
    away_after_seconds: Seconds


class _OfferFile(_Shape):
    accept_within_seconds: Seconds
    anybody_after_seconds: Seconds
    source: Source


class _HoursFile(_Shape):
    calendar: str
    source: Source


class _WaitingFile(_Shape):
    limit_seconds: dict[str, Seconds] = Field(min_length=1)
    handling_seconds: Seconds
    source: Source


class _DeskFile(_Shape):
    groups: list[Group] = Field(min_length=1)
    default_group: str
    urgency: dict[str, str]
    capacity: Capacity
    presence: _PresenceFile
    offer: _OfferFile
    hours: _HoursFile
    waiting: _WaitingFile
    active_minutes: int = Field(gt=0, le=1440)


@dataclass(frozen=True, slots=True)
class DeskRules:
    """What policy/desk.yml says.

    Attributes:
        groups: by id, in the order of the file.
        wait_limit: by channel; longer, and a call-back is offered.
    """

    groups: Mapping[str, Group]
    default_group: str
    urgency: Mapping[str, str]
    capacity: Capacity
    away_after: timedelta
    accept_within: timedelta
    anybody_after: timedelta
    hours: Hours
    wait_limit: Mapping[str, timedelta]
    handling: timedelta
    active: timedelta

    def group_for(self, reason: str, channel: str, department: str | None, kind: str | None) -> str:
        """The group that a conversation goes to when none was asked for."""
        ways = ((reason, "reasons"), (channel, "channels"), (department, "departments"), (kind, "kinds"))
        for value, field in ways:
            for group in self.groups.values():
                if value in getattr(group, field):
                    return group.id
        return self.default_group

    def urgency_of(self, reason: str) -> str:
        """How urgent a conversation is that waits for this reason."""
        return self.urgency.get(reason, NORMAL)


def read_desk(
    path: Path, clauses: Mapping[str, str], calendar: CalendarPolicy, routing: tuple[RoutingRule, ...]
) -> DeskRules:
    """The rules of live work.

    Raises:
        PolicyError: the file is wrong, or names what there is not.
    """
    file = content(path, _DeskFile)
    for rule, source in _sources(file):
        require_clause(clauses, path.name, rule, source)
    _require_known(path.name, file, calendar, {rule.department for rule in routing})
    if PHONE not in file.waiting.limit_seconds:
        raise PolicyError(path.name, "waiting", "limit_seconds", f"has no limit for {PHONE!r}")
    return DeskRules(
        groups=MappingProxyType({group.id: group for group in file.groups}),
        default_group=file.default_group,
        urgency=MappingProxyType({key: value for key, value in file.urgency.items() if key != SOURCE}),
        capacity=file.capacity,
        away_after=timedelta(seconds=file.presence.away_after_seconds),
        accept_within=timedelta(seconds=file.offer.accept_within_seconds),
        anybody_after=timedelta(seconds=file.offer.anybody_after_seconds),
        hours=calendar.calendars[file.hours.calendar],
        wait_limit=MappingProxyType(
            {channel: timedelta(seconds=limit) for channel, limit in file.waiting.limit_seconds.items()}
        ),
        handling=timedelta(seconds=file.waiting.handling_seconds),
        active=timedelta(minutes=file.active_minutes),
    )


def _sources(file: _DeskFile) -> Iterator[tuple[str, str]]:
    yield from ((group.id, group.source) for group in file.groups)
    yield "offer", file.offer.source
    yield "hours", file.hours.source
    yield "waiting", file.waiting.source
    if SOURCE in file.urgency:
        yield "urgency", file.urgency[SOURCE]


def _require_known(file: str, given: _DeskFile, calendar: CalendarPolicy, departments: set[str]) -> None:
    ids = [group.id for group in given.groups]
    if len(set(ids)) != len(ids):
        raise PolicyError(file, "-", "groups", "names a group twice")
    if given.default_group not in ids:
        raise PolicyError(file, "-", "default_group", f"{given.default_group!r} is not among the groups")
    if given.hours.calendar not in calendar.calendars:
        raise PolicyError(file, "hours", "calendar", f"{given.hours.calendar!r} is not among the calendars")
    for group in given.groups:
        for field, values, known in (
            ("kinds", group.kinds, frozenset(KINDS)),
            ("departments", group.departments, frozenset(departments)),
        ):
            if strange := sorted(values - known):
                raise PolicyError(file, group.id, field, f"{strange[0]!r} is not known")
    for reason, urgency in given.urgency.items():
        if reason != SOURCE and urgency not in get_args(Urgency):
            raise PolicyError(file, "urgency", reason, f"{urgency!r} is no urgency")
        if reason not in {SOURCE, *get_args(Reason)}:
            raise PolicyError(file, "urgency", reason, "is no reason")
