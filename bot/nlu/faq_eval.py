"""Measures the search for answers: `python -m bot.nlu.faq_eval [FILE.jsonl] [--json]`.

Fits the search to `data/faq` and asks it the questions of a file (one JSON object a line: `text`, and `id` of
the entry that answers it, null for none; `also` may list more ids that answer it). Beside it stands how each
phrasing of an entry fares when it is left out.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.nlu.faq import FaqFit, FaqIndex, Found, fit_faq, trust_features
from bot.nlu.faq_entries import read_faq
from bot.nlu.parallel_encoder import encode_on_all_cores
from bot.nlu.text import clean

DEFAULT_FILE = Path(__file__).resolve().parents[2] / "tests" / "nlu_sets" / "faq.jsonl"


@dataclass(frozen=True)
class Question:
    """A question and the entries that answer it; none for one that has no answer."""

    text: str
    answers: tuple[str, ...] = ()

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Question:
        """Read one line of a file; raises KeyError when text or id is missing."""
        first = (row["id"],) if row["id"] else ()
        return cls(row["text"], (*first, *row.get("also", [])))


def read_questions(path: Path) -> list[Question]:
    """Read a file of questions; raises FileNotFoundError, JSONDecodeError or KeyError when it is none."""
    with path.open(encoding="utf-8") as lines:
        return [Question.read(json.loads(line)) for line in lines if line.strip()]


def hit_rates(
    questions: Sequence[Question], found: Sequence[Found], topics: Mapping[str, str]
) -> dict[str, Any]:
    """Compute the shares that count; None where there is nothing to divide by."""
    pairs = list(zip(questions, found, strict=True))
    answerable = [(question, result) for question, result in pairs if question.answers]
    others = [result for question, result in pairs if not question.answers]
    sure = [(question, result) for question, result in pairs if result.sure]
    return {
        "answerable": len(answerable),
        "unanswerable": len(others),
        "top1": _share(_first(result) in question.answers for question, result in answerable),
        "among_three": _share(
            any(name in question.answers for name, _ in result.candidates) for question, result in answerable
        ),
        "top1_when_sure": _share(_first(result) in question.answers for question, result in sure),
        "answered": _share(result.sure for _, result in answerable),
        "answered_wrongly_of_unanswerable": _share(result.sure for result in others),
        "topic": _share(
            result.topic in {topics[name] for name in question.answers} for question, result in answerable
        ),
    }


def _first(result: Found) -> str | None:
    return result.candidates[0][0] if result.candidates else None


def _share(hits: Any) -> float | None:
    values = [bool(hit) for hit in hits]
    return round(sum(values) / len(values), 4) if values else None


def left_out_found(fit: FaqFit) -> list[Found]:
    """Give what each question of the index would find if it were not in it."""
    scores = fit.left_out.alone
    trusted = fit.index.trust.probability(trust_features(scores))
    probabilities = fit.index.calibration.probabilities(scores)
    return [fit.index.judge(*row) for row in zip(scores, probabilities, trusted, strict=True)]


def evaluate(questions: Sequence[Question]) -> dict[str, Any]:
    """Fit the search and measure it on `questions` and on its own phrasings."""
    faq = read_faq()
    fit = fit_faq(faq, encode_on_all_cores)
    texts = [clean(question.text) for question in questions]
    found = fit.index.search(texts, encode_on_all_cores)
    own = [Question(text, (entry,)) for text, entry in faq.questions]
    own += [Question(text) for text in faq.unanswered]
    return {
        "entries": len(faq.topics),
        "phrasings": len(faq.questions),
        "questions": hit_rates(questions, found, faq.topics),
        "phrasings_left_out": hit_rates(own, left_out_found(fit), faq.topics),
        "milliseconds_without_encoders": _milliseconds(fit.index, texts),
        "errors": [
            {"text": question.text, "answers": list(question.answers), **result.as_dict()}
            for question, result in zip(questions, found, strict=True)
            if (result.sure or question.answers) and _first(result) not in question.answers
        ],
    }


def _milliseconds(index: FaqIndex, texts: Sequence[str]) -> float | None:
    spent: list[float] = []
    for text in texts:
        vectors = {name: encode_on_all_cores(name, [text]) for name in index.blocks}
        start = time.perf_counter()
        index.search([text], lambda name, _, known=vectors: known[name])
        spent.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(spent), 2) if spent else None


def report(result: Mapping[str, Any]) -> str:
    """Lay the result out for reading."""
    lines = [f"{result['entries']} entries, {result['phrasings']} phrasings", "", f"{'':34}file  left out"]
    for key, value in result["questions"].items():
        lines.append(f"{key:<34}{value!s:<6}{result['phrasings_left_out'][key]}")
    lines += ["", f"{result['milliseconds_without_encoders']} ms a search beside the encoders", "", "errors"]
    for error in result["errors"]:
        guess = error["candidates"][0]
        mark = "sure" if error["sure"] else "unsure"
        wanted = ", ".join(error["answers"]) or "none"
        lines.append(f"  {mark:<6} {wanted} -> {guess['id']} {guess['score']}: {error['text']}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the shares as a table or as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bot.nlu.faq_eval", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=DEFAULT_FILE)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    result = evaluate(read_questions(options.file))
    text = json.dumps(result, ensure_ascii=False, indent=2) if options.json else report(result)
    sys.stdout.write(text + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
