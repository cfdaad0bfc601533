"""What is answered to a question about a warranty: the decision, and the words for it."""

import dataclasses
from collections.abc import Mapping
from datetime import date

from pydantic import BaseModel, ConfigDict

from backend.policy.warranty_wording import WarrantyWording
from backend.warranty.outcome import Burden, Decision, PartStanding, Reason, RemedyKind, ServiceClass, State
from backend.warranty.sentences import Teller


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class ReasonOut(_Out):
    """A reason with its clause or law; `text` is for the agent."""

    code: str
    source: str
    parameters: Mapping[str, date | int | str]
    text: str


class RemedyOut(_Out):
    """A remedy open today, until and with `until`."""

    remedy: RemedyKind
    name: str
    until: date | None
    source: str
    if_quality: bool
    charged: bool | None


class QuestionOut(_Out):
    """A missing fact, what it would settle, and the question to ask the customer."""

    fact: str
    settles: list[str]
    question: str


class ContradictionOut(_Out):
    """Facts that cannot all be true."""

    code: str
    facts: list[str]
    text: str


class DecisionOut(_Out):
    """A warranty decision. `sentence` is for the customer to read, `spoken` to hear."""

    state: State
    today: date
    sentence: str
    spoken: str
    family: str | None
    family_name: str | None
    called: str | None
    part: str | None
    part_name: str | None
    until: date | None
    until_between: tuple[date, date] | None
    service_class: ServiceClass
    remedies: list[RemedyOut]
    fees: list[ReasonOut]
    burden_of_proof: Burden | None
    dealer_first: bool
    parts: list[PartStanding]
    reasons: list[ReasonOut]
    unknown: list[QuestionOut]
    contradictions: list[ContradictionOut]
    models_alike: list[str]
    policy_version: str


MOST_ASKED = 3
"""Models that a customer is asked about at once."""

TAKEN_OVER = tuple(
    name
    for name in DecisionOut.model_fields
    if name in Decision.__slots__ and name not in {"remedies", "fees", "reasons", "unknown", "contradictions"}
)


def explained(
    decision: Decision, wording: WarrantyWording, policy_version: str, alike: tuple[str, ...] = ()
) -> DecisionOut:
    """The decision with all its words; `alike` are models on record that may be meant."""
    writing = Teller(wording, alike=alike[:MOST_ASKED])
    speaking = Teller(wording, aloud=True, alike=alike[:MOST_ASKED])

    def with_text(reasons: tuple[Reason, ...]) -> list[ReasonOut]:
        return [
            ReasonOut(
                code=reason.code,
                source=reason.source,
                parameters=reason.parameters,
                text=writing.reason(reason, decision),
            )
            for reason in reasons
        ]

    same = {name: getattr(decision, name) for name in TAKEN_OVER}
    return DecisionOut(
        **same,
        sentence=writing.sentence(decision),
        spoken=speaking.sentence(decision),
        remedies=[
            RemedyOut(**dataclasses.asdict(remedy), name=wording.phrase("remedies", remedy.remedy))
            for remedy in decision.remedies
        ],
        fees=with_text(decision.fees),
        reasons=with_text(decision.reasons),
        unknown=[
            QuestionOut(fact=one.fact, settles=list(one.settles), question=writing.question(one.fact))
            for one in decision.unknown
        ],
        contradictions=[
            ContradictionOut(code=one.code, facts=list(one.facts), text=writing.reason(reason, decision))
            for one, reason in zip(decision.contradictions, decision.reasons, strict=False)
        ],
        models_alike=list(alike),
        policy_version=policy_version,
    )
