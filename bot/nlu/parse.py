"""Lines in, JSON lines out: `python -m bot.nlu.parse [--model PATH] < sentences.txt`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from bot.nlu.trained import DEFAULT_MODELS, Understanding


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse each line of standard input; blank lines are parsed too, so that lines correspond."""
    parser = argparse.ArgumentParser(prog="python -m bot.nlu.parse", description=__doc__)
    parser.add_argument("--model", default=DEFAULT_MODELS, help="a model archive, or a folder of archives")
    options = parser.parse_args(arguments)
    understanding = Understanding(options.model)
    for line in sys.stdin:
        parsed = understanding.parse_one(line.rstrip("\r\n"))
        sys.stdout.write(json.dumps(parsed, ensure_ascii=False, default=str) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
