"""The time where the company works."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

TIME_ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return this moment, in the company's time zone."""
    return datetime.now(TIME_ZONE)


def today() -> date:
    """Return today's date where the company works."""
    return now().date()
