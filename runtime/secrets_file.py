"""Secrets of one installation, made once and kept in a file that only its owner reads."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from runtime.problems import StackProblem

SERVICE_TOKEN = "YINGSHENG_SERVICE_TOKEN"  # noqa: S105  # name of a variable
DEMO_PASSWORD = "YINGSHENG_DEMO_PASSWORD"  # noqa: S105  # name of a variable
SECRETS_KEY = "YINGSHENG_SECRETS_KEY"
VOICE_DEMO_TOKEN = "YINGSHENG_VOICE_DEMO_TOKEN"  # noqa: S105  # name of a variable
# Read aloud and typed by people: no characters that look alike.
PASSWORD_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105  # an alphabet
PASSWORD_LENGTH = 16


def secrets_path(var_dir: Path) -> Path:
    """The file that holds the secrets."""
    return var_dir / "secrets.env"


def ensure_secrets(var_dir: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """All secrets, made and stored where missing. A value in the environment goes before the file.

    Raises:
        StackProblem: others may read the file.
    """
    path = secrets_path(var_dir)
    stored = read_secrets(path)
    made = {
        SERVICE_TOKEN: _token,
        SECRETS_KEY: _token,
        DEMO_PASSWORD: _password,
        VOICE_DEMO_TOKEN: _token,
    }
    missing = {name: make() for name, make in made.items() if not stored.get(name)}
    if missing:
        stored |= missing
        _write(path, stored)
    return {name: environ.get(name) or value for name, value in stored.items()}


def read_secrets(path: Path) -> dict[str, str]:
    """The stored secrets, empty if there is no file yet.

    Raises:
        StackProblem: others may read the file.
    """
    if not path.exists():
        return {}
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise StackProblem("secrets_readable", path=path)
    lines = (line.partition("=") for line in path.read_text(encoding="utf-8").splitlines() if "=" in line)
    return {name.strip(): value.strip() for name, _, value in lines if not name.lstrip().startswith("#")}


def _write(path: Path, values: Mapping[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(f"{name}={value}\n" for name, value in values.items())
    unfinished.replace(path)


def _token() -> str:
    return secrets.token_urlsafe(32)


def _password() -> str:
    return "".join(secrets.choice(PASSWORD_ALPHABET) for _ in range(PASSWORD_LENGTH))
