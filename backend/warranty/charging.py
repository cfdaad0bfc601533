"""Who pays: service class and fees (R1-4.1, R3b-6, R10-4). Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from backend.warranty.case import Case
from backend.warranty.facts import Cause, Service
from backend.warranty.outcome import Question, Reason, ServiceClass, State

ADVICE_FREE = Reason("advice_free", "R10-4.2")
FEE_TOLD_FIRST = Reason("fee_told_first", "R10-4.2.1.5")


@dataclass(frozen=True, slots=True)
class Charge:
    """The service class, why, and what the customer should know about fees."""

    service_class: ServiceClass
    reasons: tuple[Reason, ...]
    fees: tuple[Reason, ...] = ()
    questions: tuple[Question, ...] = ()


def charge(case: Case) -> Charge:
    """Who pays for the service that is asked for; for work on the product where nothing is said."""
    if case.facts.service is Service.ADVICE:
        return Charge(ServiceClass.FREE, (ADVICE_FREE,))
    if case.excluded:
        return _excluded(case)
    if case.affected.state is State.IN:
        return _free(case)
    return _by_contract(case) if case.contract_runs else _not_in(case)


def _not_in(case: Case) -> Charge:
    """Out of warranty, perhaps, and without a contract (R10-4.2)."""
    over = tuple(_contract_over(case))
    if case.affected.state is State.UNKNOWN:
        return Charge(ServiceClass.UNKNOWN, (*over, Reason("class_unknown", "R10-6.2.2")), (ADVICE_FREE,))
    if case.differing:
        asked = Question("part", ("service_class",))
        reason = Reason("class_depends_on_part", case.differing[0].source, {"parts": _names(case)})
        return Charge(ServiceClass.UNKNOWN, (*over, reason), (ADVICE_FREE,), (asked,))
    reasons = (*over, Reason("charged_out", "R1-4.1"))
    return Charge(ServiceClass.CHARGED, reasons, (FEE_TOLD_FIRST, ADVICE_FREE))


def _excluded(case: Case) -> Charge:
    rules, cause = case.terms, case.facts.cause
    if cause in {Cause.MISUSE, Cause.TAMPERED}:
        source = rules.misuse.source if cause is Cause.MISUSE else rules.exclusions.tampered
        fees = _discount(case)
    else:
        source = getattr(rules.exclusions, str(cause))
        fees = ()
    reason = Reason(f"charged_{cause}", source)
    return Charge(ServiceClass.CHARGED, (reason,), (*fees, FEE_TOLD_FIRST, ADVICE_FREE))


def _discount(case: Case) -> tuple[Reason, ...]:
    """Parts at a discount, which R10-4.1.2 gives within the warranty period."""
    if case.affected.state is not State.IN:
        return ()
    percent = case.terms.misuse.parts_discount_percent
    return (Reason("parts_discount", case.terms.misuse.source, {"percent": percent}),)


def _free(case: Case) -> Charge:
    if case.facts.cause is Cause.QUALITY:
        reasons, questions = [Reason("free_quality", "R10-4.1.1")], []
    else:
        reasons = [Reason("free_unless_misuse", "R10-4.1.1")]
        questions = [Question("cause", ("service_class", "remedies"))]
    if case.differing:
        reasons.append(Reason("except_parts", case.differing[0].source, {"parts": _names(case)}))
        questions.append(Question("part", ("service_class",)))
    return Charge(ServiceClass.FREE, tuple(reasons), (), tuple(questions))


def _by_contract(case: Case) -> Charge:
    contract = case.facts.contract
    assert contract is not None  # noqa: S101  # it runs
    reasons = (Reason("contract_covers", "R3b-6", {"until": contract.end}),)
    fees = () if contract.parts_free else (Reason("contract_without_parts", "R3b-6"),)
    return Charge(ServiceClass.CONTRACT, reasons, fees)


def _contract_over(case: Case) -> Iterator[Reason]:
    contract = case.facts.contract
    if contract is not None and case.today > contract.end:
        yield Reason("contract_over", "R3b-6", {"until": contract.end})
    elif contract is not None:
        yield Reason("contract_not_begun", "R3b-6", {"from": contract.start})


def _names(case: Case) -> str:
    return ",".join(part.part for part in case.differing)
