"""What a clock is by policy: its unit, its amount, what starts and stops it, for which tickets. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

DEPARTMENT = "department"
"""Instead of a calendar's id: the calendar that the ticket's department keeps."""


class Unit(StrEnum):
    """What a clock counts; how is fixed in backend/sla/deadlines.py."""

    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    NEXT_DAY = "next_day"
    HOURS = "hours"
    DAYS = "days"
    MONTHS = "months"

    @property
    def works(self) -> bool:
        """Whether it counts working time only, and so is paused, warned of and left over in working time."""
        return self is Unit.WORKING_HOURS or self is Unit.WORKING_DAYS or self is Unit.NEXT_DAY

    @property
    def whole(self) -> bool:
        """Whether halves make no sense."""
        return self is not Unit.WORKING_HOURS and self is not Unit.HOURS


LIMITS = MappingProxyType(
    {
        Unit.WORKING_HOURS: 20_000,
        Unit.WORKING_DAYS: 2_500,
        Unit.NEXT_DAY: 1,
        Unit.HOURS: 90_000,
        Unit.DAYS: 3_700,
        Unit.MONTHS: 1_200,
    }
)
"""The longest amounts: ten years, a hundred in months; what is longer is a slip of the pen."""

STAGES = (
    "recorded",
    "judged",
    "responsibility_set",
    "investigated",
    "solution_proposed",
    "customer_notified",
    "settled",
    "improved",
    "rejected",
    "cancelled",
    "reopened",
)
TRIGGERS = frozenset(
    {
        *("filed", "contact", "approved", "customer_told", "closed"),
        *(f"stage:{stage}" for stage in STAGES),
        *("human_promised", "handed_over", "acknowledged"),
        *(f"escalated:{level}" for level in ("agent", "supervisor", "manager", "deputy_gm", "gm")),
        *("fee_confirmed", "arrived", "service_done", "advised", "callback_done"),
        *("report_written", "audit_done", "record_filed"),
        *("contract_ends", "contract_notice_sent", "contract_renewed"),
    }
)
"""What can happen to a ticket that clocks count from or end with."""

FACTS = MappingProxyType(
    {
        "kind": (
            "quality_complaint",
            "service_complaint",
            "suggestion",
            "repair_request",
            "return_exchange",
            "inquiry",
        ),
        "area": ("", "city", "suburb"),
        "service_class": ("", "charged", "contract", "free"),
        "hazard": (False, True),
        "severity": ("minor", "serious", "grave"),
        "intake": ("complete", "incomplete", "raw"),
        "stage": STAGES,
        "priority": ("normal", "high", "urgent"),
        "reply_required": ("none", "written"),
        "callback": ("", "reached", "not_reached"),
        "department": ("", "?"),
        "channel": ("web", "phone", "wechat"),
    }
)
"""What `when` may ask about a ticket, and the values there are (of open ones, examples)."""

NUMBERS = ("distance_km",)
"""What a table of amounts may go by."""


class MissingFactError(ValueError):
    """An amount depends on a fact that is not known."""

    def __init__(self, fact: str) -> None:
        super().__init__(f"{fact} is not known")
        self.fact = fact


@dataclass(frozen=True, slots=True)
class Amount:
    """How much time: `beyond`, unless the fact `by` is no more than a step's limit."""

    beyond: float
    by: str | None = None
    steps: tuple[tuple[float, float], ...] = ()
    unknown: float | None = None

    def of(self, facts: Mapping[str, Any]) -> float:
        """The amount for these facts, in the clock's unit.

        Raises:
            MissingFactError: it depends on a fact that is not known, and policy says nothing for that case.
        """
        if self.by is None:
            return self.beyond
        value = facts.get(self.by)
        if value is None:
            if self.unknown is None:
                raise MissingFactError(self.by)
            return self.unknown
        return next((amount for limit, amount in self.steps if float(value) <= limit), self.beyond)

    def values(self) -> tuple[float, ...]:
        """All amounts that can come out."""
        unknown = () if self.unknown is None else (self.unknown,)
        return (self.beyond, *(amount for _, amount in self.steps), *unknown)


@dataclass(frozen=True, slots=True)
class Warn:
    """When to warn: a share of the whole, or a time, before the end."""

    share: float = 0.0
    time: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One clock: how long it runs, from what until what, for which tickets, and by which clause."""

    id: str
    name: str
    unit: Unit
    amount: Amount
    before: bool
    calendar: str
    condition: Any
    starts: frozenset[str]
    stops: frozenset[str]
    pauses: bool
    excepts_holidays: bool
    warn: Warn | None
    level: str
    promise: str | None
    source: str


@dataclass(frozen=True, slots=True)
class SlaPolicy:
    """All clocks by id, in the file's order, and the switches that their conditions ask."""

    clocks: Mapping[str, ClockRule]
    switches: Mapping[str, str]

    def applies(self, rule: ClockRule, ticket: Mapping[str, Any]) -> bool:
        """Whether a ticket with these facts has the clock."""
        answer = rule.condition.execute({"ticket": dict(ticket), "switch": dict(self.switches)})
        return answer is True
