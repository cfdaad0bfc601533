"""What a clock promises, in words: how long, and by when at the latest. Pure.

The figures are the backend's, from policy and calendar; the words are those of domain/promises.yml.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from actions.backend_answers import Promise
from actions.local_time import TIME_ZONE
from actions.wording import Wording

ROUNDED_UP_TO = 5
"""Minutes. A time is never told earlier than it is."""

WHOLE_DAYS = {"days", "working_days", "months", "next_day"}
"""Units of which only the day is told."""

_DAYS = ("today", "tomorrow", "day_after")
_PARTS = ((6, "night"), (9, "early"), (12, "morning"), (13, "noon"), (18, "afternoon"))
_HOURS_OF_HALF_A_DAY = 12
_HALF_AN_HOUR = 30
_TEN = 10
_TWO = 2


@dataclass(frozen=True)
class Teller:
    """Tells times and figures at a moment, in writing or (``spoken``) for the ear."""

    wording: Wording
    now: datetime
    spoken: bool = False

    def within(self, promise: Promise | None) -> str:
        """Return within what time, as a sentence begins; something vague when nothing is promised."""
        if promise is None:
            return self.wording.fill("utter_promise_none")
        amount = self.figure(int(promise.amount), counts=True)
        span = self.wording.fill(f"utter_promise_{promise.unit}", amount=amount)
        due = promise.due_at.astimezone(TIME_ZONE)
        if promise.unit in WHOLE_DAYS:
            return self.wording.fill("utter_promise_by_day", span=span, day=self.day(due))
        response = "utter_promise_by" if promise.counts_now else "utter_promise_by_closed"
        return self.wording.fill(response, span=span, when=self.moment(due))

    def latest(self, promise: Promise) -> str:
        """Return by when at the latest, as a sentence begins; how long it was at first plays no part."""
        due = promise.due_at.astimezone(TIME_ZONE)
        if promise.unit in WHOLE_DAYS:
            return self.wording.fill("utter_promise_latest_day", day=self.day(due))
        return self.wording.fill("utter_promise_latest", when=self.moment(due))

    def moment(self, moment: datetime) -> str:
        """Return day and time of day, the minutes rounded up."""
        minutes = moment.minute + (moment.second > 0 or moment.microsecond > 0)
        late = -minutes % ROUNDED_UP_TO + minutes - moment.minute
        moment = moment.replace(second=0, microsecond=0) + timedelta(minutes=late)
        part = next((name for until, name in _PARTS if moment.hour < until), "evening")
        hour = self.figure((moment.hour - 1) % _HOURS_OF_HALF_A_DAY + 1, counts=True)
        clock = {0: "full", _HALF_AN_HOUR: "half"}.get(moment.minute, "minutes")
        time = self.wording.fill(f"utter_time_{clock}", hour=hour, minute=self.figure(moment.minute))
        part_of_day = self.wording.fill(f"utter_time_{part}")
        return self.wording.fill("utter_time_of_day", day=self.day(moment), part=part_of_day, time=time)

    def day(self, moment: datetime) -> str:
        """Return the day: today, tomorrow, the day after, else its date."""
        ahead = (moment.date() - self.now.astimezone(TIME_ZONE).date()).days
        if 0 <= ahead < len(_DAYS):
            return self.wording.fill(f"utter_day_{_DAYS[ahead]}")
        month, day = self.figure(moment.month), self.figure(moment.day)
        return self.wording.fill("utter_day_date", month=month, day=day)

    def figure(self, number: int, *, counts: bool = False) -> str:
        """Return a number below a hundred, for the ear in words; ``counts``: before a measure word."""
        if not self.spoken or not 0 <= number < _TEN * _TEN:
            return str(number)
        if counts and number == _TWO:
            return self.wording.fill("utter_digit_two")
        digits = self.wording.fill("utter_digits").split()
        tens, ones = divmod(number, _TEN)
        leading = digits[tens] if tens > 1 else ""
        ten = digits[_TEN] if tens else ""
        return leading + ten + (digits[ones] if ones or not tens else "")
