"""Where a warranty stands, asked of the backend by what the customer has told."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from actions.answers import LONGEST_ITEM, Reading, chinese_length, read_item, read_past_date
from actions.backend_answers import Decision
from actions.backend_client import BackendClient
from actions.form_spec import Slots
from actions.matters import MATTERS, QUESTIONS
from actions.turn import Turn

LAST_DIGITS = 4
DIGITS = "last4"
"""The fact that shows whose purchase it is: the end of the phone number on the buyer's file."""

_FACTS: Mapping[str, str] = {
    "product": "product",
    "model": "model",
    "serial_number": "serial",
    "order_number": "order",
    "purchase_date": "purchase_date",
}
_LONGEST_FACT = 100
LONGEST_NAME = 6
"""Characters up to which the name of a part may sound like a complaint about it."""

_CODE = re.compile(r"[A-Za-z0-9]")
_PIECES = ("model", "serial_number")
"""What names the whole thing, where a part of it was asked for."""

_DAY = len("0000-00-00")
_DATES = ("purchase_date", "delivery_date", "exchanged_on", "first_sold_on", "manufactured_on")
_NAMES = ("product", "model", "part")
_NO_NAMES = (*QUESTIONS, "skip", "deny", "affirm", "other", "repeat", "human_request", "cancel")
ASKABLE = (*_DATES, *_NAMES)
"""Facts whose question can be asked here: a day, or what something is called."""


def facts(
    slots: Slots, today: date, caller: str | None = None, more: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return what a decision is asked by.

    ``caller`` is the number that the network vouches for, ``more`` what was told that no slot holds.
    """
    found = {fact: value[:_LONGEST_FACT] for slot, fact in _FACTS.items() if (value := slots.get(slot))}
    if "purchase_date" in found and slots.get("purchase_words"):
        found["purchase_date"] = as_exact_as_told(found["purchase_date"])
    if caller:
        found["verified_phone"] = caller
        found[DIGITS] = caller[-LAST_DIGITS:]
    return {**found, **(more or {}), "today": today.isoformat()}


def as_exact_as_told(day: str) -> str:
    """Return the year or the month of a day that stands for it: the first day of what was told in words."""
    for beginning in ("-01-01", "-01"):
        if len(day) == _DAY and day.endswith(beginning):
            return day.removesuffix(beginning)
    return day


def can_be_decided(slots: Slots, more: Mapping[str, str] | None = None) -> bool:
    """Tell whether enough is known to ask: what it is and since when, or which piece it is."""
    named = slots.get("product") or slots.get("model")
    recorded = (slots.get("serial_number") or slots.get("order_number")) and (more or {}).get(DIGITS)
    return bool((named and slots.get("purchase_date")) or recorded)


async def warranty_sentence(
    slots: Slots, today: date, client: BackendClient, *, spoken: bool = False, caller: str | None = None
) -> str | None:
    """Return one plain sentence on where the warranty stands; None when nothing can be said about it.

    The decision's own question is left out: whoever takes a complaint down has questions enough.

    Raises:
        BackendError: the backend gives no decision.
    """
    if not can_be_decided(slots):
        return None
    decision = await client.warranty_decision(facts(slots, today, caller))
    return decision.told(spoken=spoken) if is_worth_telling(decision) else None


def is_worth_telling(decision: Decision) -> bool:
    """Tell whether a decision says something about the warranty, and not that its facts make no sense."""
    return decision.family is not None and decision.state != "contradictory"


def read_fact(fact: str, turn: Turn, today: date) -> Reading:
    """Read the answer to a decision's question: the value for its fact, or the problem with it."""
    if fact in _DATES:
        return _read_date(turn, today)
    if fact == DIGITS:
        return Reading(value=last_digits(turn.text))
    named = next((entity.value for entity in turn.entities if entity.kind == fact), None)
    if named:
        return Reading(value=named)
    return Reading() if _is_no_name(fact, turn) else read_item(turn.text, today)


def _is_no_name(fact: str, turn: Turn) -> bool:
    """Tell whether words are no name for it: a question, a story, or what another thing is called."""
    if turn.means(*_NO_NAMES) or chinese_length(turn.text) > LONGEST_ITEM or _tells_a_matter(turn):
        return True
    if fact == "model":
        return not _CODE.search(unicodedata.normalize("NFKC", turn.text))
    return fact == "part" and turn.has(*_PIECES)


def _tells_a_matter(turn: Turn) -> bool:
    """Tell whether something is said that happened, rather than what a thing is called."""
    return turn.means(*MATTERS) and chinese_length(turn.text) > LONGEST_NAME


def last_digits(text: str) -> str | None:
    """Return the last four digits of a phone number that was said, whole or by its end."""
    digits = "".join(filter(str.isdigit, unicodedata.normalize("NFKC", text)))
    return digits[-LAST_DIGITS:] if len(digits) >= LAST_DIGITS else None


def _read_date(turn: Turn, today: date) -> Reading:
    for entity in turn.entities:
        if entity.kind in {"purchase_date", "incident_time"}:
            reading = read_past_date(entity.value[:_DAY], today)
            if reading.value or reading.problem:
                return reading
    return read_past_date(turn.text, today)
