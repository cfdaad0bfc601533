"""The summary that the customer confirms, built from the words of the domain."""

import re

from actions.form_spec import FormSpec, Slots
from actions.wording import Wording

LONGEST_SHOWN = 120
"""Characters of a value shown in the summary; the ticket has all of it."""

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(?P<hour>\d\d):(\d\d)\S*)?$")


def summary(spec: FormSpec, slots: Slots, wording: Wording) -> str:
    """Return one line for each thing known, in the order that the scenario lists them."""
    lines = [
        wording.fill("utter_line", label=wording.label(slot), value=shown(slot, slots, wording))
        for slot in spec.summary
        if slots.get(slot) and not (slot == "purchase_words" and slots.get("purchase_date"))
    ]
    return "\n".join(lines)


def shown(slot: str, slots: Slots, wording: Wording) -> str:
    """Return a value as the customer reads it."""
    value = slots.get(slot) or ""
    if slot == "purchase_date":
        words = slots.get("purchase_words")
        return _with_words(spoken_date(value, wording, exact=not words), words, wording)
    if slot == "incident_time":
        return spoken_date(value, wording)
    if slot == "demand":
        return _with_words(wording.fill(f"utter_value_demand_{value}"), slots.get("demand_words"), wording)
    return value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}\u2026"


def _with_words(value: str, words: str | None, wording: Wording) -> str:
    return wording.fill("utter_line_words", value=value, words=words) if words else value


def spoken_date(value: str, wording: Wording, *, exact: bool = True) -> str:
    """Return an ISO date or time as it is said, or the customer's words if it is none.

    A date of which only the year or the month was told (not ``exact``) stands at its first day, which is not
    said then.
    """
    match = _ISO.match(value)
    if match is None:
        return value
    year, month, day, hour, minute = (int(part) if part else 0 for part in match.groups())
    if match["hour"]:
        clock = f"{hour}:{minute:02}"
        return wording.fill("utter_line_time", year=year, month=month, day=day, clock=clock)
    if exact or day > 1:
        return wording.fill("utter_line_date", year=year, month=month, day=day)
    response = "utter_line_month" if month > 1 else "utter_line_year"
    return wording.fill(response, year=year, month=month)
