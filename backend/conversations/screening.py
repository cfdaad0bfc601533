"""What a text is before anybody tries to understand it: empty, too long, or fit for the bot. Pure."""

import unicodedata
from enum import StrEnum

LONG_CHARACTERS = 4_000
BOT_CHARACTERS = LONG_CHARACTERS
INTENT_PREFIX, HARMLESS_PREFIX = "/", "\N{FULLWIDTH SOLIDUS}"


class Screening(StrEnum):
    """How a customer's text is to be treated."""

    ORDINARY = "ordinary"
    EMPTY = "empty"
    LONG = "long"


def screened(text: str) -> Screening:
    """Whether there is anything to understand, and not too much."""
    if not any(_visible(character) for character in text):
        return Screening.EMPTY
    return Screening.LONG if len(text) > LONG_CHARACTERS else Screening.ORDINARY


def for_bot(text: str) -> str:
    """The part of a text that the bot is asked about.

    Rasa takes a leading slash for an intent given by a program; a customer's slash must not become one.
    """
    beginning = text.strip()[:BOT_CHARACTERS]
    if beginning.startswith(INTENT_PREFIX):
        return HARMLESS_PREFIX + beginning[1:]
    return beginning


def _visible(character: str) -> bool:
    return unicodedata.category(character)[0] not in "ZC" or unicodedata.category(character) == "Co"
