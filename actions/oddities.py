"""Messages that no sentence can be read from: pictures, one key held down, another language."""

import re
import unicodedata

ODDITIES = frozenset({"utter_side_silence", "utter_side_sticker", "utter_side_babble", "utter_side_foreign"})
"""Responses to what no sentence can be read from."""

FEWEST_DIFFERENT = 4
LONG = 12
"""A text of so many characters, of which so few are different, is a key held down."""

FOREIGN_WORDS = 3
"""Words in Latin letters from which a text without Chinese is a sentence in another language."""

_STICKER = re.compile(r"\s*(?:[\[\uff3b\u3010][^\[\]\u3010\u3011\s]{1,8}[\]\uff3d\u3011]\s*)+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[^\W\d_]{2,}")
_SIGN = re.compile(r"[^\s]")
_PICTURES = {"So", "Sk", "Cn"}
"""Unicode categories of emoji; those of a later Unicode than this Python's are not assigned."""


def oddity(text: str, *, free: bool = False) -> str | None:
    """Return the response to a message that is no sentence in Chinese, else None.

    ``free``: any words are welcome, in whatever language they are.
    """
    if not text.strip():
        return "utter_side_silence"
    if _STICKER.fullmatch(text) or _is_pictures(text):
        return "utter_side_sticker"
    signs = _SIGN.findall(text)
    if len(signs) >= LONG and len(set(signs)) < FEWEST_DIFFERENT:
        return "utter_side_babble"
    if not free and not _CHINESE.search(text) and len(_LATIN_WORD.findall(text)) >= FOREIGN_WORDS:
        return "utter_side_foreign"
    return None


def _is_pictures(text: str) -> bool:
    """Tell whether there are pictures and no letter or digit."""
    kinds = {unicodedata.category(sign) for sign in text}
    return bool(kinds & _PICTURES) and not any(kind[0] in "LN" for kind in kinds)
