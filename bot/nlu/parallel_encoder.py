"""Encoding many texts on all cores: what most of a first training is.

`python -m bot.nlu.parallel_encoder ENCODER < texts` puts the vectors of the lines into the cache. Training
runs it as a process of its own: workers that started from Rasa would import all of it first.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from bot.nlu.encoders import ENCODERS, CachedEncoder, Matrix, load_encoder
from bot.nlu.vector_cache import cache_path

ROOT = Path(__file__).resolve().parents[2]
CHUNK = 64
"""Texts that a worker takes at a time; fewer than these are not worth starting any."""

BATCH = 512


def encode_on_all_cores(name: str, texts: Sequence[str]) -> Matrix:
    """Give the vectors of one-line texts by the encoder of that name; what the cache lacks by many processes.

    Raises:
        subprocess.CalledProcessError: the workers failed; their log is on standard error.
    """
    cached = CachedEncoder(load_encoder(name), cache_path())
    missing = cached.missing(texts)
    if len(missing) > CHUNK:
        environ = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "bot.nlu.parallel_encoder", name]
        subprocess.run(command, input="\n".join(missing), text=True, env=environ, check=True)
    return cached.encode(texts)


def _encode_chunk(name: str, texts: Sequence[str]) -> Matrix:
    return load_encoder(name).encode(texts)


class _ParallelEncoder:
    """An encoder whose work is shared by a pool of processes, each of which loads its own once."""

    def __init__(self, name: str, pool: ProcessPoolExecutor) -> None:
        encoder = load_encoder(name)
        self.name = encoder.name
        self.dim = encoder.dim
        self.max_chars = encoder.max_chars
        self._pool = pool

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Encode texts, in chunks that the pool shares out."""
        chunks = [texts[start : start + CHUNK] for start in range(0, len(texts), CHUNK)]
        return np.vstack(list(self._pool.map(_encode_chunk, [self.name] * len(chunks), chunks)))


def main() -> None:
    """Fill the cache with what it lacks of the lines on standard input."""
    (name,) = sys.argv[1:]
    if name not in ENCODERS:
        sys.exit(f"no encoder {name!r}; there are {', '.join(ENCODERS)}")
    texts = list(dict.fromkeys(sys.stdin.read().splitlines()))
    with ProcessPoolExecutor(os.cpu_count() or 1, mp_context=get_context("spawn")) as pool:
        CachedEncoder(_ParallelEncoder(name, pool), cache_path(), batch=BATCH).encode(texts)


if __name__ == "__main__":
    main()
