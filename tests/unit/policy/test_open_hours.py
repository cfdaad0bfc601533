"""Whether somebody is at work at a moment, where the customers are."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend.policy.calendar import read_calendar

CALENDAR = read_calendar(Path(__file__).resolve().parents[3] / "policy" / "calendar.yml")


@pytest.mark.parametrize(
    ("calendar", "moment", "works"),
    [
        ("office", datetime(2026, 11, 23, 1, 0, tzinfo=UTC), True),
        ("office", datetime(2026, 11, 23, 0, 59, 59, tzinfo=UTC), False),
        ("office", datetime(2026, 11, 23, 3, 59, 59, tzinfo=UTC), True),
        ("office", datetime(2026, 11, 23, 4, 0, tzinfo=UTC), False),
        ("office", datetime(2026, 11, 28, 2, 0, tzinfo=UTC), False),
        ("office", datetime(2026, 10, 1, 2, 0, tzinfo=UTC), False),
        ("hotline", datetime(2026, 10, 1, 2, 0, tzinfo=UTC), True),
        ("hotline", datetime(2026, 11, 23, 12, 0, tzinfo=UTC), False),
        ("repair", datetime(2026, 11, 28, 2, 0, tzinfo=UTC), True),
    ],
)
def test_open_at(calendar: str, moment: datetime, *, works: bool):
    assert CALENDAR.calendars[calendar].open_at(moment) is works
