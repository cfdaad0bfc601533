"""Two readings of a question beside its vectors: its characters, and what its words mean in our trade."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer


class Concepts:
    """Finds the concepts of a text: each by itself, and each two together, which tell what is asked."""

    def __init__(self, concept_by_word: Mapping[str, str]) -> None:
        """Of words that overlap the longest is found."""
        self._concept_by_word = dict(concept_by_word)
        words = sorted(self._concept_by_word, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, words)) or r"(?!)")

    def __call__(self, text: str) -> list[str]:
        """Give the concepts of a cleaned text and their pairs, in alphabetical order."""
        found = sorted({self._concept_by_word[match] for match in self._pattern.findall(text)})
        return found + ["+".join(pair) for pair in combinations(found, 2)]


@dataclass(frozen=True)
class QuestionViews:
    """The fitted readings; rows are of unit length, so that products are likenesses."""

    vectorizers: Mapping[str, TfidfVectorizer]

    @classmethod
    def fit(cls, texts: Sequence[str], concept_by_word: Mapping[str, str]) -> QuestionViews:
        """Learn the n-grams and the weights of concepts from all questions."""
        chars = TfidfVectorizer(
            sublinear_tf=True, min_df=2, ngram_range=(1, 4), analyzer="char", dtype=np.float32
        )
        concepts = TfidfVectorizer(sublinear_tf=True, analyzer=Concepts(concept_by_word), dtype=np.float32)
        return cls({"chars": chars.fit(texts), "concepts": concepts.fit(texts)})

    def transform(self, texts: Sequence[str]) -> dict[str, Any]:
        """Give the matrices of texts (texts by features, sparse) by the name of the reading."""
        return {name: vectorizer.transform(texts) for name, vectorizer in self.vectorizers.items()}
