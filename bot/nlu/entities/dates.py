"""Points in time in a text, told apart: when it was bought, and when it happened."""

from __future__ import annotations

import re
from datetime import date, datetime

from bot.nlu.entities.moments import not_after, read_moment
from bot.nlu.entities.spans import Found
from bot.nlu.lexicon import Section, load_section

_BEFORE = 16
_RECENT_DAYS = 3


def find_dates(text: str, now: datetime) -> list[Found]:
    """Find `purchase_date` (ISO date, never after `now`) and `incident_time` (ISO date or datetime).

    `now` carries the time zone. Every find lies in the past or today.
    """
    section = load_section("times")
    matches = list(section.pattern("candidate").finditer(text))
    found: list[Found] = []
    for index, match in enumerate(matches):
        kind = _kind(match)
        moment = read_moment(kind, match.group().strip(), now)
        if moment is None:
            continue
        moment = not_after(moment, now)
        follower = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        after = text[match.end() : follower]
        bought = _is_purchase(section, text, match, after) or _is_bare_day(section, text, match, moment, now)
        entity = "purchase_date" if bought else "incident_time"
        found.append(Found(entity, *_trimmed(match), _iso(entity, moment)))
    return found + _owned(section, text, now)


def _kind(match: re.Match[str]) -> str:
    return next((name for name, value in match.groupdict().items() if value is not None), "calendar")


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    piece = match.group()
    kept = load_section("times").pattern("loose_end").sub("", piece)
    return match.start() + len(piece) - len(piece.lstrip()), match.start() + len(kept)


def _iso(entity: str, moment: datetime | date) -> str:
    if isinstance(moment, datetime):
        return (
            moment.date().isoformat() if entity == "purchase_date" else moment.isoformat(timespec="minutes")
        )
    return moment.isoformat()


def _is_purchase(section: Section, text: str, match: re.Match[str], after: str) -> bool:
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    return bool(section.pattern("buy_after").match(after) or section.pattern("buy_before").search(before))


def _is_bare_day(
    section: Section, text: str, match: re.Match[str], moment: datetime | date, now: datetime
) -> bool:
    """Tell whether the text is only a day, and not one of the last few: the answer to when it was bought."""
    if isinstance(moment, datetime) or (now.date() - moment).days <= _RECENT_DAYS:
        return False
    return bool(section.pattern("only_time").match(text[: match.start()] + text[match.end() :]))


def _owned(section: Section, text: str, now: datetime) -> list[Found]:
    """Read how long the customer has had the thing as the day it was bought."""
    found: list[Found] = []
    for match in section.pattern("owned").finditer(text):
        moment = read_moment("owned", match.group("value"), now)
        if moment is not None:
            found.append(Found("purchase_date", *match.span("value"), _iso("purchase_date", moment), 1))
    return found
