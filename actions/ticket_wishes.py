"""What is wanted of a ticket that is there already: how it stands, hurry, an addition, withdrawal. Pure."""

import re
import unicodedata
from collections.abc import Sequence

from actions.answers import chinese_length
from actions.backend_answers import Progress
from actions.turn import Turn
from actions.wording import Wording, plain

PROGRESS = "progress"
URGE = "urge"
ADD = "add"
WITHDRAW = "withdraw"

TELLING_ADDITION = 4
"""Characters beside the words that announce an addition, from which it has been said already."""

TELLING_DIGITS = 4
"""Digits from which the end of a number tells which ticket is meant."""

LONGEST_REMARK = 20
"""Characters up to which impatience or withdrawal is no story of its own."""

LONGEST_WORDS = 4000
"""Characters of an addition that go on the ticket; the conversation keeps the rest."""

_NUMBER = re.compile(r"(?<!\d)2(?:[ -]?\d){10,19}(?!\d)")
_LAST4 = re.compile(r"(?<!\d)\d{4}(?!\d)")
_PLACES = {"first_reading": 0, "second_reading": 1, "third_reading": 2}


def wish_of(text: str, wording: Wording) -> str:
    """Return what is wanted, by the words that say so; where none do, how it stands."""
    said = plain(text)
    for wish in (WITHDRAW, ADD, URGE):
        if any(plain(word) in said for word in wording.responses[f"utter_words_{wish}"]):
            return wish
    return PROGRESS


def reopens(turn: Turn, wording: Wording) -> bool:
    """Tell whether what sounds like a new matter is about a ticket that is there already.

    An addition says so. Impatience and withdrawal do when they are short and name nothing new.
    """
    wish = wish_of(turn.text, wording)
    if wish == ADD:
        return True
    if chinese_length(turn.text) > LONGEST_REMARK or turn.has("product", "staff"):
        return False
    if urges_now(turn, wording):
        return True
    if turn.has("fault"):
        return False
    if wish == WITHDRAW:
        return not turn.has("demand")
    return wish == URGE and turn.intent == "service_complaint"


def urges_now(turn: Turn, wording: Wording) -> bool:
    """Tell whether a short message asks in so many words to hurry, so that it is about a ticket."""
    said = plain(turn.text)
    asked = any(word in said for word in wording.responses["utter_words_urge_now"])
    return asked and chinese_length(turn.text) <= LONGEST_REMARK and not turn.has("product")


def addition(text: str, wording: Wording) -> str | None:
    """Return what is to be added; None when it was announced only."""
    rest = text
    for word in wording.responses["utter_words_add"]:
        rest = rest.replace(word, "")
    return text[:LONGEST_WORDS] if chinese_length(rest) >= TELLING_ADDITION else None


def number_in(text: str) -> str | None:
    """Return the ticket number in a message, as digits; phone numbers begin otherwise."""
    found = _NUMBER.search(unicodedata.normalize("NFKC", text))
    return re.sub(r"\D", "", found.group()) if found else None


def digits_in(text: str, wording: Wording) -> str | None:
    """Return the last four digits of a phone number where a message says that it names them."""
    folded = unicodedata.normalize("NFKC", text)
    for word in wording.responses["utter_words_last4"]:
        _, said, after = folded.partition(unicodedata.normalize("NFKC", word))
        found = _LAST4.search(after) if said else None
        if found:
            return found.group()
    return None


def meant(turn: Turn, offered: Sequence[Progress]) -> Progress | None:
    """Return which of several tickets a message points to: by number, its end, its place or its title."""
    place = _PLACES.get(turn.choice or "")
    if place is not None and place < len(offered):
        return offered[place]
    said = plain(turn.text)
    digits = re.sub(r"\D", "", turn.text)
    telling = len(digits) >= TELLING_DIGITS
    by_number = [ticket for ticket in offered if telling and ticket.number.endswith(digits)]
    named = [ticket for ticket in offered if _names(said, ticket)]
    found = by_number or named
    return found[0] if len(found) == 1 else None


def _names(said: str, ticket: Progress) -> bool:
    parts = [plain(part) for part in ticket.title.split("\u00b7")]
    return plain(ticket.title) in said or any(part and part in said for part in parts)
