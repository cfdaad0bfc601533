"""Finding tickets by what is written in them.

PostgreSQL cannot split Chinese into words, so jieba does, for what is stored as for what is asked; a GIN
index over the resulting tsvector answers.
"""

from collections.abc import Iterable
from typing import Any

import jieba
from sqlalchemy import ColumnElement, func, or_

from backend.tickets.models import Ticket

MAX_INDEXED_CHARACTERS = 20_000
CONFIGURATION = "simple"

jieba.setLogLevel("WARNING")


def words(text: str) -> list[str]:
    """The words of a text, long ones also in their parts; punctuation left out.

    Words come from the dictionary alone: guessed ones depend on their neighbours, so that what is asked would
    be split otherwise than what is stored.
    """
    tokens = jieba.cut_for_search(text[:MAX_INDEXED_CHARACTERS], HMM=False)
    return [token for token in (token.strip().lower() for token in tokens) if any(map(str.isalnum, token))]


def indexed(parts: Iterable[str | None]) -> ColumnElement[Any]:
    """What is stored in `Ticket.search` for these texts."""
    return func.to_tsvector(CONFIGURATION, " ".join(words(" ".join(part for part in parts if part))))


def matches(text: str) -> ColumnElement[bool]:
    """Tickets that contain all words of the text, or whose number or phone starts with it."""
    asked = text.strip()
    condition: ColumnElement[bool] = Ticket.search.op("@@")(
        func.plainto_tsquery(CONFIGURATION, " ".join(words(asked)))
    )
    if asked.isascii() and asked.isdigit():
        return or_(condition, Ticket.number.startswith(asked), Ticket.phone.startswith(asked))
    return condition


def warm_up() -> None:
    """Load jieba's dictionary now, not in the first request."""
    jieba.initialize()
