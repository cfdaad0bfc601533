"""A clock of the policy for the facts of a case: which term, on whose calendar. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from backend.policy.calendar import CalendarPolicy
from backend.policy.clock_rules import DEPARTMENT, ClockRule, SlaPolicy
from backend.sla import deadlines
from backend.sla.calendar import WorkCalendar
from backend.sla.deadlines import Deadline, Pause, Term
from backend.sla.explanation import Step, explain


@dataclass(frozen=True, slots=True)
class Count:
    """A clock's rule with its term and calendar settled; counts as `backend.sla.deadlines` does."""

    rule: ClockRule
    term: Term
    calendar: WorkCalendar

    def due(self, start: datetime, pauses: Collection[Pause] = ()) -> Deadline:
        """When it runs out."""
        return deadlines.due(self.term, start, self.calendar, pauses)

    def warn_at(self, start: datetime, pauses: Collection[Pause] = ()) -> datetime | None:
        """When it warns, if it does."""
        warn = self.rule.warn
        return None if warn is None else deadlines.warn_at(self.term, warn, start, self.calendar, pauses)

    def elapsed(self, start: datetime, at: datetime, pauses: Collection[Pause] = ()) -> timedelta:
        """How much of it is gone."""
        return deadlines.elapsed(self.term, start, at, self.calendar, pauses)

    def remaining(self, start: datetime, at: datetime, pauses: Collection[Pause] = ()) -> timedelta:
        """How much is left; negative when it is over."""
        return deadlines.remaining(self.term, start, at, self.calendar, pauses)

    def steps(self, start: datetime, pauses: Collection[Pause] = ()) -> tuple[Step, ...]:
        """How its deadline is reached."""
        return explain(self.term, start, self.calendar, pauses)


class Timekeeper:
    """Counts by one policy. Keep it: the calendars' years are laid out once."""

    def __init__(self, sla: SlaPolicy, calendar: CalendarPolicy) -> None:
        self.sla = sla
        self.policy = calendar
        self._calendars = {name: WorkCalendar(hours) for name, hours in calendar.calendars.items()}

    def count(self, clock_id: str, facts: Mapping[str, Any]) -> Count:
        """The clock for a case with these facts (`department`, and what its table of amounts goes by).

        Raises:
            KeyError: there is no such clock.
            MissingFactError: its amount depends on a fact that is missing.
        """
        rule = self.sla.clocks[clock_id]
        term = Term(rule.unit, rule.amount.of(facts), rule.before, rule.excepts_holidays)
        return Count(rule, term, self._calendar(rule, facts.get("department")))

    def needs(self, clock_id: str, facts: Mapping[str, Any]) -> str | None:
        """The fact that the clock's amount goes by, if it is not among these."""
        by = self.sla.clocks[clock_id].amount.by
        return by if by is not None and facts.get(by) is None else None

    def _calendar(self, rule: ClockRule, department: str | None) -> WorkCalendar:
        if rule.calendar != DEPARTMENT:
            return self._calendars[rule.calendar]
        return self._calendars[self.policy.of(department).id]
