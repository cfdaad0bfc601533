"""Check the annotated sets of this folder: form, spans, values and enough of every kind.

`python tests/nlu_sets/validate.py` prints what is wrong, or the counts of each set; the definitions are in
README.md. Standard library only, so that it runs in the root and in the bot environment.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
SET_LETTERS = {"entities": "abcde", "signals": "abcd"}
DAY = r"\d{4}(-\d{2}(-\d{2})?)?"
ANYTHING = r"\S(.*\S)?"
CODE = r"[0-9A-Z./\-]+"
VALUES = {
    "product": r"\S+",
    "brand": r"\S+",
    "model": r"\S+",
    "serial_number": CODE,
    "order_number": CODE,
    "material_number": CODE,
    "ticket_number": r"\d{11}",
    "purchase_date": DAY,
    "incident_time": r"\d{4}-\d{2}-\d{2}(T\d{2})?",
    "fault": ANYTHING,
    "quantity": r"[1-9]\d*",
    "defective_quantity": r"[1-9]\d*",
    "money": r"[1-9]\d*(\.\d*[1-9])?",
    "phone": r"[014]\d{9,11}",
    "person_name": r"\S+",
    "address": r"\S+",
    "shop": r"\S+",
    "staff": r"\S+",
    "demand": r"return|exchange|repair|refund|compensation|apology|visit|handle",
}
DATES = {"purchase_date", "incident_time"}
FEWER = {"material_number": 15, "ticket_number": 15}
ENOUGH = 25
SMALLER_SETS = {"c": 12, "d": 12, "e": 6}
HAZARD_KINDS = {"explosion", "gas", "fire", "electric", "smoke", "injury"}
FLAGS = ("hazard", "threat", "vulnerable", "repeated", "wants_human")
ENOUGH_HAZARDS = 35
WORST_ANGER = 3


def read(name: str) -> list[dict[str, Any]]:
    """The lines of one set; raises ValueError with the line if one is no JSON object."""
    lines = []
    for number, line in enumerate((FOLDER / name).read_text(encoding="utf-8").splitlines(), start=1):
        try:
            lines.append(dict(json.loads(line)))
        except (ValueError, TypeError) as error:
            raise ValueError(f"{name}:{number}: {error}") from error
    return lines


def span(text: str, entity: dict[str, Any]) -> tuple[int, int]:
    """Where an entity stands; raises ValueError if it is not there, or ambiguous without `start`."""
    words = entity["text"]
    if "start" not in entity and text.count(words) != 1:
        raise ValueError(f"{words!r} occurs {text.count(words)} times")
    start = entity.get("start", text.find(words))
    end = start + len(words)
    if not words or words != words.strip() or text[start:end] != words:
        raise ValueError(f"{words!r} is not at {start}")
    return start, end


def value_faults(entity: dict[str, Any], now: datetime) -> Iterator[str]:
    kind, value = entity["entity"], entity["value"]
    if kind not in VALUES:
        yield f"unknown entity {kind!r}"
    elif not re.fullmatch(VALUES[kind], value):
        yield f"{kind} has the value {value!r}"
    elif kind in DATES:
        padded = value[:10] + "0001-01-01"[len(value[:10]) :] + value[10:]
        datetime.fromisoformat(padded)
        if value > now.isoformat()[: len(value)]:
            yield f"{kind} {value} is after {now.isoformat()}"


def entity_faults(line: dict[str, Any]) -> Iterator[str]:
    now = datetime.fromisoformat(line["now"])
    if now.tzinfo is None:
        yield "now has no offset"
    marked = line["entities"] + line.get("optional", [])
    try:
        spans = sorted(span(line["text"], entity) for entity in line["entities"])
        for entity in marked:
            span(line["text"], entity)
            yield from value_faults(entity, now)
    except ValueError as error:
        yield str(error)
        return
    if any(left[1] > right[0] for left, right in pairwise(spans)):
        yield "entities overlap"


def signal_faults(line: dict[str, Any]) -> Iterator[str]:
    signals = line["signals"]
    if set(signals) != {*FLAGS, "hazard_kind", "anger"}:
        yield f"the signals are {sorted(signals)}"
        return
    if any(not isinstance(signals[flag], bool) for flag in FLAGS):
        yield "a flag is neither true nor false"
    if signals["hazard"] != (signals["hazard_kind"] in HAZARD_KINDS):
        yield f"hazard {signals['hazard']} of kind {signals['hazard_kind']!r}"
    if not signals["hazard"] and signals["hazard_kind"] is not None:
        yield "a kind without a hazard"
    if isinstance(signals["anger"], bool) or signals["anger"] not in range(WORST_ANGER + 1):
        yield f"anger is {signals['anger']!r}"


def entity_counts(lines: list[dict[str, Any]], enough: int) -> tuple[Counter[str], list[str]]:
    counts = Counter(entity["entity"] for line in lines for entity in line["entities"])
    few = [kind for kind in VALUES if counts[kind] < min(enough, FEWER.get(kind, enough))]
    counts["(lines)"] = len(lines)
    counts["(lines with none)"] = sum(not line["entities"] for line in lines)
    return counts, few


def signal_counts(lines: list[dict[str, Any]], enough: int) -> tuple[Counter[str], list[str]]:
    counts: Counter[str] = Counter()
    for line in lines:
        signals = line["signals"]
        counts.update(flag for flag in FLAGS if signals[flag])
        counts.update([f"anger {signals['anger']}"])
        counts.update([f"hazard {signals['hazard_kind']}"] if signals["hazard"] else [])
    few = [flag for flag in FLAGS if counts[flag] < (ENOUGH_HAZARDS if flag == "hazard" else enough)]
    counts["(lines)"] = len(lines)
    return counts, few


SETS = {"entities": (entity_faults, entity_counts), "signals": (signal_faults, signal_counts)}


def check(kind: str) -> Iterator[str]:
    """What is wrong with the sets of `entities` or `signals`; prints the counts of each."""
    faults_of, counts_of = SETS[kind]
    seen: dict[str, str] = {}
    for letter in SET_LETTERS[kind]:
        lines = read(f"{kind}_{letter}.jsonl")
        for line in lines:
            for key in ("id", "text"):
                if line[key] in seen:
                    yield f"{line['id']}: same {key} as {seen[line[key]]}"
                seen[line[key]] = line["id"]
            yield from (f"{line['id']}: {fault}" for fault in faults_of(line))
        counts, few = counts_of(lines, SMALLER_SETS.get(letter, ENOUGH))
        yield from (f"{kind}_{letter}: only {counts[name]} of {name}" for name in few)
        print(f"{kind}_{letter}", *(f"{name} {count}" for name, count in sorted(counts.items())), sep="\n  ")


if __name__ == "__main__":
    faults = [fault for kind in SETS for fault in check(kind)]
    sys.exit("\n".join(faults) if faults else 0)
