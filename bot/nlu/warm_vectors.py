"""Computes the vectors of training sentences and FAQ questions ahead of training, on all cores.

`python -m bot.nlu.warm_vectors [FOLDER]` fills the cache that training reads: encoding is most of a first
training, and Rasa would do it on one core.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from bot.nlu.encoders import ENCODERS, CachedEncoder, Matrix, load_encoder
from bot.nlu.faq_entries import read_faq
from bot.nlu.text import clean
from bot.nlu.training_data import DATA_DIR, read_sentences
from bot.nlu.vector_cache import cache_path

CHUNK = 64
BATCH = 512


def encode_chunk(name: str, texts: Sequence[str]) -> Matrix:
    """Encode texts in a worker, which loads its encoder once."""
    return load_encoder(name).encode(texts)


class ParallelEncoder:
    """An encoder whose work is shared by a pool of processes."""

    def __init__(self, name: str, pool: ProcessPoolExecutor) -> None:
        """Encode with the encoder of that name."""
        encoder = load_encoder(name)
        self.name = encoder.name
        self.dim = encoder.dim
        self.max_chars = getattr(encoder, "max_chars", 0)
        self._pool = pool

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Encode texts, in chunks that the pool shares out."""
        chunks = [texts[start : start + CHUNK] for start in range(0, len(texts), CHUNK)]
        return np.vstack(list(self._pool.map(encode_chunk, [self.name] * len(chunks), chunks)))


def training_texts(folder: Path) -> Iterator[str]:
    """Give the training sentences of a folder as the pipeline will see them."""
    return filter(None, (clean(sentence) for sentence, _ in read_sentences(folder)))


def main() -> None:
    """Fill the cache with what it lacks."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA_DIR
    texts = list(dict.fromkeys([*training_texts(folder), *read_faq().texts]))
    with ProcessPoolExecutor(os.cpu_count() or 1, mp_context=get_context("spawn")) as pool:
        for name in ENCODERS:
            CachedEncoder(ParallelEncoder(name, pool), cache_path(), batch=BATCH).encode(texts)


if __name__ == "__main__":
    main()
