"""Why a period stands as it does, each reason with its clause or law. Pure."""

from collections.abc import Iterator

from backend.warranty.case import Case
from backend.warranty.facts import Proof, Seller
from backend.warranty.outcome import Parameter, Reason, State
from backend.warranty.standing import Basis, Origin

COUNTED = {
    Origin.DELIVERY: ("counted_from_delivery", "law:civil-code-201"),
    Origin.PURCHASE: ("counted_from_purchase", "law:three-guarantees-period"),
    Origin.FIRST_SALE: ("counted_from_first_sale", "law:three-guarantees-period"),
}
BY_STATE = {State.IN: "period_runs", State.OUT: "period_over", State.UNKNOWN: "period_unclear"}


def reasons(case: Case) -> Iterator[Reason]:
    """All reasons but those of the service class."""
    if isinstance(case.counted, Basis):
        yield _counted(case, case.counted)
        yield from _repairs(case)
    yield _period(case)
    yield from _circumstances(case)


def _counted(case: Case, counted: Basis) -> Reason:
    parameters: dict[str, Parameter] = {"date": counted.start.first}
    if not counted.start.exact:
        parameters["last"] = counted.start.last
    terms = case.terms
    if counted.origin is Origin.EXCHANGE:
        return Reason("counted_from_exchange", terms.new_period.source, parameters)
    if counted.origin is Origin.MANUFACTURE:
        parameters["days"] = terms.without_proof.days_after_manufacture
        return Reason("counted_from_manufacture", terms.without_proof.source, parameters)
    code, source = COUNTED[counted.origin]
    return Reason(code, source, parameters)


def _repairs(case: Case) -> Iterator[Reason]:
    if case.affected.added:
        source = case.terms.repair_time.source
        yield Reason("prolonged_by_repair", source, {"days": case.affected.added})


def _period(case: Case) -> Reason:
    stands, term = case.affected, case.affected.term
    parameters: dict[str, Parameter] = {"name": case.name}
    if term.months is None:
        return Reason("no_period", term.source, parameters)
    parameters["months"] = term.months
    if stands.mileage_over:
        return Reason("mileage_over", term.source, parameters | {"kilometres": term.kilometres or 0})
    if stands.until is not None:
        parameters["until"] = stands.until
    return Reason(BY_STATE[stands.state], term.source, parameters)


def _circumstances(case: Case) -> Iterator[Reason]:
    facts, terms = case.facts, case.terms
    if facts.second_hand:
        yield Reason("second_hand_keeps_period", "R10-4.1.1")
    if facts.gift:
        yield Reason("gift_counts_the_same", "R10-4.1.1")
    if facts.proof is None:
        yield Reason("proof_to_be_shown", "law:three-guarantees-period")
    elif facts.proof is Proof.NONE:
        yield Reason("no_proof", terms.without_proof.source)
    elif facts.proof is Proof.REGISTER:
        yield Reason("on_record", "R1-2.2")
    elif facts.proof is not Proof.INVOICE:
        yield Reason("other_proof_will_do", terms.other_proof.source)
    if facts.sold_by is Seller.DEALER:
        yield Reason("dealer_sold", "R10-4.1.3")
