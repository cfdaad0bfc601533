"""The shipped calendars and a way to write moments shortly, for the tests of the clocks."""

from datetime import datetime
from zoneinfo import ZoneInfo

from backend.policy.calendar import read_calendar
from backend.policy.sla import read_sla
from backend.settings import PROJECT_ROOT
from backend.sla.calendar import WorkCalendar
from backend.sla.counting import Timekeeper
from backend.sla.deadlines import Pause

CALENDARS = read_calendar(PROJECT_ROOT / "policy" / "calendar.yml")
SLA = read_sla(PROJECT_ROOT / "policy" / "sla.yml", CALENDARS.calendars)
KEEPER = Timekeeper(SLA, CALENDARS)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def calendar(name: str) -> WorkCalendar:
    return WorkCalendar(CALENDARS.calendars[name])


def at(text: str) -> datetime:
    """A moment in Shanghai, written as 2026-10-08 09:00."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def pause(since: str, until: str) -> Pause:
    return Pause(at(since), at(until))


def written(moment: datetime) -> str:
    """A moment as `at` reads it."""
    local = moment.astimezone(SHANGHAI).replace(tzinfo=None)
    return local.isoformat(" ", timespec="seconds" if local.second else "minutes")
