"""Points in time in a text, told apart: when it was bought, and when it happened."""

from __future__ import annotations

import re
from datetime import datetime

from bot.nlu.entities.moments import Exact, Moment, read_moment, read_span_back
from bot.nlu.entities.spans import Found
from bot.nlu.lexicon import Section, load_section

_BEFORE = 16
_RECENT_DAYS = 3
_CUT = 24


def find_dates(text: str, now: datetime) -> list[Found]:
    """Find `purchase_date` (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as exact as the words) and `incident_time`.

    An incident is an ISO date, with the time if an hour is told. `now` carries the time zone; no find lies
    after it.
    """
    section = load_section("times")
    matches = list(section.pattern("candidate").finditer(text))
    found: list[Found] = []
    for index, match in enumerate(matches):
        moment = read_moment(match, now)
        if moment is None:
            continue
        follower = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        after = text[match.end() : min(follower, match.end() + _CUT)]
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        rest = text[: match.start()] + text[match.end() :]
        if _is_purchase(section, match, moment, (before, after)) or _is_bare(match, moment, rest, now):
            found.append(Found("purchase_date", *_trimmed(match), moment.as_purchase()))
        elif _is_incident(section, match, moment, (before, after)):
            found.append(Found("incident_time", *_trimmed(match), moment.as_incident(now)))
    return found + _owned(section, text, now)


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    piece = match.group()
    kept = load_section("times").pattern("loose_end").sub("", piece)
    return match.start() + len(piece) - len(piece.lstrip()), match.start() + len(kept)


def _is_purchase(section: Section, match: re.Match[str], moment: Moment, around: tuple[str, str]) -> bool:
    before, after = around
    bought = section.pattern("buy_after").match(after)
    if bought and not section.pattern("not_bought_between").search(bought.group()):
        return True
    if section.pattern("buy_before").search(before):
        return True
    if moment.exact is Exact.DAY:
        return False
    alone = section.pattern("clause_start").search(before) and section.pattern("clause_only").match(after)
    return bool(alone or section.pattern("fitted").match(after)) and match.group("ago") is None


def _is_bare(match: re.Match[str], moment: Moment, rest: str, now: datetime) -> bool:
    """Tell whether the text is only a date, and not a recent one: the answer to when it was bought.

    A mere day of the week is none: more often it says when somebody may come.
    """
    section = load_section("times")
    if moment.clock is not None or (now.date() - moment.day).days <= _RECENT_DAYS:
        return False
    if match.group("week") is not None and not _weeks_back(section, match.group("week")):
        return False
    return bool(section.pattern("only_time").match(rest))


def _weeks_back(section: Section, words: str) -> int:
    before = section.pattern("week_before").match(words)
    told = before.group("before") if before else None
    return int(section.table("weeks_back").get(told or "", "0"))


def _is_incident(section: Section, match: re.Match[str], moment: Moment, around: tuple[str, str]) -> bool:
    before, after = around
    if moment.exact is not Exact.DAY or section.pattern("not_incident_before").search(before):
        return False
    return not section.pattern("future_after").match(after) or match.group("calendar") is not None


def _owned(section: Section, text: str, now: datetime) -> list[Found]:
    """Read how long the customer has had the thing as the day it was bought."""
    found: list[Found] = []
    for match in section.pattern("owned").finditer(text):
        value, whole = ("value", "whole") if match.group("whole") else ("value2", "whole2")
        used = value == "value2" and section.pattern("owned_needs").match(match.group())
        if used and not section.pattern("short_use").search(match.group()):
            continue
        moment = read_span_back(match.group(value), now)
        if moment is not None:
            found.append(Found("purchase_date", *match.span(whole), moment.as_purchase(), 1))
    return found
