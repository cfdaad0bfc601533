"""Counting days and months as the Civil Code does (art. 201-203). Pure.

The first day does not count; months end with the corresponding day, or with the month's last day where that
one is missing.
"""

import calendar
from collections.abc import Iterable
from datetime import date, timedelta

MONTHS = 12


def months_after(start: date, months: int) -> date:
    """The last day of a period of so many months: 29 February and 12 months is 28 February."""
    year, month = divmod(start.year * MONTHS + start.month - 1 + months, MONTHS)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def days_after(start: date, days: int) -> date:
    """The last day of a period of so many days."""
    return start + timedelta(days=days)


def prolonged(end: date, absences: Iterable[tuple[date, date]]) -> tuple[date, int]:
    """The end of a period that time in repair is not part of, and by how many days it was put off.

    An absence goes from the day of handing in, which does not count, to the day of getting back. Overlapping
    ones count once; one that begins after the end no longer counts.
    """
    added = 0
    for begin, back in _united(absences):
        if begin <= end + timedelta(days=added):
            added += (back - begin).days
    return end + timedelta(days=added), added


def _united(absences: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    united: list[tuple[date, date]] = []
    for begin, back in sorted(absences):
        if united and begin <= united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], back))
        else:
            united.append((begin, back))
    return united
