"""What an engineer must know when the product cannot start."""

from pathlib import Path


class StackProblem(Exception):  # noqa: N818  # a problem of the installation, worded for a person by the CLI
    """Setup or start cannot go on.

    Args:
        code: names the wording under `problems` in the CLI's message file.
        log: the log whose tail explains it, if any.
        params: fill the wording's placeholders.
    """

    def __init__(self, code: str, *, log: Path | None = None, **params: object) -> None:
        super().__init__(f"{code}: {params}")
        self.code = code
        self.log = log
        self.params = params


def tail(path: Path, lines: int = 25) -> str:
    """The last lines of a log, empty if there is none."""
    if not path.is_file():
        return ""
    return "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
