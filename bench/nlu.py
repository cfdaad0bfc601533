"""Our pipeline beside Rasa's default Chinese one, trained on the same sentences in one run.

`make bench-nlu`, or `python bench/nlu.py [--sentences N] [--epochs N] [--test FILE.jsonl] [--json]`. Without
a test file a tenth of `data/nlu` is held out, the same for both. Prints accuracy, time and memory of both.
Training Rasa's classifier on all sentences takes hours of two cores; `--sentences` takes a fair share of each
intent for both. The vectors of our encoders are computed anew, so that both start from nothing.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.nlu.training_data import read_sentences
from runtime.programs import RASA, bot_python, rasa_environ

HELD_OUT = 10
SEED = 7
KIBIBYTE_PER_MEBIBYTE = 1024
OURS, DEFAULT = "yingsheng", "rasa_default"
CHAT_ACTS = frozenset(
    ["greet", "affirm", "deny", "correct", "inform", "repeat", "cancel", "skip", "thanks", "bye"]
)

Sentence = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Run:
    """What a finished process said and cost."""

    output: str
    seconds: float
    peak_mebibytes: int


def main() -> None:
    """Train both, score both, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, help="train on about so many (default: all)")
    parser.add_argument(
        "--epochs", type=int, default=100, help="of Rasa's classifier (its starter's value: 100)"
    )
    parser.add_argument("--test", type=Path, help="labelled sentences, one JSON object a line")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    sentences = read_sentences()
    train, test = (sentences, None) if options.test else split(sentences)
    with tempfile.TemporaryDirectory(prefix="ys-bench-nlu-") as directory:
        folder = Path(directory)
        write_training(folder / "data", sample(train, options.sentences))
        test_file = options.test or write_test(folder / "test.jsonl", test or [])
        rows = {
            name: measure(folder / name, pipeline, folder / "data", test_file)
            for name, pipeline in ((OURS, our_pipeline()), (DEFAULT, default_pipeline(options.epochs)))
        }
    print_result(rows, as_json=options.json)


def by_intent(sentences: Sequence[Sentence]) -> dict[str, list[Sentence]]:
    """Sentences by intent, shuffled always alike."""
    groups = defaultdict(list)
    for sentence in sentences:
        groups[sentence[1]].append(sentence)
    for group in groups.values():
        random.Random(SEED).shuffle(group)
    return groups


def split(sentences: Sequence[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
    """Nine tenths of each intent to learn from, one tenth to be tested on."""
    train: list[Sentence] = []
    test: list[Sentence] = []
    for group in by_intent(sentences).values():
        held_out = len(group) // HELD_OUT
        test += group[:held_out]
        train += group[held_out:]
    return train, test


def sample(sentences: Sequence[Sentence], count: int | None) -> list[Sentence]:
    """About `count` sentences, each intent with its share."""
    share = 1.0 if count is None else min(1.0, count / len(sentences))
    return [
        one for group in by_intent(sentences).values() for one in group[: max(2, int(len(group) * share))]
    ]


def write_training(folder: Path, sentences: Sequence[Sentence]) -> None:
    """Write Rasa's form of training data."""
    folder.mkdir()
    blocks = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text, _ in group)}
        for intent, group in by_intent(sentences).items()
    ]
    text = yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True, width=1_000_000)
    (folder / "nlu.yml").write_text(text, encoding="utf-8")


def write_test(path: Path, sentences: Sequence[Sentence]) -> Path:
    """Write the form that `yingsheng nlu eval` reads; chat acts have no label there."""
    rows = [{"text": text, "label": intent} for text, intent in sentences if intent not in CHAT_ACTS]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def our_pipeline() -> list[dict[str, Any]]:
    """The pipeline of config.yml."""
    pipeline: list[dict[str, Any]] = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))[
        "pipeline"
    ]
    return pipeline


def default_pipeline(epochs: int) -> list[dict[str, Any]]:
    """What Rasa's documentation recommends for a language without spaces (rasa.com/docs/rasa/components)."""
    return [
        {"name": "JiebaTokenizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": epochs, "constrain_similarities": True, "random_seed": SEED},
    ]


def measure(folder: Path, pipeline: list[dict[str, Any]], data: Path, test: Path) -> dict[str, Any]:
    """Train a pipeline from nothing and score what came out."""
    folder.mkdir()
    config = {"recipe": "default.v1", "assistant_id": "bench", "language": "zh", "pipeline": pipeline}
    (folder / "config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    python = str(bot_python(ROOT))
    cache = folder / "var"
    command = [python, "-m", RASA, "train", "nlu", "--nlu", str(data), "--out", str(folder)]
    options = ["--config", str(folder / "config.yml"), "--fixed-model-name", "model"]
    trained = run([*command, *options], cache)
    model = str(folder / "model.tar.gz")
    scored = run([python, "-m", "bot.nlu.evaluate", str(test), "--model", model, "--json"], cache)
    scores = json.loads(scored.output[scored.output.index("{") :])
    return {
        "accuracy": scores["accuracy"],
        "macro_f1_ten": scores["macro_f1_ten"],
        "macro_f1_four": scores["macro_f1_four"],
        "accepted": scores["accepted"],
        "milliseconds_p50": scores["milliseconds_p50"],
        "training_seconds": round(trained.seconds),
        "training_peak_mebibytes": trained.peak_mebibytes,
        "answering_peak_mebibytes": scored.peak_mebibytes,
        "test_sentences": scores["sentences"],
    }


def run(command: list[str], cache: Path) -> Run:
    """Run to the end; its log goes to our standard error."""
    environ = {**os.environ, **rasa_environ(), "PYTHONPATH": str(ROOT), "YINGSHENG_VAR_DIR": str(cache)}
    environ["RASA_CACHE_DIRECTORY"] = str(cache / "rasa")
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True) as process:
        output = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command[1:4])} ended with {process.returncode}\n{output[-2000:]}")
    return Run(output, time.perf_counter() - began, peak(usage))


def peak(usage: resource.struct_rusage) -> int:
    """The largest resident size in MiB (Linux counts it in KiB)."""
    return usage.ru_maxrss // KIBIBYTE_PER_MEBIBYTE


def print_result(rows: dict[str, dict[str, Any]], *, as_json: bool) -> None:
    """Both side by side."""
    if as_json:
        print(json.dumps(rows, indent=2))
        return
    table = Table("", *rows)
    for measured in rows[OURS]:
        table.add_row(measured, *(str(row[measured]) for row in rows.values()))
    Console().print(table)


if __name__ == "__main__":
    main()
