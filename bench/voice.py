"""Spoken calls: a voice at 8 kHz mu-law, a recogniser, the whole hotline; right tickets, character error.

`make bench-voice`. Simulated customers (tests/support/simulated_customer) telephone twice: typed straight
into the telephone, and spoken through a voice and a recogniser without a vendor. The difference is what
hearing costs. Voice and recogniser are small ones from packages, so the figures are no vendor's.
`--conversations N --seed N`. Transcripts are in var/bench-voice/.
"""

import argparse
import filecmp
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.spoken_calls.calling import HERE, Hearing, SpokenChat, Voice
from bench.spoken_calls.scoring import errors
from runtime.stack import Stack, running_stack
from tests.support.simulated_customer.persona import Persona, draw_persona
from tests.support.simulated_customer.run import Conversation, converse
from tests.support.talk import HotlineApi
from tests.support.telephone import Telephone

REPORTS = ROOT / "var" / "bench-voice"
MODELS = REPORTS / "models"
ENVIRONMENT = HERE / ".venv"
PYTHON_VERSION = "3.11"
ZONE = ZoneInfo("Asia/Shanghai")
AS_SAID = {"opening", "description"}
"""Kept in the words that arrived, which the character error measures."""


def installed() -> Path:
    """The Python of voice and recogniser, installed as locked."""
    lock, present = HERE / "requirements.lock", ENVIRONMENT / "installed.lock"
    python = ENVIRONMENT / "bin" / "python"
    if not (present.exists() and filecmp.cmp(lock, present, shallow=False)):
        uv = str(ROOT / ".uv" / "bin" / "uv")
        subprocess.run([uv, "venv", "--clear", "--python", PYTHON_VERSION, str(ENVIRONMENT)], check=True)
        sync = [uv, "pip", "sync", "--require-hashes", "--python", str(python), str(lock)]
        subprocess.run(sync, check=True)
        shutil.copyfile(lock, present)
    return python


def customers(first: int, many: int) -> Iterator[Persona]:
    """Customers with a matter to tell; who only wants a person says too little to be measured."""
    today, seed = datetime.now(ZONE).date(), first
    while many:
        persona = draw_persona(seed, today)
        seed += 1
        if persona.goal.kind != "human_request":
            many -= 1
            yield persona


def call(stack: Stack, api: HotlineApi, persona: Persona, voice: Voice | None) -> Conversation:
    """One call, from the number of the customer."""
    phone = persona.goal.facts.get("phone")
    number = phone.held if phone else f"139{random.Random(persona.seed).randrange(10**8):08}"
    telephone = Telephone(stack.settings.backend_url, stack.voice_demo_token, f"+86{number}")
    chat = SpokenChat(api, telephone, voice)
    done = converse(chat, persona)
    done.wrong = {slot: what for slot, what in done.wrong.items() if voice is None or slot not in AS_SAID}
    if chat.heard:
        arrived = zip_longest(chat.heard, done.lines, fillvalue=())
        done.lines = [(f"{said} | {' | '.join(heard)}", reply) for heard, (said, reply) in arrived]
    if not telephone.over:
        telephone.hang_up()
    return done


def figures(done: Sequence[Conversation]) -> dict[str, str]:
    """What came of the calls."""
    filed = [each for each in done if each.ended == "ticket"]
    kinds = [each for each in filed if not {"kind", "tickets"} & each.wrong.keys()]
    wrong = Counter(slot for each in done for slot in each.wrong).most_common()
    return {
        "calls": str(len(done)),
        "with a ticket": str(len(filed)),
        "ticket of the right kind": str(len(kinds)),
        "every field right": str(sum(each.right for each in done)),
        "turns": f"{statistics.fmean(each.turns for each in done):.1f}",
        "wrong": ", ".join(f"{slot} {count}" for slot, count in wrong) or "-",
        "left to a person": str(sum(each.ended == "dead_end" for each in done)),
        "ended otherwise": str(sum(each.ended in {"endless", "broken"} for each in done)),
    }


def heard(hearings: Sequence[Hearing]) -> str:
    """The character error over everything said."""
    counted = [errors(each.said, each.heard) for each in hearings]
    wrong, of = (sum(column) for column in zip(*counted, strict=True))
    return f"{100 * wrong / of:.1f} % of {of} characters in {len(hearings)} sentences"


def main() -> None:
    """Hold the calls, typed and spoken, and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1, help="of the first customer; the next ones count up")
    options = parser.parse_args()
    python = installed()
    prompt = yaml.safe_load((HERE / "ear.yml").read_text(encoding="utf-8"))["prompt"]
    people = (options.seed, options.conversations)
    with running_stack() as stack, HotlineApi(stack.settings.backend_url) as api:
        api.log_in("demo", stack.demo_password)
        typed = [call(stack, api, persona, None) for persona in customers(*people)]
        with Voice(python, MODELS, prompt) as voice:
            began = time.perf_counter()
            spoken = [call(stack, api, persona, voice) for persona in customers(*people)]
            took = time.perf_counter() - began
    table = Table("what", "typed", "spoken", title="Calls of simulated customers")
    for (name, left), right in zip(figures(typed).items(), figures(spoken).values(), strict=True):
        table.add_row(name, left, right)
    Console(width=110).print(table)
    print(f"character error: {heard(voice.hearings)}; {took / len(spoken):.0f} s a call")
    REPORTS.mkdir(parents=True, exist_ok=True)
    path = REPORTS / "calls.md"
    path.write_text("\n".join(each.transcript() for each in (*typed, *spoken)), encoding="utf-8")
    print(f"transcripts: {path}")


if __name__ == "__main__":
    main()
