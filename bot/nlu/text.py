"""Two readings of a customer's text: `fold` keeps positions, `clean` keeps only what carries meaning.

Entities point into the text that the customer wrote, so extractors work on a `Folded` text, whose every
character knows its place in the original. Intent models work on a cleaned text, where repeats, fillers,
emoji and traditional characters no longer tell sentences apart.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import opencc

from bot.nlu.lexicon import load_section
from bot.nlu.sound_alikes import correct

MAX_FOLDED = 1200
"""Characters of a message that extraction looks at; what comes after is kept but not analysed."""

MAX_CLEAN = 360
"""Characters of a message that intent models look at: its head and its tail, where demands stand."""

_HEAD_SHARE = 0.6
_CLAUSE_BREAK = re.compile(r"[,.;!?~\u3002\u3001\u2026\s]+")
_JOINERS = {"\u200d", "\ufe0e", "\ufe0f"}
_REPEATED = re.compile(r"([^0-9a-z])\1{2,}")
_REPEATED_GROUP = re.compile(r"([^0-9a-z]{2,6}?)\1{2,}")
_PUNCTUATION_RUN = re.compile(
    r"([!?,.;:~\u3002\u3001\u2026])[!?,.;:~\u3002\u3001\u2026\s]*(?=[!?,.;:~\u3002\u3001\u2026])"
)
_SPACES = re.compile(r"\s+")
_BRACKETED_TAG = re.compile(r"\[([^\[\]\n]{1,6})\]")
_LINK = re.compile(r"(?:https?://|www\.)[^\s\u4e00-\u9fff]+")


@dataclass(frozen=True)
class Folded:
    """Text in one spelling (simplified, half width, no invisible characters) with the way back."""

    text: str
    starts: tuple[int, ...]
    original: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the place in the original of the folded characters from `start` up to `end`."""
        return self.starts[start], self.starts[end - 1] + 1


@lru_cache(maxsize=1)
def _converter() -> Any:
    return opencc.OpenCC("t2s")


def _is_noise(char: str) -> bool:
    return char in _JOINERS or (
        unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"} and char not in "\n\t\r"
    )


def simplify(text: str) -> str:
    """Turn traditional characters into simplified ones, one for one, so that positions hold."""
    converted = str(_converter().convert(text))
    if len(converted) == len(text):
        return converted
    return "".join(str(_converter().convert(char))[:1] or char for char in text)


def fold(text: str, limit: int = MAX_FOLDED) -> Folded:
    """Spell the first `limit` characters in one way and remember where each stood; never fails."""
    chars: list[str] = []
    starts: list[int] = []
    for index, char in enumerate(text[:limit]):
        if _is_noise(char):
            continue
        for piece in unicodedata.normalize("NFKC", char):
            chars.append(" " if piece in "\n\t\r" else piece)
            starts.append(index)
    return Folded(simplify("".join(chars)), tuple(starts), text)


def _shorten(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    head = int(limit * _HEAD_SHARE)
    return text[:head] + text[-(limit - head) :]


def _replace_emoji(text: str) -> str:
    emoji = load_section("normalise").table("emoji")
    out: list[str] = []
    for char in text:
        if char in emoji:
            out.append(emoji[char])
        elif unicodedata.category(char) in {"So", "Sk"}:
            out.append(" ")
        else:
            out.append(char)
    return "".join(out)


def _replace_tag(match: re.Match[str]) -> str:
    return load_section("normalise").table("stickers").get(match.group(1), " ")


def clean(text: str, limit: int = MAX_CLEAN) -> str:
    """Reduce a text to what an intent model should see; may be empty."""
    folded = fold(text).text.lower()
    folded = _LINK.sub(" ", folded)
    folded = _BRACKETED_TAG.sub(_replace_tag, folded)
    folded = _replace_emoji(folded)
    folded = _REPEATED.sub(r"\1\1", folded)
    folded = _REPEATED_GROUP.sub(r"\1\1", folded)
    folded = _PUNCTUATION_RUN.sub("", folded)
    without_fillers = load_section("normalise").pattern("fillers").sub("", folded).strip(" ,")
    return correct(_shorten(_SPACES.sub(" ", without_fillers or folded).strip(), limit))


def clauses(text: str) -> list[str]:
    """Split a cleaned text at punctuation and blanks; never an empty list for a text with content."""
    return [part for part in _CLAUSE_BREAK.split(text) if part]
