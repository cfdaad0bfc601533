"""Facts that cannot all be true. A decision on them would be a guess, so it says so instead. Pure."""

from collections.abc import Iterator
from datetime import date

from backend.policy.warranty import WarrantyTerms
from backend.warranty.facts import Facts
from backend.warranty.outcome import Contradiction, Parameter
from backend.warranty.spans import Span

PAST = ("purchase_date", "delivery_date", "manufactured_on", "exchanged_on", "first_sold_on")
"""Facts that cannot lie in the future."""

ORDER = (
    ("purchase_date", "delivery_date"),
    ("manufactured_on", "delivery_date"),
    ("purchase_date", "exchanged_on"),
    ("delivery_date", "exchanged_on"),
    ("first_sold_on", "purchase_date"),
)
"""What comes first, and what cannot come before it."""


def contradictions(facts: Facts, terms: WarrantyTerms, today: date) -> tuple[Contradiction, ...]:
    """All contradictions among the facts."""
    return (
        *_future(facts, today),
        *_disorder(facts),
        *_of_repairs(facts, today),
        *_of_counts(facts),
        *_of_products(facts, terms),
    )


def _future(facts: Facts, today: date) -> Iterator[Contradiction]:
    for name in PAST:
        span: Span | None = getattr(facts, name)
        if span is not None and span.first > today:
            yield Contradiction("in_the_future", (name,), {"fact": name, "date": span.first})


def _disorder(facts: Facts) -> Iterator[Contradiction]:
    for earlier, later in ORDER:
        first: Span | None = getattr(facts, earlier)
        second: Span | None = getattr(facts, later)
        if first is not None and second is not None and second.last < first.first:
            days: dict[str, Parameter] = {"earlier": first.first, "later": second.last}
            names: dict[str, Parameter] = {"earlier_fact": earlier, "later_fact": later}
            yield Contradiction("wrong_order", (later, earlier), days | names)


def _of_repairs(facts: Facts, today: date) -> Iterator[Contradiction]:
    begun = facts.delivery_date or facts.purchase_date
    if facts.second_hand:
        begun = facts.first_sold_on
    for repair in facts.repairs:
        if repair.handed_in > today or (repair.back is not None and repair.back > today):
            yield Contradiction("repair_in_the_future", ("repairs",), {"date": repair.handed_in})
        elif repair.back is not None and repair.back < repair.handed_in:
            yield Contradiction("back_before_handed_in", ("repairs",), {"date": repair.handed_in})
        elif begun is not None and repair.handed_in < begun.first:
            yield Contradiction(
                "repaired_before_bought", ("repairs", "purchase_date"), {"date": repair.handed_in}
            )


def _of_counts(facts: Facts) -> Iterator[Contradiction]:
    listed = sum(repair.fixed is False for repair in facts.repairs)
    if facts.failed_repairs is not None and facts.failed_repairs < listed:
        yield Contradiction(
            "fewer_than_listed",
            ("failed_repairs", "repairs"),
            {"told": facts.failed_repairs, "listed": listed},
        )
    if facts.contract is not None and facts.contract.end < facts.contract.start:
        yield Contradiction("contract_ends_first", ("contract",), {"date": facts.contract.end})


def _of_products(facts: Facts, terms: WarrantyTerms) -> Iterator[Contradiction]:
    if facts.model_family is None or facts.product is None:
        return
    told, recorded = terms.family(facts.product), terms.families.get(facts.model_family)
    if told is not None and recorded is not None and told is not recorded:
        yield Contradiction(
            "product_is_not_the_model", ("product", "model"), {"told": told.name, "recorded": recorded.name}
        )
