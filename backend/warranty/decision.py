"""The warranty decision: where the warranty stands, who pays, what may be demanded, and why. Pure.

R10-4, R10-6.2.2; R1-4.1, R3b-6; policy/warranty.yml has the terms.
"""

from collections.abc import Iterable
from datetime import date

from backend.policy.warranty import Family, Part, WarrantyTerms
from backend.warranty.case import Case, MovedOn, worked_out
from backend.warranty.charging import ADVICE_FREE, Charge, charge
from backend.warranty.contradictions import contradictions
from backend.warranty.counting import months_after
from backend.warranty.facts import Facts, Seller, Service
from backend.warranty.outcome import (
    Bearer,
    Burden,
    Contradiction,
    Decision,
    Question,
    Reason,
    ServiceClass,
    State,
)
from backend.warranty.reasons import reasons
from backend.warranty.remedies import remedies

FIND_OUT_FIRST = "R10-6.2.2"
"""For a fault, it is first found out whether it is in warranty and so which service applies."""


def decide(facts: Facts, terms: WarrantyTerms, *, today: date, moved_on: MovedOn) -> Decision:
    """The decision as of `facts.today`, or `today`. It never raises on facts that passed their checks.

    `moved_on` gives a day itself or, if it is a public holiday, the next day that is none.
    """
    today = facts.today or today
    found = contradictions(facts, terms, today)
    if found:
        return _contradictory(found, facts, today)
    family, part = _about(facts, terms)
    if family is None:
        return _unknown_product(facts, today)
    case = worked_out(facts, terms, family, part, today, moved_on)
    return _decided(case, charge(case))


def _about(facts: Facts, terms: WarrantyTerms) -> tuple[Family | None, Part | None]:
    """The family, and the part affected if it is one with a term of its own."""
    family, part = terms.understood(facts.product) if facts.product else (None, None)
    if facts.model_on_record is False:
        return None, None
    if facts.model_family is not None:
        family = terms.families.get(facts.model_family)
    if family is not None and facts.part:
        part = family.part(facts.part)
    return family, part


def _decided(case: Case, paid: Charge) -> Decision:
    open_today, remedy_questions = remedies(case, paid.service_class)
    stands = case.affected
    return Decision(
        state=stands.state,
        today=case.today,
        reasons=(*reasons(case), *paid.reasons),
        family=case.family.id,
        family_name=case.family.name,
        called=case.called,
        part=case.part.id if case.part else None,
        part_name=case.part.name if case.part else None,
        until=stands.until,
        until_between=stands.ends if stands.until is None else None,
        service_class=paid.service_class,
        remedies=open_today,
        fees=paid.fees,
        burden_of_proof=_burden(case),
        parts=case.differing,
        unknown=_merged([*_state_questions(case), *paid.questions, *remedy_questions]),
        dealer_first=case.facts.sold_by is Seller.DEALER,
    )


def _state_questions(case: Case) -> Iterable[Question]:
    if case.affected.state is State.UNKNOWN and case.affected.wanting is not None:
        settles = ("state",) if case.excluded else ("state", "service_class")
        yield Question(case.affected.wanting, settles)


def _burden(case: Case) -> Burden | None:
    """For six months it is for the seller to prove that a durable product's defect is none."""
    counted, rule = case.counted, case.terms.burden_of_proof
    if not case.family.durable or isinstance(counted, str) or not case.new_from_seller:
        return None
    surely = months_after(counted.start.first, rule.months)
    at_most = months_after(counted.start.last, rule.months)
    if surely < case.today <= at_most:
        return None
    return Burden(Bearer.SELLER if case.today <= surely else Bearer.CUSTOMER, surely, rule.source)


def _contradictory(found: tuple[Contradiction, ...], facts: Facts, today: date) -> Decision:
    return Decision(
        State.CONTRADICTORY,
        today,
        tuple(Reason(one.code, FIND_OUT_FIRST, one.parameters) for one in found),
        fees=(ADVICE_FREE,),
        unknown=_merged(Question(one.facts[0], ("state", "service_class", "remedies")) for one in found),
        contradictions=found,
        dealer_first=facts.sold_by is Seller.DEALER,
    )


def _unknown_product(facts: Facts, today: date) -> Decision:
    fact = "model" if facts.model_on_record is False else "product"
    if fact == "model":
        reason = Reason("model_unknown", FIND_OUT_FIRST, {"model": facts.model or ""})
    elif facts.product:
        reason = Reason("product_unknown", FIND_OUT_FIRST, {"product": facts.product})
    else:
        reason = Reason("product_not_told", FIND_OUT_FIRST)
    advice = facts.service is Service.ADVICE
    return Decision(
        State.UNKNOWN,
        today,
        (reason, ADVICE_FREE) if advice else (reason,),
        service_class=ServiceClass.FREE if advice else ServiceClass.UNKNOWN,
        fees=() if advice else (ADVICE_FREE,),
        unknown=(Question(fact, ("state", "service_class", "remedies")),),
        dealer_first=facts.sold_by is Seller.DEALER,
    )


def _merged(questions: Iterable[Question]) -> tuple[Question, ...]:
    """One question a fact, with all that it settles, in the order in which they came."""
    settles: dict[str, dict[str, None]] = {}
    for question in questions:
        settles.setdefault(question.fact, {}).update(dict.fromkeys(question.settles))
    return tuple(Question(fact, tuple(settled)) for fact, settled in settles.items())
