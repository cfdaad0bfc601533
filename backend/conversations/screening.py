"""What a text is before anybody tries to understand it: fit for storage, fit for the bot. Pure."""

import unicodedata
from enum import StrEnum

LONG_CHARACTERS = 4_000
BOT_CHARACTERS = LONG_CHARACTERS
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
KEPT_CONTROLS = frozenset("\n\t")
INTENT_PREFIX, HARMLESS_PREFIX = "/", "\N{FULLWIDTH SOLIDUS}"


class Screening(StrEnum):
    """How a customer's text is to be treated."""

    ORDINARY = "ordinary"
    EMPTY = "empty"
    LONG = "long"


def storable(text: str) -> str:
    """The text as PostgreSQL can hold it: NUL, lone surrogates and control characters become U+FFFD."""
    normal = paired(text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        REPLACEMENT
        if unicodedata.category(character) == "Cc" and character not in KEPT_CONTROLS
        else character
        for character in normal
    )


def paired(text: str) -> str:
    """The text with lone surrogates, as half an emoji leaves them, replaced by U+FFFD."""
    return "".join(REPLACEMENT if "\ud800" <= character <= "\udfff" else character for character in text)


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
