"""A learned second opinion on signals: what no rule foresaw, but what sounds like labelled sentences.

Rules are precise on wordings that somebody thought of; this model has seen few sentences but reads meaning.
Where it is sure it adds to the rules, and never takes away. Beside `data/signals` it learns from ordinary
sentences, which the rules label and which therefore weigh little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.nlu.intent_model import Array
from bot.nlu.signal_sentences import Told
from bot.nlu.signals import FLAGS, HAZARD, HAZARD_KINDS, Learned, Signals

ENCODER = "usem3"
SURE = 0.8
"""Probability from which the model is believed against the rules: on blind sentences it then finds most
dangers that rules miss, and raises few false alarms."""

_ORDINARY_WEIGHT = 0.3
_MEANING_WEIGHT = 2.0
_FREEDOM = 20.0


@dataclass(frozen=True)
class SignalModel:
    """A fitted model: one linear judge for each signal and each kind of danger."""

    vectorizer: TfidfVectorizer
    weights: Array
    bias: Array

    def learned(self, text: str, vector: Array) -> Learned:
        """Judge one cleaned text by its words and its sentence vector."""
        logits = _features(self.vectorizer, [text], vector[None, :]) @ self.weights.T + self.bias
        chances = 1.0 / (1.0 + np.exp(-np.asarray(logits)[0]))
        flags = frozenset(flag for flag, chance in zip(FLAGS, chances, strict=False) if chance >= SURE)
        kind = HAZARD_KINDS[int(np.argmax(chances[len(FLAGS) :]))]
        return Learned(flags, kind if HAZARD in flags else None)


def fit_signals(
    told: Sequence[Told], ordinary: Sequence[tuple[str, Signals]], texts: Sequence[str], vectors: Array
) -> SignalModel:
    """Fit the model.

    Args:
        told: labelled sentences.
        ordinary: other sentences with what the rules say of them.
        texts: all of these sentences, cleaned, in this order.
        vectors: their vectors by `ENCODER`, one a row.
    """
    vectorizer = TfidfVectorizer(
        analyzer="char", ngram_range=(1, 4), sublinear_tf=True, min_df=2, dtype=np.float32
    )
    vectorizer.fit(texts)
    features = _features(vectorizer, texts, vectors)
    importance = np.r_[np.ones(len(told)), np.full(len(ordinary), _ORDINARY_WEIGHT)]
    judges = [
        LogisticRegression(C=_FREEDOM, max_iter=500).fit(features, labels, importance)
        for labels in _labels(told, [signals for _, signals in ordinary])
    ]
    weights = np.vstack([judge.coef_[0] for judge in judges]).astype(np.float32)
    return SignalModel(vectorizer, weights, np.array([judge.intercept_[0] for judge in judges]))


def _labels(told: Sequence[Told], ordinary: Sequence[Signals]) -> list[list[bool]]:
    rows = [
        [one.hazard is not None if flag == HAZARD else flag in one.flags for one in told]
        + [bool(getattr(signals, flag)) for signals in ordinary]
        for flag in FLAGS
    ]
    kinds = [one.hazard for one in told] + [signals.hazard_kind for signals in ordinary]
    return rows + [[kind == name for kind in kinds] for name in HAZARD_KINDS]


def _features(vectorizer: TfidfVectorizer, texts: Sequence[str], vectors: Array) -> Any:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    meaning = sparse.csr_matrix(_MEANING_WEIGHT * vectors / np.maximum(lengths, 1e-9))
    return sparse.hstack([vectorizer.transform(texts), meaning]).tocsr()
