"""Cross-validation on `data/nlu`: `python -m bot.nlu.cv [--folds N] [--curve] [--plot FILE] [--json]`.

Prints scores, a confusion table, a reliability table (does 0.8 mean right four times out of five?), the
errors that the model is surest of, and with `--curve` how scores grow with the data.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.model_selection import StratifiedKFold

from bot.nlu.cv_plot import draw
from bot.nlu.intent_model import Array, Encode, fit_intents
from bot.nlu.parallel_encoder import encode_on_all_cores
from bot.nlu.scores import CHAT_ACTS, OTHER, Example, confusion_text, intent_scores
from bot.nlu.text import clean
from bot.nlu.training_data import DATA_DIR, read_sentences

SHARES = (0.25, 0.5, 0.75, 1.0)
_BINS = 10


def cross_validate(
    texts: Sequence[str], labels: Sequence[str], encode: Encode, folds: int
) -> tuple[list[str], Array]:
    """Predict each sentence by a model that has not seen it; gives intents and the probabilities of these."""
    predicted = np.empty(len(texts), dtype=object)
    confidence = np.zeros(len(texts))
    for train, test in _splits(labels, folds):
        model = fit_intents([texts[i] for i in train], [labels[i] for i in train], encode)
        rows = model.predict([texts[i] for i in test], encode)
        predicted[test] = [model.classes[index] for index in rows.argmax(axis=1)]
        confidence[test] = rows.max(axis=1)
    return list(predicted), confidence


def _splits(labels: Sequence[str], folds: int) -> Iterator[tuple[Array, Array]]:
    splitter = StratifiedKFold(n_splits=folds, shuffle=True, random_state=7)
    yield from splitter.split(np.zeros(len(labels)), np.array(labels))


def reliability(confidence: Array, right: Array) -> list[dict[str, Any]]:
    """Compare, by tenth of confidence, how sure the model was with how often it was right."""
    tenths = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    rows = []
    for tenth in range(_BINS):
        chosen = tenths == tenth
        if chosen.any():
            rows.append(
                {
                    "from": tenth / _BINS,
                    "sentences": int(chosen.sum()),
                    "confidence": round(float(confidence[chosen].mean()), 3),
                    "right": round(float(right[chosen].mean()), 3),
                }
            )
    return rows


def learning_curve(texts: Sequence[str], labels: Sequence[str], encode: Encode) -> list[dict[str, Any]]:
    """Score models trained on growing shares of the data, all on the same held-out fifth."""
    train, test = next(_splits(labels, 5))
    order = np.random.default_rng(7).permutation(train)
    rows = []
    for share in SHARES:
        part = order[: int(len(order) * share)]
        model = fit_intents([texts[i] for i in part], [labels[i] for i in part], encode)
        guesses = [model.classes[i] for i in model.predict([texts[i] for i in test], encode).argmax(axis=1)]
        scores = intent_scores([Example(texts[i], labels[i]) for i in test], guesses)
        rows.append(
            {"sentences": len(part), **{key: scores[key] for key in ("macro_f1_ten", "macro_f1_four")}}
        )
    return rows


def run(folds: int, errors: int, curve: bool, folder: Path) -> dict[str, Any]:
    """Cross-validate and gather all that is reported."""
    pairs = [(clean(sentence), sentence, intent) for sentence, intent in read_sentences(folder)]
    pairs = [pair for pair in pairs if pair[0]]
    texts, labels = [pair[0] for pair in pairs], [pair[2] for pair in pairs]
    encode = encode_on_all_cores
    predicted, confidence = cross_validate(texts, labels, encode, folds)
    right = np.array([guess == label for guess, label in zip(predicted, labels, strict=True)])
    asked = [index for index, label in enumerate(labels) if label not in CHAT_ACTS]
    views = [OTHER if predicted[index] in CHAT_ACTS else predicted[index] for index in asked]
    surest = sorted(np.flatnonzero(~right), key=lambda index: -confidence[index])[:errors]
    return {
        "all_intents": intent_scores(
            [Example(text, label) for text, label in zip(texts, labels, strict=True)], predicted
        ),
        "ten_labels": intent_scores([Example(texts[index], labels[index]) for index in asked], views),
        "reliability": reliability(confidence, right),
        "curve": learning_curve(texts, labels, encode) if curve else [],
        "errors": [
            {
                "text": pairs[index][1],
                "label": labels[index],
                "predicted": predicted[index],
                "confidence": round(float(confidence[index]), 3),
            }
            for index in surest
        ],
    }


def report(result: dict[str, Any]) -> str:
    """Lay the result out for reading."""
    ten, every = result["ten_labels"], result["all_intents"]
    lines = [
        f"sentences {every['sentences']}, all intents: macro F1 {every['macro_f1_ten']:.3f}",
        f"ten labels: accuracy {ten['accuracy']:.3f}, macro F1 {ten['macro_f1_ten']:.3f}",
        f"four labels: macro F1 {ten['macro_f1_four']:.3f}",
        "",
        *(f"{label:<20} F1 {value:.3f}" for label, value in result["all_intents"]["f1_by_label"].items()),
        "",
        confusion_text(ten["confusion"]),
        "",
        "reliability: how sure, how often right, of how many",
        *(
            f"  {row['confidence']:.2f}  {row['right']:.2f}  {row['sentences']}"
            for row in result["reliability"]
        ),
    ]
    if result["curve"]:
        lines += ["", "learning curve: sentences, macro F1 ten, four"]
        lines += [
            f"  {row['sentences']}  {row['macro_f1_ten']:.3f}  {row['macro_f1_four']:.3f}"
            for row in result["curve"]
        ]
    lines += ["", "surest errors"]
    lines += [
        f"  {row['confidence']:.2f} {row['label']} -> {row['predicted']}: {row['text']}"
        for row in result["errors"]
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run cross-validation from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bot.nlu.cv", description=__doc__)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--errors", type=int, default=40, help="how many errors to show")
    parser.add_argument("--curve", action="store_true", help="also compute the learning curve")
    parser.add_argument("--data", type=Path, default=DATA_DIR, help="the folder of training sentences")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--plot", type=Path, help="also draw the curves into this file")
    options = parser.parse_args(arguments)
    result = run(options.folds, options.errors, options.curve, options.data)
    if options.plot:
        draw(result, options.plot)
    text = json.dumps(result, ensure_ascii=False, indent=2) if options.json else report(result)
    sys.stdout.write(text + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
