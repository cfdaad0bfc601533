"""Three readings of a cleaned sentence for n-gram models: characters, shapes, words.

Shapes stand for products, brands, shops, staff and numbers, so that what was learned about a heater
holds for a phone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.entities.lexical import find_words
from bot.nlu.entities.spans import resolve
from bot.nlu.entities.staff import find_staff
from bot.nlu.lexicon import load_section
from bot.nlu.segment import words

VIEWS = ("chars", "shapes", "words")
_SHAPES = {"product": "\u24df", "brand": "\u24d1", "shop": "\u24e2", "staff": "\u24e6"}
_NUMBER = "0"
_BLANK_SEPARATED = r"\S+"


def shape(text: str) -> str:
    """Write one sign for each product, brand, shop, member of staff and number."""
    parts: list[str] = []
    position = 0
    for found in resolve([*find_words(text), *find_staff(text)]):
        parts += [text[position : found.start], _SHAPES[found.entity]]
        position = found.end
    return load_section("views").pattern("number").sub(_NUMBER, "".join([*parts, text[position:]]))


def view(name: str, text: str) -> str:
    """Give one reading of a cleaned text."""
    if name == "chars":
        return text
    return shape(text) if name == "shapes" else " ".join(words(text))


def make_vectorizer(name: str) -> TfidfVectorizer:
    """Make the vectoriser that fits a view."""
    if name == "words":
        return TfidfVectorizer(
            sublinear_tf=True, min_df=2, ngram_range=(1, 2), token_pattern=_BLANK_SEPARATED, dtype=np.float32
        )
    return TfidfVectorizer(sublinear_tf=True, min_df=2, ngram_range=(1, 4), analyzer="char", dtype=np.float32)


@dataclass(frozen=True)
class Vectorizers:
    """The fitted vectorisers of all views."""

    by_view: dict[str, TfidfVectorizer]

    @classmethod
    def fit(cls, texts: Sequence[str]) -> tuple[Vectorizers, dict[str, Any]]:
        """Fit all views; gives the vectorisers and the matrices of the texts."""
        fitted, matrices = {}, {}
        for name in VIEWS:
            fitted[name] = make_vectorizer(name)
            matrices[name] = sparse.csr_matrix(
                fitted[name].fit_transform([view(name, text) for text in texts])
            )
        return cls(fitted), matrices

    def transform(self, texts: Sequence[str]) -> dict[str, Any]:
        """Give the matrices of new texts."""
        return {
            name: vectorizer.transform([view(name, text) for text in texts])
            for name, vectorizer in self.by_view.items()
        }
