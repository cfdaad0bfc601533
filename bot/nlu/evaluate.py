"""Scores a trained model on labelled sentences: `python -m bot.nlu.evaluate FILE.jsonl [--json]`."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.nlu.scores import Example, confusion_text, hazard_scores, intent_scores, label_of
from bot.nlu.trained import DEFAULT_MODELS, Understanding


def read_examples(path: Path) -> list[Example]:
    """Read one JSON object a line (`text`, `label`, and `also`, `hazard`, `mixed` where they apply)."""
    with path.open(encoding="utf-8") as lines:
        return [Example.read(json.loads(line)) for line in lines if line.strip()]


def evaluate(understanding: Understanding, examples: Sequence[Example]) -> dict[str, Any]:
    """Parse every example and compute all scores, with the errors and the time a sentence took."""
    parsed: list[dict[str, Any]] = []
    milliseconds: list[float] = []
    for example in examples:
        start = time.perf_counter()
        parsed.append(understanding.parse_one(example.text))
        milliseconds.append((time.perf_counter() - start) * 1000)
    predicted = [label_of(result) for result in parsed]
    errors = [
        {"text": example.text, "label": example.label, "also": example.also, "predicted": guess}
        for example, guess in zip(examples, predicted, strict=True)
        if guess not in {example.label, example.also}
    ]
    return {
        **intent_scores(examples, predicted),
        "hazard": hazard_scores(examples, [_hazard_of(result) for result in parsed]),
        "milliseconds_p50": round(statistics.median(milliseconds), 2) if milliseconds else None,
        "milliseconds_max": round(max(milliseconds), 2) if milliseconds else None,
        "errors": errors,
    }


def _hazard_of(parsed: Mapping[str, Any]) -> bool:
    """Read the hazard flag; a pipeline without signals (a benchmark's) flags nothing."""
    return bool(parsed.get("signals", {}).get("hazard"))


def report(result: dict[str, Any]) -> str:
    """Lay the scores out for reading."""
    lines = [
        f"sentences        {result['sentences']}",
        f"accuracy         {result['accuracy']:.3f}",
        f"macro F1 (ten)   {result['macro_f1_ten']:.3f}",
        f"macro F1 (four)  {result['macro_f1_four']:.3f}",
        f"accepted         {result['accepted']:.3f}",
        f"hazard           precision {result['hazard']['precision']}, recall {result['hazard']['recall']}",
        f"p50              {result['milliseconds_p50']} ms a sentence",
        "",
        *(f"{label:<20} F1 {value:.3f}" for label, value in result["f1_by_label"].items()),
        "",
        confusion_text(result["confusion"]),
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Evaluate a file and print scores as a table or as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bot.nlu.evaluate", description=__doc__)
    parser.add_argument("file", type=Path, help="labelled sentences, one JSON object a line")
    parser.add_argument("--model", default=DEFAULT_MODELS, help="a model archive, or a folder of archives")
    parser.add_argument("--json", action="store_true", help="print JSON, with every error")
    options = parser.parse_args(arguments)
    examples = read_examples(options.file)
    if not examples:
        parser.error(f"{options.file} holds no sentences")
    result = evaluate(Understanding(options.model), examples)
    text = json.dumps(result, ensure_ascii=False, indent=2) if options.json else report(result)
    sys.stdout.write(text + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
