"""What `yingsheng sla` is asked on the command line: moments, pauses, facts; and what is wrong with them."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from backend.policy.clock_rules import FACTS, NUMBERS
from backend.sla.deadlines import Pause

EARLIEST_YEAR, LATEST_YEAR = 1990, 2200
OPEN_FACTS = frozenset({"department", "channel"})
FLAGS = {"true": True, "false": False}


class ArgumentProblem(ValueError):  # noqa: N818  # a problem of the caller, worded by its code
    """Something on the command line cannot be used; worded at `sla.problems.<code>`."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass
class Reader:
    """Reads moments; remembers whether one came without a time zone and was taken to be in `zone`."""

    zone: ZoneInfo
    assumed_zone: bool = field(default=False, init=False)

    def moment(self, given: str, option: str) -> datetime:
        """A moment in ISO 8601.

        Raises:
            ArgumentProblem: it is none, or too far away.
        """
        try:
            moment = datetime.fromisoformat(given.strip())
        except ValueError as error:
            raise ArgumentProblem("no_moment", given=given, option=option) from error
        if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
            raise ArgumentProblem(
                "too_far", given=given, option=option, first=EARLIEST_YEAR, last=LATEST_YEAR
            )
        if moment.tzinfo is None:
            self.assumed_zone = True
            return moment.replace(tzinfo=self.zone)
        return moment

    def pauses(self, given: Iterable[str]) -> tuple[Pause, ...]:
        """Pauses written as ISO/ISO.

        Raises:
            ArgumentProblem: one is none, or ends before it begins.
        """
        return tuple(self._pause(one) for one in given)

    def _pause(self, given: str) -> Pause:
        since, slash, until = given.partition("/")
        if not slash or "/" in until:
            raise ArgumentProblem("no_pause", given=given)
        pause = Pause(self.moment(since, "--pause"), self.moment(until, "--pause"))
        if pause.until < pause.since:
            raise ArgumentProblem("pause_backwards", given=given)
        return pause


def read_facts(given: Iterable[str]) -> dict[str, Any]:
    """Facts of a case, written as name=value.

    Raises:
        ArgumentProblem: a fact is unknown, its value cannot be, or it is given twice.
    """
    facts: dict[str, Any] = {}
    for one in given:
        name, equals, value = (part.strip() for part in one.partition("="))
        if not equals or not name:
            raise ArgumentProblem("no_fact", given=one)
        if name in facts:
            raise ArgumentProblem("fact_twice", fact=name)
        facts[name] = _number(name, value) if name in NUMBERS else _value(name, value)
    return facts


def _number(name: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError as error:
        raise ArgumentProblem("no_number", fact=name, value=value) from error
    if not math.isfinite(number) or number < 0:
        raise ArgumentProblem("no_number", fact=name, value=value)
    return number


def _value(name: str, value: str) -> object:
    if name not in FACTS:
        raise ArgumentProblem("unknown_fact", fact=name, known=", ".join([*NUMBERS, *FACTS]))
    possible = FACTS[name]
    found = FLAGS.get(value, value) if isinstance(possible[0], bool) else value
    if name not in OPEN_FACTS and found not in possible:
        allowed = ", ".join(str(one).lower() for one in possible if one != "")
        raise ArgumentProblem("unknown_value", fact=name, value=value, known=allowed)
    return found
