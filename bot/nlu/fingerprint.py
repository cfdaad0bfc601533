"""A digest of the code and words that the models depend on, so that a change of either retrains them."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from bot.nlu.faq_entries import FAQ_DIR
from bot.nlu.lexicon import LEXICON_DIR
from bot.nlu.signal_sentences import SIGNALS_DIR


@lru_cache(maxsize=1)
def sources_digest() -> str:
    """Hash the modules beside this one, the lexicon, the questions that have answers and labelled signals."""
    digest = hashlib.sha256()
    words = [path for folder in (LEXICON_DIR, FAQ_DIR, SIGNALS_DIR) for path in folder.glob("*.yml")]
    for path in sorted([*Path(__file__).parent.rglob("*.py"), *words]):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
