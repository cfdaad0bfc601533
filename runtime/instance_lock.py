"""Only one run at a time on one `var` directory, and whoever asks learns where that one answers."""

import fcntl
import json
import os
from pathlib import Path
from typing import Any, Self

from runtime.problems import StackProblem
from runtime.settings import StackSettings


class InstanceLock:
    """Held for as long as this copy of the product runs; the system releases it however the process ends."""

    def __init__(self, settings: StackSettings) -> None:
        self._path = lock_path(settings)
        self._about = {"pid": os.getpid(), "url": settings.backend_url}
        self._file: Any = None

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise StackProblem("already_running", **(_read(self._path))) from None
        file.truncate(0)
        file.write(json.dumps(self._about))
        file.flush()
        self._file = file
        return self

    def __exit__(self, *_: object) -> None:
        self._file.truncate(0)
        self._file.close()


def lock_path(settings: StackSettings) -> Path:
    """The lock's file."""
    return settings.run_dir / "up.lock"


def running_instance(settings: StackSettings) -> dict[str, Any] | None:
    """`pid` and `url` of the run that holds the lock now."""
    path = lock_path(settings)
    if not path.exists():
        return None
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return _read(path)
    return None


def _read(path: Path) -> dict[str, Any]:
    text = path.read_text(encoding="utf-8")
    about: dict[str, Any] = json.loads(text) if text.strip() else {"pid": 0, "url": ""}
    return about
