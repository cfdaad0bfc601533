"""The ladder of levels: how long one may take to acknowledge, and who is called next (R1-4.3(8)). Pure."""

from datetime import datetime

from backend.policy import Policy
from backend.policy.clock_rules import DEPARTMENT, Unit
from backend.policy.workflow import LEVELS
from backend.sla.calendar import WorkCalendar
from backend.sla.deadlines import Term, due


def next_level(level: str) -> str | None:
    """The level above, or nothing above the highest."""
    place = LEVELS.index(level) + 1
    return LEVELS[place] if place < len(LEVELS) else None


def reaches(level: str, wanted: str) -> bool:
    """Whether a level is at least the wanted one."""
    return LEVELS.index(level) >= LEVELS.index(wanted)


def higher(one: str, other: str) -> str:
    """The higher one of two levels."""
    return max(one, other, key=LEVELS.index)


class AckTimes:
    """Until when a level must acknowledge. Keep it: the calendars' years are laid out once."""

    def __init__(self, policy: Policy) -> None:
        self._sla, self._policy = policy.sla, policy.calendar
        self._calendars = {name: WorkCalendar(hours) for name, hours in self._policy.calendars.items()}

    def until(self, patience: float | str, called_at: datetime, department: str | None) -> datetime:
        """The moment.

        Args:
            patience: working hours of the department's calendar, or the id of a clock of policy/sla.yml.
            called_at: when the level was called.
            department: the ticket's.
        """
        kept = self._policy.of(department).id
        term = Term(Unit.WORKING_HOURS, patience) if isinstance(patience, float) else None
        if term is None:
            clock = self._sla.clocks[str(patience)]
            kept = kept if clock.calendar == DEPARTMENT else clock.calendar
            term = Term(clock.unit, clock.amount.of({}), clock.before, clock.excepts_holidays)
        return due(term, called_at, self._calendars[kept]).due_at
