"""One warranty question, worked out as far as all rules need it. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from backend.policy.warranty import Family, Part, Term, WarrantyTerms
from backend.warranty.facts import Cause, Facts
from backend.warranty.outcome import PartStanding, State
from backend.warranty.standing import Basis, Origin, Standing, basis, standing

MovedOn = Callable[[date], date]
"""The day itself, or the next one that may end a period (Civil Code art. 203)."""

NEW_FROM_SELLER = frozenset({Origin.DELIVERY, Origin.PURCHASE, Origin.EXCHANGE})
"""What the period of goods is counted from that came new from their seller, with proof."""

EXCLUDED = frozenset({Cause.MISUSE, Cause.TAMPERED, Cause.FORCE_MAJEURE, Cause.WEAR})
"""Causes that are not the product's own; work on them is charged."""


@dataclass(frozen=True, slots=True)
class Case:
    """Facts and terms, and where the warranty stands by them.

    `affected` is the standing of the part affected, or of the whole unit. `differing` are the parts that
    stand otherwise than the whole unit, while it is not known which part is affected; not consumables, which
    nobody expects to be under warranty.
    """

    facts: Facts
    terms: WarrantyTerms
    family: Family
    today: date
    moved_on: MovedOn
    counted: Basis | str
    part: Part | None
    affected: Standing
    differing: tuple[PartStanding, ...]

    @property
    def excluded(self) -> bool:
        """Whether the cause is known not to be the product's own."""
        return self.facts.cause in EXCLUDED

    @property
    def called(self) -> str:
        """The product's name as the customer said it, else its family's."""
        said = self.facts.product
        named = said is not None and said != self.family.id and self.terms.understood(said)[1] is None
        return said if said is not None and named else self.family.name

    @property
    def name(self) -> str:
        """What the decision is about: the part, or the product."""
        return self.part.name if self.part else self.called

    @property
    def new_from_seller(self) -> bool:
        """Whether the customer got it new from its seller, so that it can go back there."""
        return isinstance(self.counted, Basis) and self.counted.origin in NEW_FROM_SELLER

    @property
    def contract_runs(self) -> bool:
        """Whether a maintenance contract is in force today (R3b-6 B)."""
        contract = self.facts.contract
        return contract is not None and contract.start <= self.today <= contract.end


def worked_out(  # noqa: PLR0913, PLR0917  # what a case is made of
    facts: Facts, terms: WarrantyTerms, family: Family, part: Part | None, today: date, moved_on: MovedOn
) -> Case:
    """The case of these facts."""
    counted = basis(facts, terms, today)
    unit = standing(family.term, counted, facts, today)
    affected = standing(_term(family, part), counted, facts, today) if part else unit
    differing = () if facts.part or part else _differing(family, unit, counted, facts, today)
    return Case(facts, terms, family, today, moved_on, counted, part, affected, differing)


def _term(family: Family, part: Part) -> Term:
    """A part's term, which ends with the kilometres of the whole unit."""
    return Term(part.term.months, family.term.kilometres, part.term.source)


def _differing(
    family: Family, unit: Standing, counted: Basis | str, facts: Facts, today: date
) -> tuple[PartStanding, ...]:
    found = []
    for part in family.parts:
        if part.term.months is None:
            continue
        stands = standing(_term(family, part), counted, facts, today)
        if State.UNKNOWN not in {stands.state, unit.state} and stands.state is not unit.state:
            found.append(PartStanding(part.id, part.name, stands.state, stands.until, part.term.source))
    return tuple(found)
