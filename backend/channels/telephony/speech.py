"""Text made for the ear: digits apart, nothing for the eye only, portions that a carrier takes. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

MAX_ENCODED_BYTES = 4_000
"""A <Say> holds 4,500 bytes of URL-encoded text; the rest is left for mark-up. https://www.twilio.com/docs/voice/twiml/say"""
_MOBILE = re.compile(r"1\d{10}", re.ASCII)
_MOBILE_GROUPS = (3, 4, 4)
_GROUP = 4
_DIGITS = re.compile(r"(?<![0-9.])[0-9](?:[ -]?[0-9]){3,}(?![0-9.])")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FOR_THE_EYE = re.compile(r"[“”\"《》【】*#_`|~<>\[\]{}]|https?://\S+")
_SENTENCE = re.compile("[^\u3002\uff01\uff1f\uff1b\n]*[\u3002\uff01\uff1f\uff1b\n]?")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of speech; digits are read one by one."""

    text: str
    digits: bool = False


def one_by_one(digits: str) -> str:
    """Digits in groups that can be written down, with spaces, so that no voice reads them as an amount."""
    sizes = _MOBILE_GROUPS if _MOBILE.fullmatch(digits) else (_GROUP,) * len(digits)
    groups, rest = [], digits
    for size in sizes:
        groups.append(rest[:size])
        rest = rest[size:]
    return " ".join(group for group in groups if group)


def portions(text: str, most_bytes: int = MAX_ENCODED_BYTES) -> list[str]:
    """The text in portions that stay below the limit when URL-encoded, cut between sentences if possible."""
    found: list[str] = []
    current = ""
    for sentence in _sentences(_FOR_THE_EYE.sub("", _NOT_XML.sub("", text)).strip()):
        if len(quote(current + sentence)) > most_bytes and current:
            found.append(current)
            current = ""
        pieces = list(_cut(sentence, most_bytes))
        found.extend(pieces[:-1])
        current += pieces[-1]
    return [*found, current] if current.strip() else found


def pieces(text: str) -> Iterator[Piece]:
    """The text with its long runs of digits set apart; a year is a number."""
    at = 0
    for match in _DIGITS.finditer(text):
        if _YEAR.fullmatch(match.group()):
            continue
        if match.start() > at:
            yield Piece(text[at : match.start()])
        yield Piece(re.sub(r"[ -]", "", match.group()), digits=True)
        at = match.end()
    if at < len(text):
        yield Piece(text[at:])


def plain(text: str) -> str:
    """The text for a voice that knows no mark-up: nothing for the eye only, long numbers digit by digit."""
    said = pieces("".join(portions(text)))
    return "".join(" ".join(piece.text) if piece.digits else piece.text for piece in said)


def _sentences(text: str) -> Iterator[str]:
    return (match.group() for match in _SENTENCE.finditer(text) if match.group())


def _cut(sentence: str, most_bytes: int) -> Iterator[str]:
    current, size = "", 0
    for sign in sentence:
        width = len(quote(sign))
        if size + width > most_bytes:
            yield current
            current, size = "", 0
        current += sign
        size += width
    yield current
