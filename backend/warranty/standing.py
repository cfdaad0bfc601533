"""Whether a warranty period runs: counted from where, until when. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from backend.policy.warranty import Term, WarrantyTerms
from backend.warranty.counting import months_after, prolonged
from backend.warranty.facts import Facts, Proof
from backend.warranty.outcome import State
from backend.warranty.spans import Span


class Origin(StrEnum):
    """What a period is counted from; the value is the fact that would tell it exactly."""

    DELIVERY = "delivery_date"
    PURCHASE = "purchase_date"
    EXCHANGE = "exchanged_on"
    FIRST_SALE = "first_sold_on"
    MANUFACTURE = "manufactured_on"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a period is counted from, and the day or days that can be meant."""

    origin: Origin
    start: Span


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a period stands: its state, the first and last day that can be its end, and why.

    `wanting` is the fact that would settle an unknown state. `added` are days that repairs put the end off.
    """

    state: State
    term: Term
    ends: tuple[date, date] | None = None
    added: int = 0
    wanting: str | None = None
    mileage_over: bool = False

    @property
    def until(self) -> date | None:
        """The end, where it is known exactly."""
        return self.ends[0] if self.ends is not None and self.ends[0] == self.ends[1] else None

    @property
    def surely_until(self) -> date | None:
        """The last day under warranty for certain."""
        return self.ends[0] if self.ends is not None else None


def basis(facts: Facts, terms: WarrantyTerms, today: date) -> Basis | str:
    """What to count from, or the fact that is missing to tell.

    From delivery, else from purchase; anew from an exchange. Second-hand goods keep the period of their first
    sale. Without any proof, or where nobody knows that sale: some time after manufacture.
    """
    if facts.exchanged_on is not None:
        return Basis(Origin.EXCHANGE, facts.exchanged_on.up_to(today))
    if facts.second_hand and facts.first_sold_on is not None:
        return Basis(Origin.FIRST_SALE, facts.first_sold_on.up_to(today))
    if facts.second_hand or facts.proof is Proof.NONE:
        if facts.manufactured_on is not None:
            return Basis(Origin.MANUFACTURE, _after_manufacture(facts.manufactured_on.up_to(today), terms))
        return "first_sold_on" if facts.second_hand else "proof"
    for origin, span in ((Origin.DELIVERY, facts.delivery_date), (Origin.PURCHASE, facts.purchase_date)):
        if span is not None:
            return Basis(origin, span.up_to(today))
    return "purchase_date"


def _after_manufacture(made: Span, terms: WarrantyTerms) -> Span:
    later = timedelta(days=terms.without_proof.days_after_manufacture)
    return Span(made.first + later, made.last + later)


def standing(term: Term, counted: Basis | str, facts: Facts, today: date) -> Standing:
    """Where a term stands today."""
    over = term.kilometres is not None and (facts.mileage_km or 0) > term.kilometres
    if term.months is None or over:
        return Standing(State.OUT, term, mileage_over=over)
    if isinstance(counted, str):
        return Standing(State.UNKNOWN, term, wanting=counted)
    absences = [(repair.handed_in, repair.back or today) for repair in facts.repairs]
    first, added = prolonged(months_after(counted.start.first, term.months), absences)
    last, _ = prolonged(months_after(counted.start.last, term.months), absences)
    state, wanting = State.IN, None
    if today > last:
        state = State.OUT
    elif today > first:
        state, wanting = State.UNKNOWN, counted.origin.value
    elif term.kilometres is not None and facts.mileage_km is None:
        state, wanting = State.UNKNOWN, "mileage_km"
    return Standing(state, term, (first, last), added, wanting)
