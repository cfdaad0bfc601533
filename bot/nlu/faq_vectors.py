"""Vectors of questions to fit and measure the search with: kept on disk like those of training sentences."""

from __future__ import annotations

from collections.abc import Sequence

from bot.nlu.encoders import CachedEncoder, Matrix, load_encoder
from bot.nlu.vector_cache import cache_path


def encode_cached(encoder: str, texts: Sequence[str]) -> Matrix:
    """Give the vectors of cleaned texts by the encoder of that name, computing only what is new."""
    return CachedEncoder(load_encoder(encoder), cache_path()).encode(texts)
