"""How a text is put for WeChat: parts below its limit, cut at sentence ends; choices as numbers. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

MAX_BYTES = 2_048
"""Of a text in UTF-8; beyond it the vendor answers with error 45002."""
FULL_STOPS = "\N{IDEOGRAPHIC FULL STOP}\N{FULLWIDTH EXCLAMATION MARK}\N{FULLWIDTH QUESTION MARK}!?…"
CLOSING = "”’」』)\N{FULLWIDTH RIGHT PARENTHESIS}"
COMMAS = "\N{FULLWIDTH SEMICOLON};\N{FULLWIDTH COMMA},\N{IDEOGRAPHIC COMMA}"
ENDS = (
    re.compile(r"\n+"),
    re.compile(rf"[{FULL_STOPS}]+[{CLOSING}]*|[.](?=\s)"),
    re.compile(rf"[{COMMAS}]|\s"),
)
"""Where a text may be cut, the best places first: lines, sentences, clauses."""
BARE_NUMBER = re.compile(r"[(\[]?(?P<number>\d{1,2})[)\].\N{IDEOGRAPHIC COMMA}\N{IDEOGRAPHIC FULL STOP}]?")
BETWEEN = "\n\n"
EARLIEST = 4
"""A cut in the first quarter of what fits is none: it would leave a short message behind."""


def size(text: str) -> int:
    """Bytes of a text as the vendor counts them."""
    return len(text.encode())


def parts(text: str, limit: int = MAX_BYTES) -> list[str]:
    """The text in parts of at most `limit` bytes, cut late and where it reads well. Blank ends go."""
    found: list[str] = []
    rest = text.strip()
    while size(rest) > limit:
        cut = _cut(rest, limit)
        if head := rest[:cut].rstrip():
            found.append(head)
        rest = rest[cut:].lstrip()
    return [*found, rest] if rest else found


def joined(texts: Sequence[str], limit: int = MAX_BYTES) -> tuple[str, int]:
    """As many of the texts, from the first on, as fit into one message together, and how many those are."""
    whole, count = "", 0
    for text in texts:
        longer = f"{whole}{BETWEEN}{text}" if whole else text
        if size(longer) > limit:
            break
        whole, count = longer, count + 1
    return whole, count


def numbered(text: str, choices: Sequence[str], how: str) -> str:
    """The text with its choices as a numbered list below, and `how` to answer."""
    if not choices:
        return text
    lines = [f"{number}. {choice}" for number, choice in enumerate(choices, start=1)]
    return "\n".join([text, *lines, how])


def chosen(text: str, choices: Sequence[str]) -> str | None:
    """The choice that a bare number stands for; none for any other text, or if the text is a choice."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain in choices or not (found := BARE_NUMBER.fullmatch(plain)):
        return None
    number = int(found["number"])
    return choices[number - 1] if 1 <= number <= len(choices) else None


def _cut(text: str, limit: int) -> int:
    """Characters up to the last good place to cut within the limit."""
    most = _characters(text, limit)
    for ends in ENDS:
        for end in sorted((match.end() for match in ends.finditer(text, 0, most)), reverse=True):
            if end * EARLIEST >= most:
                return end
    return _whole(text, most)


def _characters(text: str, limit: int) -> int:
    """How many characters from the beginning fit into the limit."""
    return len(text.encode()[:limit].decode(errors="ignore"))


def _whole(text: str, cut: int) -> int:
    """The cut, moved before a character that what follows belongs to: accents, parts of an emoji."""
    place = cut
    while place > 1 and any(_belongs(character) for character in _around(text, place)):
        place -= 1
    return place if place > 1 else max(cut, 1)


def _around(text: str, place: int) -> Iterator[str]:
    yield text[place]
    if text[place - 1] == "\N{ZERO WIDTH JOINER}":
        yield text[place - 1]


def _belongs(character: str) -> bool:
    return (
        unicodedata.category(character) in {"Mn", "Me", "Cf"}
        or "\N{EMOJI MODIFIER FITZPATRICK TYPE-1-2}" <= character <= "\N{EMOJI MODIFIER FITZPATRICK TYPE-6}"
    )
