"""The summary that the customer confirms, for the eye and for the ear, built from the words of the domain."""

import re

from actions.form_spec import FormSpec, Slots
from actions.wording import Wording

LONGEST_SHOWN = 120
"""Characters of a value shown in the summary; the ticket has all of it."""

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(?P<hour>\d\d):(\d\d)\S*)?)?)?$")
_MOBILE = re.compile(r"1\d{10}")
_MOBILE_GROUPS = (3, 4, 4)
_GROUP = 4
_DIGITS = {"phone", "order_number", "serial_number", "related_ticket"}
_HEARD = (
    "product", "model", "fault", "purchase_date", "incident_time", "demand", "customer_name", "phone",
    "address", "visit_time",
)  # fmt: skip
"""What is read out before it is filed: less than is shown, since nobody can listen to it all."""


def summary(spec: FormSpec, slots: Slots, wording: Wording, *, spoken: bool = False) -> str:
    """Return everything known in the order that the scenario lists it: lines, or one sentence for the ear."""
    told = [
        slot
        for slot in (_HEARD if spoken else spec.summary)
        if slot in spec.summary and slots.get(slot)
        if not (slot == "purchase_words" and slots.get("purchase_date"))
    ]
    values = [(wording.label(slot), shown(slot, slots, wording, spoken=spoken)) for slot in told]
    if spoken:
        lines = [wording.fill("utter_line_heard", label=label, value=value) for label, value in values]
        return wording.fill("utter_line_joint").join(lines)
    return "\n".join(wording.fill("utter_line", label=label, value=value) for label, value in values)


def shown(slot: str, slots: Slots, wording: Wording, *, spoken: bool = False) -> str:
    """Return a value as the customer reads or hears it."""
    value = slots.get(slot) or ""
    if slot == "purchase_date":
        words = None if spoken else slots.get("purchase_words")
        return _with_words(spoken_date(value, wording), words, wording)
    if slot == "incident_time":
        return spoken_date(value, wording)
    if slot == "demand":
        words = slots.get("demand_words")
        if spoken and words:
            return words[:LONGEST_SHOWN]
        return _with_words(wording.fill(f"utter_value_demand_{value}"), words, wording)
    if spoken and slot in _DIGITS:
        return one_by_one(value, wording)
    return value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}\u2026"


def _with_words(value: str, words: str | None, wording: Wording) -> str:
    return wording.fill("utter_line_words", value=value, words=words) if words else value


def one_by_one(value: str, wording: Wording) -> str:
    """Return digits so that they are read aloud one by one, in groups that can be written down."""
    signs = [sign for sign in value if sign.isalnum()]
    sizes = _MOBILE_GROUPS if _MOBILE.fullmatch(value) else (_GROUP,) * len(signs)
    groups, rest = [], signs
    for size in sizes:
        groups.append(" ".join(rest[:size]))
        rest = rest[size:]
    return wording.fill("utter_line_joint").join(group for group in groups if group)


def spoken_date(value: str, wording: Wording) -> str:
    """Return an ISO date, month, year or time as it is said, or the customer's words if it is none."""
    match = _ISO.match(value)
    if match is None:
        return value
    year, month, day, hour, minute = (int(part) if part else 0 for part in match.groups())
    if match["hour"]:
        clock = f"{hour}:{minute:02}"
        return wording.fill("utter_line_time", year=year, month=month, day=day, clock=clock)
    if day:
        return wording.fill("utter_line_date", year=year, month=month, day=day)
    response = "utter_line_month" if month else "utter_line_year"
    return wording.fill(response, year=year, month=month)
