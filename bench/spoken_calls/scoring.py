"""How much of what was said arrived: character error, in which numbers count by value. Pure."""

import re
import unicodedata

from rapidfuzz.distance import Levenshtein

LONG_NUMBER = 5
"""Digits from which a number is said digit by digit."""

_DIGITS = "\u96f6\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d"
_TENS = "\u5341"
_HUNDREDS = "\u767e"
_NOT_HEARD = re.compile(r"[\W_]+")
_RUN = re.compile(rf"\d{{{LONG_NUMBER},}}")
_UP_TO_THOUSAND = re.compile(
    rf"(?:([{_DIGITS}]){_HUNDREDS}\u96f6?)?(?:([{_DIGITS}])?({_TENS}))?([{_DIGITS}])?"
)


def as_said(text: str) -> str:
    """The text with long numbers spelled digit by digit, as one says them."""
    folded = unicodedata.normalize("NFKC", text)
    return _RUN.sub(lambda found: "".join(_DIGITS[int(digit)] for digit in found.group()), folded)


def errors(said: str, heard: str) -> tuple[int, int]:
    """Characters put in, left out or taken for others, and the characters said; signs do not count."""
    given, got = _plain(said), _plain(heard)
    return Levenshtein.distance(given, got), len(given)


def _plain(text: str) -> str:
    bare = _NOT_HEARD.sub("", unicodedata.normalize("NFKC", text)).lower()
    return _UP_TO_THOUSAND.sub(lambda found: _in_figures(found) if found.group() else "", bare)


def _in_figures(found: re.Match[str]) -> str:
    """A number below a thousand in figures; digits in a row stay digits."""
    hundreds, tens, ten, ones = found.groups()
    if not (hundreds or ten):
        return str(_DIGITS.index(ones))
    value = 100 * _value(hundreds, 0) + (10 * _value(tens, 1) if ten else 0) + _value(ones, 0)
    return str(value)


def _value(digit: str | None, otherwise: int) -> int:
    return _DIGITS.index(digit) if digit else otherwise
