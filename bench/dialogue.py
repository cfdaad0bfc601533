"""Simulated customers talk to the whole product: right tickets, turns, loops, dead ends.

Every customer comes from one seed (tests/support/simulated_customer), so a failure can be played again with
`--seed N --conversations 1`. `make bench-dialogue`. Transcripts of failures are in var/bench-dialogue/.
"""

import argparse
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from runtime.stack import running_stack
from tests.support.simulated_customer.persona import draw_persona
from tests.support.simulated_customer.run import Conversation, converse
from tests.support.talk import HotlineApi

REPORTS = ROOT / "var" / "bench-dialogue"
AT_ONCE = 4
ZONE = ZoneInfo("Asia/Shanghai")
MOST_SPARE_TURNS = 2


def held(api: HotlineApi, seed: int) -> Conversation:
    """Hold the conversation of one seed; what breaks on the way is its failure."""
    persona = draw_persona(seed, datetime.now(ZONE).date())
    return converse(api.open_chat(), persona)


def hold_all(seeds: Sequence[int]) -> list[Conversation]:
    """Hold the conversations on a copy of the product, a few at a time."""
    with running_stack() as stack, HotlineApi(stack.settings.backend_url) as api:
        api.log_in("demo", stack.demo_password)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(lambda seed: held(api, seed), seeds))


def share(part: int, whole: int) -> float:
    """Percent, 0 for nothing of nothing."""
    return 100 * part / whole if whole else 0.0


def figures(done: Sequence[Conversation]) -> dict[str, Any]:
    """What the benchmark reports."""
    filed = [each for each in done if each.ended == "ticket"]
    spare = [each.spare_turns for each in filed]
    return {
        "conversations": len(done),
        "right": sum(each.right for each in done),
        "right_percent": round(share(sum(each.right for each in done), len(done)), 1),
        "completed": len(filed),
        "completed_percent": round(share(len(filed), len(done)), 1),
        "dead_ends": sum(each.ended == "dead_end" for each in done),
        "broken": sum(each.ended == "broken" for each in done),
        "endless": sum(each.ended == "endless" for each in done),
        "looping": sum(bool(each.loops) for each in done),
        "turns_mean": round(statistics.fmean(each.turns for each in filed), 2) if filed else None,
        "missing_mean": round(statistics.fmean(each.missing for each in filed), 2) if filed else None,
        "spare_turns_mean": round(statistics.fmean(spare), 2) if filed else None,
        "within_two_spare_percent": round(share(sum(n <= MOST_SPARE_TURNS for n in spare), len(spare)), 1),
        "wrong": Counter(slot for each in done for slot in each.wrong).most_common(),
        "loops": Counter(slot for each in done for slot in each.loops).most_common(),
        "asked_although_told": Counter(slot for each in done for slot in each.asked_again).most_common(),
        "by_mood": by(done, lambda each: each.persona.mood.name),
        "by_kind": by(done, lambda each: each.persona.goal.kind),
    }


def by(done: Iterable[Conversation], name: Any) -> dict[str, str]:
    """How many are right of each sort."""
    every, right = Counter[str](), Counter[str]()
    for each in done:
        every[name(each)] += 1
        right[name(each)] += each.right
    return {sort: f"{right[sort]}/{count}" for sort, count in sorted(every.items())}


def transcripts(done: Iterable[Conversation]) -> str:
    """Everything that did not go as it should, to be read."""
    bad = [each for each in done if not each.right or each.loops or each.spare_turns > MOST_SPARE_TURNS]
    return "\n".join(each.transcript() for each in bad)


def report(console: Console, found: dict[str, Any]) -> None:
    """Print the figures."""
    table = Table("what", "value", title="Simulated customers")
    for name, value in found.items():
        shown = ", ".join(f"{key} {count}" for key, count in value) if isinstance(value, list) else value
        if isinstance(value, dict):
            shown = ", ".join(f"{key} {count}" for key, count in value.items())
        table.add_row(name, str(shown))
    console.print(table)


def main() -> None:
    """Hold the conversations and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1, help="of the first customer; the next ones count up")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    options = parser.parse_args()
    began = time.perf_counter()
    done = hold_all(range(options.seed, options.seed + options.conversations))
    found = {**figures(done), "seconds": round(time.perf_counter() - began)}
    report(Console(width=110), found)
    REPORTS.mkdir(parents=True, exist_ok=True)
    path = REPORTS / "went_wrong.md"
    path.write_text(transcripts(done), encoding="utf-8")
    print(f"transcripts of what went wrong: {path}")
    if options.json:
        options.json.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
