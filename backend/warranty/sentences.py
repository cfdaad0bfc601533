"""A decision in words: one plain sentence for the customer, and each reason for the agent. Pure.

The words are those of policy/warranty_wording.yml.
"""

from collections.abc import Iterator
from datetime import date

from backend.policy.warranty_wording import WarrantyWording
from backend.warranty.outcome import Decision, Parameter, Reason, Remedy, RemedyKind, ServiceClass, State

GOING_BACK = (RemedyKind.RETURN, RemedyKind.EXCHANGE)
WITHOUT_END = frozenset({"mileage_over", "no_period"})
"""Reasons why there is no warranty that name no day."""

NAMES_OF_FACTS = frozenset({"fact", "earlier_fact", "later_fact"})
"""Parameters that hold the identifier of a fact."""

PAID = ("parts_discount", "contract_without_parts")
"""Fees that belong into the sentence; the others are said when work is arranged."""


class Teller:
    """Tells a decision, in writing or aloud; `alike` are models on record that may be meant."""

    def __init__(self, wording: WarrantyWording, *, aloud: bool = False, alike: tuple[str, ...] = ()) -> None:
        self._wording = wording
        self._aloud = aloud
        self._alike = alike

    def sentence(self, decision: Decision) -> str:
        """Where the warranty stands, who pays, what may be demanded; a question where that is not known."""
        groups = (
            [self._standing(decision), *self._paying(decision)],
            list(self._demands(decision)),
            list(self._further(decision)),
        )
        also, then = self._phrase("style", "also"), self._phrase("style", "then")
        told = then.join(also.join(clauses) for clauses in groups if clauses)
        return told + self._phrase("style", "stop") + self._question(decision)

    def reason(self, reason: Reason, decision: Decision) -> str:
        """A reason in words."""
        return self._filled("reasons", reason, decision)

    def question(self, fact: str) -> str:
        """The question that settles a fact."""
        if fact == "model" and self._alike:
            models = self._phrase("style", "or").join(self._alike)
            return self._phrase("questions", "model_alike", models=models)
        return self._phrase("questions", fact)

    def _standing(self, decision: Decision) -> str:
        if decision.state is State.CONTRADICTORY:
            problems = dict.fromkeys(self.reason(reason, decision) for reason in decision.reasons)
            told = self._phrase("style", "also").join(problems)
            return self._phrase("standing", "contradictory", problems=told)
        if decision.family_name is None:
            return self._filled("standing", decision.reasons[0], decision)
        return self._period(decision)

    def _period(self, decision: Decision) -> str:
        name = self._name(decision)
        if decision.until_between is not None:
            first, last = map(self._date, decision.until_between)
            return self._phrase("standing", f"{decision.state}_about", name=name, first=first, last=last)
        if decision.state is State.UNKNOWN:
            return self._phrase("standing", "unknown", name=name)
        if decision.until is not None:
            return self._phrase("standing", str(decision.state), name=name, until=self._date(decision.until))
        over = next(reason for reason in decision.reasons if reason.code in WITHOUT_END)
        return self._filled("standing", over, decision, name=name)

    def _paying(self, decision: Decision) -> Iterator[str]:
        if decision.service_class is ServiceClass.UNKNOWN and decision.state is not State.OUT:
            return
        for reason in (*decision.reasons, *(fee for fee in decision.fees if fee.code in PAID)):
            if self._wording.has("paying", reason.code):
                yield self._filled("paying", reason, decision)

    def _demands(self, decision: Decision) -> Iterator[str]:
        found = {remedy.remedy: remedy for remedy in decision.remedies}
        demands = [found[kind] for kind in GOING_BACK if kind in found]
        if len(demands) == len(GOING_BACK) and demands[0].until == demands[1].until:
            demands = demands[:1]
            texts = [self._demand("return_exchange", demands[0])]
        else:
            texts = [self._demand(str(remedy.remedy), remedy) for remedy in demands]
        if any(remedy.if_quality for remedy in demands):
            texts[0] = self._phrase("remedy", "if_quality") + texts[0]
        yield from texts
        if RemedyKind.RETURN_NO_REASON in found:
            yield self._demand("return_no_reason", found[RemedyKind.RETURN_NO_REASON])

    def _further(self, decision: Decision) -> Iterator[str]:
        if decision.dealer_first and decision.state in {State.IN, State.OUT}:
            yield self._phrase("remedy", "dealer_first")
        free = decision.state is State.IN and decision.service_class is ServiceClass.FREE
        if free and any(reason.code == "proof_to_be_shown" for reason in decision.reasons):
            yield self._phrase("remedy", "show_proof")

    def _demand(self, name: str, remedy: Remedy) -> str:
        if remedy.until is None:
            return self._phrase("remedy", f"{name}_any_time")
        return self._phrase("remedy", name, until=self._date(remedy.until))

    def _question(self, decision: Decision) -> str:
        """The first question that settles state or class, where one of them is open."""
        settled = (
            decision.state in {State.IN, State.OUT} and decision.service_class is not ServiceClass.UNKNOWN
        )
        facts = (
            one.fact for one in decision.unknown if not {"state", "service_class"}.isdisjoint(one.settles)
        )
        return "" if settled else next((self.question(fact) for fact in facts), "")

    def _name(self, decision: Decision) -> str:
        if decision.part_name is None:
            return str(decision.called)
        return self._phrase("style", "part_of", product=decision.called, part=decision.part_name)

    def _filled(self, section: str, reason: Reason, decision: Decision, /, **more: object) -> str:
        values = {name: self._shown(name, value) for name, value in reason.parameters.items()}
        if "parts" in values:
            values["parts"] = self._phrase("style", "and").join(part.name for part in decision.parts)
        about = f"{reason.code}_about"
        name = about if self._wording.has(section, about) and "last" in values else reason.code
        return self._phrase(section, name, **(values | more))

    def _shown(self, name: str, value: Parameter) -> object:
        if isinstance(value, date):
            return self._date(value)
        return self._phrase("facts", str(value)) if name in NAMES_OF_FACTS else value

    def _date(self, day: date) -> str:
        return self._phrase("style", "date", year=day.year, month=day.month, day=day.day)

    def _phrase(self, section: str, name: str, /, **values: object) -> str:
        return self._wording.phrase(section, name, aloud=self._aloud, **values)
