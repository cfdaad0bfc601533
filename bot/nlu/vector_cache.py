"""Where vectors of training sentences are kept between trainings."""

from __future__ import annotations

import os
from pathlib import Path

_FILE = Path("cache") / "sentence_vectors.sqlite"


def cache_path() -> Path:
    """Give the cache file under YINGSHENG_VAR_DIR (default `var`); it may be deleted at any time."""
    return Path(os.environ.get("YINGSHENG_VAR_DIR", "var")) / _FILE
