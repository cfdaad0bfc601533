"""Models on record, found although they are written or heard slightly wrong."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.warranty.keys import initials, look_key, name_sound, sound_key
from backend.warranty.models import Product

MOST_SUGGESTIONS = 5
SHORTEST_PART = 3
"""Characters from which the beginning of a model, without its suffix, is recognised."""

CHARACTERS_A_MISTAKE = 4
"""So many characters of a model allow for one that is wrong."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model that may be meant; the lower the distance, the likelier."""

    product: Product
    distance: float


async def by_model(session: AsyncSession, said: str) -> Product | None:
    """The model that is meant, but for dashes, capitals and O or 0."""
    return await session.scalar(select(Product).where(Product.look_key == look_key(said)))


async def alike(session: AsyncSession, said: str, limit: int = MOST_SUGGESTIONS) -> list[Product]:
    """Models that look or sound like what was said, or whose name does, the likeliest first."""
    catalogue = await session.scalars(select(Product))
    return [candidate.product for candidate in ranked(catalogue, said)[:limit]]


def ranked(catalogue: Iterable[Product], said: str) -> list[Candidate]:
    """The candidates in a catalogue."""
    asked = look_key(said)
    if not asked:
        return []
    found = []
    for product in catalogue:
        distance = _by_code(product.look_key, asked)
        if distance is None:
            distance = _by_name(product, said)
        if distance is not None:
            found.append(Candidate(product, distance))
    return sorted(found, key=lambda one: (one.distance, one.product.model))


def _by_code(known: str, asked: str) -> float | None:
    if known == asked:
        return 0.0
    if len(asked) >= SHORTEST_PART and known.startswith(asked):
        return 0.5
    most = max(1, len(asked) // CHARACTERS_A_MISTAKE)
    by_look = OSA.distance(known, asked, score_cutoff=most)
    by_sound = OSA.distance(sound_key(known), sound_key(asked), score_cutoff=1)
    if by_sound <= 1 and abs(len(known) - len(asked)) <= 1:
        return 1.0 + by_sound + min(by_look, most + 1) / 10
    return 2.0 + by_look if by_look <= most and len(asked) >= SHORTEST_PART else None


def _by_name(product: Product, said: str) -> float | None:
    """By the sound of one of its names, or by the initials of one."""
    names = [product.name, *product.synonyms]
    if said in names:
        return 0.5
    sound = name_sound(said)
    if not said.isascii() and any(name_sound(name) == sound for name in names):
        return 1.5
    asked = look_key(said)
    is_initials = said.isascii() and len(asked) >= SHORTEST_PART
    return 3.0 if is_initials and any(look_key(initials(name)) == asked for name in names) else None
