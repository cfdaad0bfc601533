"""Dates as customers name them, worked out for the day of the test."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
LAST_YEAR = TODAY.year - 1
LAST_MONTH = date(TODAY.year, TODAY.month, 1) - timedelta(days=1)


def days_ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def since(prefix: str) -> re.Pattern[str]:
    """A date of which only the year or the month was told."""
    return re.compile(f"^{prefix}")


def within(words: str) -> re.Pattern[str]:
    """Words that must occur somewhere in it."""
    return re.compile(re.escape(words))
