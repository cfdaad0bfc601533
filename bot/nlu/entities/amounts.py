"""How many pieces were bought, and how many of them are bad."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.nlu.entities.fault import is_symptom
from bot.nlu.entities.spans import Found
from bot.nlu.lexicon import load_section
from bot.nlu.numerals import to_number

_CONTEXT = 12
_NEAR = 4
_SYMPTOM_REACH = 14
_FUSED = 2
_NEIGHBOURS = 2
_CLAUSE_END = re.compile(r"[,，。.!！?？;；]")
_MOST_PARTS = 4
"""More parts of one kind than this are goods."""


@dataclass(frozen=True)
class Count:
    """A number of things: its place, its measure word, and what stands around it."""

    start: int
    end: int
    number: int
    measure: str
    before: str
    after: str

    def says(self, name: str) -> bool:
        """Tell whether a pattern of the section finds itself just before or just after, by its name."""
        pattern = load_section("numbers").pattern(name)
        return bool(pattern.search(self.before) if name.endswith("before") else pattern.match(self.after))


def find_quantities(text: str, products: Sequence[Found] = (), sums: Sequence[Found] = ()) -> list[Found]:
    """Find counts of bought pieces (`quantity`) and of bad ones (`defective_quantity`).

    `products` are the goods named in the text: a count that stands at one of them tells how many there are.
    What is among the `sums` of money is no count.
    """
    matches = load_section("numbers").pattern("count").finditer(text)
    read = [_read(text, match) for match in matches if not any(_within(match, one) for one in sums)]
    counts = [count for count in read if count is not None]
    found: list[Found] = []
    whole: Count | None = None
    for count in counts:
        if whole is None and _counts_parts(count, products):
            break
        entity = _kind(count, whole, products, counts)
        if entity == "quantity":
            whole = count
        if entity:
            found.append(Found(entity, count.start, count.end, str(count.number)))
    return found


def _read(text: str, match: re.Match[str]) -> Count | None:
    if match.group("fused"):
        number, measure = int(to_number(match.group("fused"))), ""
    else:
        measure = match.group("measure")
        amount = Decimal(1) / 2 if match.group("half") else _number(match.group("value"))
        amount *= int(load_section("numbers").table("several").get(measure, "1"))
        number = int(amount)
        if amount != number:
            return None
    if number < 1:
        return None
    start, end = match.span()
    if match.group() in {text[end : 2 * end - start], text[max(0, 2 * start - end) : start]}:
        return None  # one by one, told twice over: no count
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _SYMPTOM_REACH]
    return Count(start, end, number, measure, before, after)


def _number(text: str) -> Decimal:
    """Read a count; of two neighbours said for about so many (seven eight) the smaller one."""
    digits = load_section("numbers").table("digits")
    values = [int(digits[char]) for char in text if char in digits]
    about = len(values) == len(text) == _NEIGHBOURS and values[1] - values[0] == 1
    return Decimal(values[0]) if about else to_number(text)


def _within(match: re.Match[str], one: Found) -> bool:
    return match.start() < one.end and one.start < match.end()


def _counts_parts(count: Count, products: Sequence[Found]) -> bool:
    """Tell whether the parts of one thing are counted, such as the legs of a table."""
    goods = any(0 <= product.start - count.end <= _NEAR for product in products)
    few = not goods and not count.says("buy_before") and count.number <= _MOST_PARTS
    return few and bool(load_section("faults").pattern("part").match(count.after))


def _kind(
    count: Count, whole: Count | None, products: Sequence[Found], counts: Sequence[Count]
) -> str | None:
    if count.says("wish_before"):
        return None
    if count.says("defect_before"):
        return "defective_quantity"
    if whole is not None:
        return _part_of(count, whole)
    return _first(count, products, [other for other in counts if other.start > count.start])


def _first(count: Count, products: Sequence[Found], later: Sequence[Count]) -> str | None:
    """Tell what the first count of a text is; a single one is an article unless another stands against it."""
    single = count.number == 1
    if count.says("fine_after"):
        return None
    contrasted = any(_part_of(other, count) for other in later)
    if not single and not contrasted and count.says("only_there_before") and is_symptom(_clause(count.after)):
        return "defective_quantity"
    if single and not contrasted and (not count.says("buy_before") or count.says("merely_one_before")):
        return None
    placed = count.says("buy_before") or any(_stands_at(count, product) for product in products)
    bare = count.says("bare_count_before") and count.says("bare_count_after")
    length = load_section("numbers").pattern("lengths").match(count.measure)
    bare = bare or count.says("some_after")
    if placed or bare or (contrasted and not length):
        return "quantity"
    return "defective_quantity" if not single and is_symptom(_clause(count.after)) else None


def _part_of(count: Count, whole: Count) -> str | None:
    """Take a smaller count after the whole one for the bad ones, unless it says otherwise."""
    if count.says("fine_after") or count.number > whole.number:
        return None
    same = count.measure == whole.measure or not count.measure
    symptom = (
        is_symptom(_clause(count.after))
        or count.says("defect_after")
        or (count.number > 1 and is_symptom(_CLAUSE_END.split(count.before)[-1]))
    )
    return "defective_quantity" if symptom or (same and count.number < whole.number) else None


def _stands_at(count: Count, product: Found) -> bool:
    return 0 <= product.start - count.end <= _NEAR or 0 <= count.start - product.end <= _FUSED


def _clause(after: str) -> str:
    return _CLAUSE_END.split(after, maxsplit=1)[0]
