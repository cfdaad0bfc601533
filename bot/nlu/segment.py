"""Chinese word segmentation: one jieba with the words of the lexicon loaded."""

from __future__ import annotations

import logging
from functools import lru_cache

import jieba

from bot.nlu.lexicon import load_section

MAX_SEGMENTED = 2000
_WORD_TABLES = (("products", "families"), ("brands", "brands"), ("shops", "platforms"))
_WORD_GROUPS = (("faults", "nouns"), ("faults", "phrases"), ("faults", "parts"))


def lexicon_words() -> set[str]:
    """Give every word of the lexicon that a segmenter should keep whole."""
    words: set[str] = set()
    for section, table in _WORD_TABLES:
        words.update(load_section(section).table(table))
    for section, group in _WORD_GROUPS:
        words.update(load_section(section).group(group))
    return {word for word in words if len(word) > 1}


@lru_cache(maxsize=1)
def _segmenter() -> jieba.Tokenizer:
    jieba.setLogLevel(logging.WARNING)
    segmenter = jieba.Tokenizer()
    segmenter.initialize()
    for word in sorted(lexicon_words()):
        segmenter.add_word(word)
    return segmenter


def words(text: str) -> list[str]:
    """Cut a text into words, blanks left out."""
    return [word for word in _segmenter().lcut(text[:MAX_SEGMENTED]) if not word.isspace()]


def words_with_starts(text: str) -> list[tuple[str, int]]:
    """Cut a text into words with their places, blanks left out; what lies beyond the limit stays whole."""
    cut = [
        (word, start) for word, start, _ in _segmenter().tokenize(text[:MAX_SEGMENTED]) if not word.isspace()
    ]
    rest = text[MAX_SEGMENTED:]
    return [*cut, (rest, MAX_SEGMENTED)] if rest.strip() else cut


_COMMON = 450
_FREQUENT = 1500


def is_common_word(word: str) -> bool:
    """Tell whether the dictionary knows a word as a frequent one (so that it is hardly a person's name)."""
    return int(_segmenter().FREQ.get(word) or 0) >= _COMMON


def is_frequent_word(word: str) -> bool:
    """Tell whether the dictionary knows a word as too frequent for a name, even beside a phone number."""
    return int(_segmenter().FREQ.get(word) or 0) >= _FREQUENT


def known_words_with_starts(text: str) -> list[tuple[str, int]]:
    """Cut a text into words of the dictionary, with their places; what it lacks falls into characters."""
    return [(word, start) for word, start, _ in _segmenter().tokenize(text[:MAX_SEGMENTED], HMM=False)]


def is_known_word(word: str) -> bool:
    """Tell whether the dictionary has a word."""
    return bool(_segmenter().FREQ.get(word))
