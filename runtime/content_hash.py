"""Tells whether something built is still what its sources would build."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

IGNORED_DIRECTORIES = frozenset({"__pycache__", "node_modules", "dist"})


def content_hash(root: Path, sources: Iterable[str]) -> str:
    """Hash over names and contents of the files at or below `sources` (paths relative to `root`).

    Hidden files, caches and build output do not count; a source that does not exist counts as empty.
    """
    digest = hashlib.sha256()
    for path in sorted(_files(root, sources)):
        digest.update(str(path.relative_to(root)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(root: Path, sources: Iterable[str]) -> set[Path]:
    found: set[Path] = set()
    for source in sources:
        start = root / source
        candidates = [start] if start.is_file() else start.rglob("*")
        found.update(path for path in candidates if path.is_file() and _counts(path.relative_to(start)))
    return found


def _counts(relative: Path) -> bool:
    return not any(part.startswith(".") or part in IGNORED_DIRECTORIES for part in relative.parts)
