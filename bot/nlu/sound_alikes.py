"""Words of the trade written with other characters of the same sound, put right: typing and hearing errors.

Only what the segmenter does not know as a word is read by its sound, so that a sentence that is right stays
as it is. A correction has as many characters as what it replaces: places in the text hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pypinyin import lazy_pinyin

from bot.nlu.lexicon import load_section
from bot.nlu.segment import is_known_word, known_words_with_starts

_LONG = 3
"""Words this long are told by their sound even if a known word stands among the characters."""

_MAX_WORD = 6
_LAZY_ENDINGS = (("ing", "in"), ("eng", "en"), ("ang", "an"))
_LAZY_STARTS = (("zh", "z"), ("ch", "c"), ("sh", "s"))


def correct(text: str) -> str:
    """Give the folded text with misheard and mistyped words of the trade put right; same length."""
    tokens = known_words_with_starts(text)
    chars = list(text)
    position = 0
    while position < len(tokens):
        span = _correction(tokens, position)
        if span is None:
            position += 1
            continue
        word, count = span
        start = tokens[position][1]
        chars[start : start + len(word)] = word
        position += count
    return "".join(chars)


def _correction(tokens: list[tuple[str, int]], first: int) -> tuple[str, int] | None:
    """Find the word that tokens from `first` on sound like, and how many tokens it takes."""
    by_sound = _words_by_sound()
    best: tuple[str, int] | None = None
    written, end = "", tokens[first][1]
    for count, (token, start) in enumerate(tokens[first:], start=1):
        written += token
        if start != end or len(written) > _MAX_WORD or not _is_chinese(token):
            break
        end = start + len(token)
        word = by_sound.get(_sound([_syllable(char) for char in written])) if len(written) > 1 else None
        if word and _may_be(written, word, [token for token, _ in tokens[first : first + count]]):
            best = (word, count)
    return best


def _may_be(written: str, word: str, tokens: list[str]) -> bool:
    lexicon = load_section("sound_alikes")
    if written == word or len(written) != len(word) or written in lexicon.group("themselves"):
        return False
    changed = [one for one, other in zip(written, word, strict=True) if one != other]
    if len(changed) > len(word) // 2 or any(char in lexicon.group("function_characters") for char in changed):
        return False
    if len(word) < _LONG:
        return not is_known_word(written)
    return len(tokens) > 1


def _sound(syllables: Sequence[str]) -> tuple[str, ...]:
    """Read syllables without tones; those of longer words as lazy speakers say them (zh like z)."""
    return tuple(syllables if len(syllables) < _LONG else map(_lazy, syllables))


@lru_cache(maxsize=8192)
def _syllable(char: str) -> str:
    return str(lazy_pinyin(char)[0])


def _lazy(syllable: str) -> str:
    for full, short in _LAZY_STARTS:
        if syllable.startswith(full):
            syllable = short + syllable[len(full) :]
    for full, short in _LAZY_ENDINGS:
        if syllable.endswith(full):
            return syllable[: -len(full)] + short
    return syllable


@lru_cache(maxsize=1)
def _words_by_sound() -> dict[tuple[str, ...], str]:
    families = load_section("products").table("families")
    products = [word for word in families.values() if _LONG <= len(word) <= _MAX_WORD]
    words = [*products, *load_section("sound_alikes").group("words")]
    by_character = {_sound([_syllable(char) for char in word]): word for word in words}
    return by_character | {_sound(lazy_pinyin(word)): word for word in words}


def _is_chinese(token: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" for char in token)
