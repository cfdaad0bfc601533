"""Scores extractors and signals on sets: `python -m bot.nlu.entity_eval FILE... [--json] [--errors N]`.

A line with `entities` is scored for entities, one with `signals` for signals: by the rules alone, or with
`--model` as the trained model says.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.nlu.entities.extract import extract
from bot.nlu.entity_scores import CLOSED, Line, Mention, entity_scores
from bot.nlu.signal_scores import signal_scores
from bot.nlu.signals import detect
from bot.nlu.trained import Understanding

SignalsOf = Callable[[str], dict[str, Any]]
_WAYS = ("headline", "strict", "lenient")


class SetError(ValueError):
    """A file holds no annotated set; the message names file and line."""


def read_set(path: Path) -> list[dict[str, Any]]:
    """Read the lines of a set; raises SetError with the place of what is wrong."""
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise SetError(f"{path.name}:{number}: {error}") from error
        if not isinstance(row, dict) or "text" not in row or not {"entities", "signals"} & set(row):
            raise SetError(f"{path.name}:{number}: neither entities nor signals")
        rows.append(row)
    if not rows:
        raise SetError(f"{path.name}: holds no lines")
    return rows


def evaluate_entities(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Extract from every text as of its own `now`, and score; raises SetError for a wrong annotation."""
    try:
        lines = [Line.read(row) for row in rows]
    except (KeyError, ValueError) as error:
        raise SetError(f"an annotation is wrong: {error!r}") from error
    found: list[list[Mention]] = []
    milliseconds: list[float] = []
    for line in lines:
        now = datetime.fromisoformat(line.now)
        start = time.perf_counter()
        entities = extract(line.text, now)
        milliseconds.append((time.perf_counter() - start) * 1000)
        found.append([Mention(one.entity, one.start, one.end, one.value) for one in entities])
    return {**entity_scores(lines, found), "milliseconds_p50": round(statistics.median(milliseconds), 2)}


def by_rules(text: str) -> dict[str, Any]:
    """The signals of a text without a model."""
    return detect(text).as_dict()


def evaluate_file(path: Path, signals_of: SignalsOf = by_rules) -> dict[str, Any]:
    """Score one set: `entities` or `signals`, by what its lines hold; raises SetError."""
    rows = read_set(path)
    kind = "entities" if "entities" in rows[0] else "signals"
    scored = (
        evaluate_entities(rows)
        if kind == "entities"
        else signal_scores(rows, [signals_of(row["text"]) for row in rows])
    )
    return {"file": path.name, "kind": kind, **scored}


def report(result: Mapping[str, Any], errors: int = 0) -> str:
    """Lay the scores of one file out for reading, with the first so many errors."""
    lines = [f"{result['file']}: {result['texts']} texts"]
    lines += _entity_lines(result) if result["kind"] == "entities" else _signal_lines(result)
    lines += [json.dumps(error, ensure_ascii=False) for error in result["errors"][:errors]]
    return "\n".join(lines)


def _figures(scores: Mapping[str, Any]) -> str:
    return f"P {scores['precision']:.3f}  R {scores['recall']:.3f}  F1 {scores['f1']:.3f}"


def _entity_lines(result: Mapping[str, Any]) -> list[str]:
    lines = [f"{way:<20} {_figures(result[way]['micro'])}" for way in _WAYS]
    lines.append(f"{'right values':<20} {result['values'].get('all', 0.0):.3f}")
    lines.append(f"{'p50':<20} {result['milliseconds_p50']} ms a text")
    for name, scores in result["headline"]["by_type"].items():
        strict = result["strict"]["by_type"].get(name, {"f1": 0.0})["f1"]
        value = result["values"].get(name, 0.0)
        closed = "closed" if name in CLOSED else ""
        lines.append(
            f"{name:<20} {_figures(scores)}  of {scores['true']:>3}  strict {strict:.3f}  "
            f"value {value:.3f} {closed}".rstrip()
        )
    return lines


def _signal_lines(result: Mapping[str, Any]) -> list[str]:
    lines = [f"{'flags':<20} {_figures(result['flags'])}"]
    lines += [
        f"{name:<20} {_figures(scores)}  of {scores['true']:>3}" for name, scores in result["by_flag"].items()
    ]
    lines += [f"{name:<20} {result[name]}" for name in ("hazard_kind", "anger_exact", "anger_two_classes")]
    return [*lines, f"{'anger from 2':<20} {_figures(result['angry'])}  of {result['angry']['true']:>3}"]


def _trained(model: str) -> SignalsOf:
    understanding = Understanding(model)
    return lambda text: dict(understanding.parse_one(text)["signals"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Score files and print tables, or one JSON document."""
    parser = argparse.ArgumentParser(prog="python -m bot.nlu.entity_eval", description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="annotated sets, JSON lines")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show the first N errors of each")
    parser.add_argument("--model", help="a model archive, or a folder of archives, for signals")
    options = parser.parse_args(arguments)
    try:
        signals_of = _trained(options.model) if options.model else by_rules
        results = [evaluate_file(path, signals_of) for path in options.files]
    except (OSError, SetError) as error:
        parser.error(str(error))
    if options.json:
        kept = [{**result, "errors": result["errors"][: options.errors]} for result in results]
        sys.stdout.write(json.dumps(kept, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write("\n\n".join(report(result, options.errors) for result in results) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
