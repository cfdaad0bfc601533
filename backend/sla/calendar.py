"""Working time as a number: how much lies between two moments, and when so much more has passed. Pure.

Moments are microseconds since 1970 in UTC. A year's windows are laid out once, with the working time before
each, so that a question costs a search in a sorted list, however far apart the moments are.
"""

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from backend.policy.calendar import DAY_MINUTES, Hours

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND, DAY_SECONDS = 1_000_000, 86_400
MEAN_YEAR = 3_652_425 * DAY_SECONDS * SECOND // 10_000
FIRST_YEAR, LAST_YEAR = 1950, 9000


class OutOfRangeError(ValueError):
    """A moment, or the end of a clock, lies beyond the years that can be counted."""


def instant(moment: datetime) -> int:
    """A time-zone aware moment as microseconds since 1970 in UTC.

    Raises:
        ValueError: it has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    since = moment - EPOCH
    return (since.days * DAY_SECONDS + since.seconds) * SECOND + since.microseconds


@dataclass(frozen=True, slots=True)
class _Year:
    """A year's windows. `before[i]` is the year's working time before window i; `days` are its worked days.

    `closes[i]` is when the last window of `days[i]` ends.
    """

    begin: int
    end: int
    opens: Sequence[int]
    ends: Sequence[int]
    before: Sequence[int]
    total: int
    days: Sequence[int]
    closes: Sequence[int]


class WorkCalendar:
    """Counts the working time of one calendar."""

    def __init__(self, hours: Hours) -> None:
        self.hours = hours
        self._years: dict[int, _Year] = {}

    def worked(self, since: int, until: int) -> int:
        """The working time between two moments, in microseconds; negative if `until` lies before `since`."""
        first, last = self.year_of(since), self.year_of(until)
        between = self._by(last, until) - self._by(first, since)
        if first < last:
            return between + sum(self._year(year).total for year in range(first, last))
        return between - sum(self._year(year).total for year in range(last, first))

    def after(self, since: int, work: int) -> int:
        """The first moment by which `work` microseconds were worked since `since`.

        That is a window's end, not the next one's start, if they are used up there.

        Raises:
            OutOfRangeError: that moment is too far away.
        """
        if work <= 0:
            return since
        year = self.year_of(since)
        wanted = self._by(year, since) + work
        while wanted > (total := self._year(year).total):
            wanted -= total
            year += 1
        table = self._year(year)
        place = bisect_left(table.before, wanted) - 1
        return table.opens[place] + wanted - table.before[place]

    def close_of_day(self, day: date, count: int) -> int:
        """The end of the last window of the `count`-th worked day after `day`."""
        year, ordinal = day.year, day.toordinal()
        place = bisect_right(self._year(year).days, ordinal) + count - 1
        while place >= (length := len(self._year(year).days)):
            place -= length
            year += 1
        return self._year(year).closes[place]

    def worked_days(self, after: date, until: date) -> int:
        """How many days are worked after one day, up to and with another."""
        count = 0
        for year in range(after.year, until.year + 1):
            days = self._year(year).days
            count += bisect_right(days, until.toordinal()) - bisect_right(days, after.toordinal())
        return count

    def windows_between(self, since: int, until: int) -> Iterator[tuple[int, int]]:
        """The windows that have some time between two moments, in order, cut to them."""
        for year in range(self.year_of(since), self.year_of(until) + 1):
            table = self._year(year)
            for place in range(bisect_right(table.ends, since), bisect_left(table.opens, until)):
                yield max(table.opens[place], since), min(table.ends[place], until)

    def year_of(self, moment: int) -> int:
        """The year in the calendar's time zone.

        Raises:
            OutOfRangeError: the moment is too far away.
        """
        year = 1970 + moment // MEAN_YEAR
        table = self._year(year)  # right but for some days around the year's ends
        if moment < table.begin:
            return year - 1
        return year if moment < table.end else year + 1

    def local(self, moment: int) -> datetime:
        """The moment in the calendar's time zone."""
        try:
            return (EPOCH + timedelta(microseconds=moment)).astimezone(self.hours.zone)
        except OverflowError as error:
            raise OutOfRangeError(str(moment)) from error

    def at(self, day: date, minute: int) -> int:
        """A minute of a day, 24:00 included, as a moment."""
        if minute == DAY_MINUTES:
            day, minute = day + timedelta(days=1), 0
        wall = time(minute // 60, minute % 60)
        return instant(datetime.combine(day, wall, tzinfo=self.hours.zone))

    def _by(self, year: int, moment: int) -> int:
        """The year's working time up to a moment in it."""
        table = self._year(year)
        place = bisect_right(table.opens, moment) - 1
        if place < 0:
            return 0
        return table.before[place] + min(moment, table.ends[place]) - table.opens[place]

    def _year(self, year: int) -> _Year:
        table = self._years.get(year)
        if table is None:
            if not FIRST_YEAR <= year <= LAST_YEAR:
                raise OutOfRangeError(f"year {year}")
            table = self._years[year] = self._laid_out(year)
        return table

    def _laid_out(self, year: int) -> _Year:
        windows: list[tuple[int, int]] = []
        days: list[int] = []
        closes: list[int] = []
        for ordinal in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()):
            day = date.fromordinal(ordinal)
            on_clock = [(self.at(day, begin), self.at(day, end)) for begin, end in self.hours.windows(day)]
            # where clocks are put forward a window may vanish
            real = [(begin, end) for begin, end in on_clock if begin < end]
            if real:
                windows += real
                days.append(ordinal)
                closes.append(real[-1][1])
        lengths = [end - begin for begin, end in windows]
        before = list(itertools.accumulate(lengths, initial=0))
        opens, ends = [begin for begin, _ in windows], [end for _, end in windows]
        turns = self.at(date(year, 1, 1), 0), self.at(date(year, 12, 31), DAY_MINUTES)
        return _Year(*turns, opens, ends, before[:-1], before[-1], days, closes)
