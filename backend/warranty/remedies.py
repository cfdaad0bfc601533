"""What the customer may demand today: repair, return, exchange, by the terms of policy/warranty.yml. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from backend.policy.warranty import Demand, RemedyTerm
from backend.warranty.case import Case
from backend.warranty.counting import days_after, months_after
from backend.warranty.facts import Cause
from backend.warranty.outcome import Question, Remedy, RemedyKind, ServiceClass, State
from backend.warranty.standing import Basis, Origin

LONGEST_DELIVERY = timedelta(days=30)
"""How long after an order from afar goods may arrive. So long, a remedy may be open that is not if counted
from the order."""

ORDER = tuple(RemedyKind)


@dataclass(frozen=True, slots=True)
class Window:
    """Whether a remedy is open today: until when, or which fact would tell; neither: it is closed."""

    until: date | None = None
    wanting: str | None = None
    is_open: bool = False


@dataclass(slots=True)
class _Open:
    remedies: dict[RemedyKind, Remedy] = field(default_factory=dict)
    wanting: dict[str, None] = field(default_factory=dict)

    def add(self, remedy: Remedy) -> None:
        """Keep the one that is open longer."""
        known = self.remedies.get(remedy.remedy)
        if known is None or (
            known.until is not None and (remedy.until is None or remedy.until > known.until)
        ):
            self.remedies[remedy.remedy] = remedy


def remedies(case: Case, service_class: ServiceClass) -> tuple[tuple[Remedy, ...], tuple[Question, ...]]:
    """The remedies open today, and what is missing to tell of others."""
    found = _Open()
    found.add(_repair(case, service_class))
    if not case.excluded and (case.new_from_seller or isinstance(case.counted, str)):
        for term in case.family.remedies:
            _demand(case, term, found)
        for remedy in _long_repair(case):
            found.add(remedy)
        _no_reason(case, found)
    ordered = sorted(found.remedies.values(), key=lambda remedy: ORDER.index(remedy.remedy))
    return tuple(ordered), tuple(Question(fact, ("remedies",)) for fact in found.wanting)


def _repair(case: Case, service_class: ServiceClass) -> Remedy:
    """Repair: in warranty by R10-4.1.1, after it for the product's whole life by R10-4.2."""
    charged = None if service_class is ServiceClass.UNKNOWN else service_class is ServiceClass.CHARGED
    if case.affected.state is State.IN and not case.excluded:
        until = case.affected.surely_until
        return Remedy(RemedyKind.REPAIR, until, "R10-4.1.1", _if_quality(case), charged)
    return Remedy(RemedyKind.REPAIR, None, "R10-4.2", charged=charged)


def _demand(case: Case, term: RemedyTerm, found: _Open) -> None:
    window = _window(case, term)
    if window.wanting is not None:
        found.wanting[window.wanting] = None
    if window.is_open:
        for demand in term.remedies:
            kind = RemedyKind.RETURN if demand is Demand.RETURN else RemedyKind.EXCHANGE
            found.add(Remedy(kind, window.until, term.source, _if_quality(case)))


def _window(case: Case, term: RemedyTerm) -> Window:
    """All conditions together: one that fails closes the window, one that is unknown makes it a question."""
    time = _in_time(case, term)
    conditions = [time, *_conditions(case, term)]
    if any(not condition.is_open and condition.wanting is None for condition in conditions):
        return Window()
    wanting = next((condition.wanting for condition in conditions if condition.wanting is not None), None)
    return Window(wanting=wanting) if wanting is not None else time


def _conditions(case: Case, term: RemedyTerm) -> Iterator[Window]:
    facts = case.facts
    if term.failed_repairs:
        told = facts.failed_repairs is not None or bool(facts.repairs)
        yield _known(
            facts.count_of_failed_repairs() >= term.failed_repairs if told else None, "failed_repairs"
        )
    if term.parts:
        named = case.part is not None and case.part.id in term.parts
        yield _known(named if facts.part or case.part else None, "part")
    if term.safety:
        yield _known(facts.safety_fault, "safety_fault")
    if term.kilometres is not None:
        driven = facts.mileage_km
        yield _known(None if driven is None else driven <= term.kilometres, "mileage_km")


def _known(holds: bool | None, fact: str) -> Window:
    return Window(wanting=fact) if holds is None else Window(is_open=holds)


def _in_time(case: Case, term: RemedyTerm) -> Window:
    if term.days is None and term.months is None:
        affected = case.affected
        if affected.state is State.UNKNOWN:
            return Window(wanting=affected.wanting)
        return Window(affected.surely_until, is_open=affected.state is State.IN)
    return _period(case, case.counted, term.days, term.months)


def _period(case: Case, counted: Basis | str, days: int | None, months: int | None) -> Window:
    """A period from the day the customer got the product; its last day moves off a public holiday."""
    if isinstance(counted, str):
        return Window(wanting=counted)

    def last_day(start: date) -> date:
        return case.moved_on(months_after(start, months) if months else days_after(start, days or 0))

    surely, at_most = last_day(counted.start.first), last_day(counted.start.last)
    if case.today <= surely:
        return Window(surely, is_open=True)
    if case.today <= at_most:
        return Window(wanting=counted.origin)
    on_the_way = counted.origin is Origin.PURCHASE and case.facts.remote is True
    if on_the_way and case.today <= at_most + LONGEST_DELIVERY:
        return Window(wanting=Origin.DELIVERY)
    return Window()


def _long_repair(case: Case) -> Iterable[Remedy]:
    limit = timedelta(days=case.terms.long_repair.days)
    running = (repair for repair in case.facts.repairs if repair.back is None)
    if case.affected.state is State.IN and any(case.today - repair.handed_in > limit for repair in running):
        yield Remedy(RemedyKind.EXCHANGE, None, case.terms.long_repair.source, _if_quality(case))


def _no_reason(case: Case, found: _Open) -> None:
    """Return without a reason of what was bought from afar; not once it was exchanged."""
    facts, rule = case.facts, case.terms.no_reason
    excluded = facts.no_reason_exclusion in rule.exclusions
    if facts.remote is False or facts.intact is False or excluded or facts.exchanged_on is not None:
        return
    window = _period(case, case.counted, rule.days, None)
    if window.is_open and facts.remote is None:
        window = Window(wanting="remote")
    if window.wanting is not None and (facts.remote or window.wanting == "remote"):
        found.wanting[window.wanting] = None
    if window.is_open:
        found.add(Remedy(RemedyKind.RETURN_NO_REASON, window.until, rule.source))


def _if_quality(case: Case) -> bool:
    return case.facts.cause is not Cause.QUALITY
