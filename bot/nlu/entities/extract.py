"""Joins the extractors: from a customer's text to entities that point into that text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.nlu.entities.address import find_addresses
from bot.nlu.entities.amounts import find_quantities
from bot.nlu.entities.codes import find_materials, find_orders, find_serials, find_tickets
from bot.nlu.entities.dates import find_dates
from bot.nlu.entities.demand import find_demands
from bot.nlu.entities.fault import find_faults
from bot.nlu.entities.lexical import find_words
from bot.nlu.entities.matter import choose_products
from bot.nlu.entities.model_name import find_models
from bot.nlu.entities.money import find_money
from bot.nlu.entities.person import find_persons
from bot.nlu.entities.phone import find_phones
from bot.nlu.entities.shop import find_shops
from bot.nlu.entities.spans import Found, resolve
from bot.nlu.entities.staff import find_staff
from bot.nlu.sound_alikes import correct
from bot.nlu.text import Folded, fold


@dataclass(frozen=True)
class Entity:
    """One entity: its place in the original text, the words there, and the normalised value."""

    entity: str
    start: int
    end: int
    text: str
    value: str


def find_all(text: str, now: datetime) -> list[Found]:
    """Run every extractor over a folded text and settle overlaps.

    Words of the trade are also found by their sound; names and numbers are not touched.
    """
    heard = correct(text)
    words = find_words(heard)
    brand_ends = tuple(find.end for find in words if find.entity == "brand")
    sums, phones, addresses = find_money(text), find_phones(text), find_addresses(text)
    firm = resolve(
        [
            *phones,
            *find_tickets(text),
            *find_orders(text),
            *find_serials(text, brand_ends),
            *find_materials(text),
            *find_models(text, brand_ends),
            *sums,
            *find_dates(text, now),
            *addresses,
            *find_persons(text, beside_contact=bool(phones or addresses)),
            *find_staff(text),
            *find_shops(text, words),
            *find_demands(heard),
            *(find for find in words if find.entity != "product"),
        ]
    )
    products = choose_products(heard, words, firm)
    counts = find_quantities(text, products, sums)
    settled = resolve([*firm, *products, *counts])
    return resolve([*settled, *find_faults(heard, settled)])


def extract(text: str, now: datetime) -> list[Entity]:
    """Extract entities from a text; `now` (with its time zone) is what relative times count from."""
    folded = fold(text)
    return [_placed(folded, find) for find in find_all(folded.text, now)]


def _placed(folded: Folded, find: Found) -> Entity:
    start, end = folded.span(find.start, find.end)
    return Entity(find.entity, start, end, folded.original[start:end], find.value)
