"""Second thoughts about a policy that is right in form: rules that never act, add nothing, or contradict.

Found by trying the rules on all facts that they can tell apart, so a finding is a fact about the rules and
not a guess; only where there are too many facts a sample is tried.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import cel

from backend.policy.escalation import Actions, EscalationRule
from backend.policy.escalation_facts import CLOCK_EVENTS, cases, combined
from backend.policy.routing import FACT, SAMPLE_TICKETS
from backend.policy.whole import Policy
from backend.policy.workflow import LEVELS

ESCALATION, ROUTING, SLA = "escalation.yml", "routing.yml", "sla.yml"
DISPATCH, FEES = "dispatch.yml", "fees.yml"
ACKNOWLEDGING = "ack_"
"""Clocks of acknowledging have the ladder and need no rule."""


class Doubt(StrEnum):
    """What is odd about a rule."""

    UNREACHABLE = "unreachable"
    COVERED = "covered"
    CONTRADICTS = "contradicts"
    CLOCK_WITHOUT_RULE = "clock_without_rule"
    CLAUSE_WITHOUT_TEXT = "clause_without_text"
    PLACEHOLDER = "placeholder"


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt about a rule, and the other rule or clause it has to do with."""

    file: str
    rule: str
    doubt: Doubt
    other: str = ""


def review(policy: Policy) -> list[Finding]:
    """All doubts about the rules, in the order of the files."""
    return [
        *_unreachable(policy),
        *_pairs(policy.escalation.rules),
        *_unreachable_routes(policy),
        *_clocks_without_rule(policy),
        *_clauses_without_text(policy),
    ]


def _unreachable(policy: Policy) -> Iterator[Finding]:
    for rule in policy.escalation.rules:
        if not any(rule.condition.execute(case) is True for case in cases(rule.when, sorted(rule.on))):
            yield Finding(ESCALATION, rule.id, Doubt.UNREACHABLE)


def _pairs(rules: tuple[EscalationRule, ...]) -> Iterator[Finding]:
    for place, one in enumerate(rules):
        for other in rules[place + 1 :]:
            if one.on & other.on:
                yield from _pair(one, other)


def _pair(one: EscalationRule, other: EscalationRule) -> Iterator[Finding]:
    first_adds_nothing = one.on <= other.on and _within(one.then, other.then)
    second_adds_nothing = other.on <= one.on and _within(other.then, one.then)
    reassigned = {one.then.reassign, other.then.reassign} - {None}
    may_contradict = len(reassigned) > 1
    if not (first_adds_nothing or second_adds_nothing or may_contradict):
        return
    seen: set[tuple[bool, bool]] = set()
    for case in combined([one.when, other.when], sorted(one.on & other.on)):
        context = cel.Context(case)
        seen.add((one.condition.execute(context) is True, other.condition.execute(context) is True))
    if (True, True) not in seen:
        return
    if may_contradict:
        yield Finding(ESCALATION, other.id, Doubt.CONTRADICTS, one.id)
    if second_adds_nothing and (False, True) not in seen:
        yield Finding(ESCALATION, other.id, Doubt.COVERED, one.id)
    elif first_adds_nothing and (True, False) not in seen:
        yield Finding(ESCALATION, one.id, Doubt.COVERED, other.id)


def _within(small: Actions, large: Actions) -> bool:
    """Whether the second does all that the first does."""

    def rank(level: str | None) -> int:
        return -1 if level is None else LEVELS.index(level)

    return (
        rank(small.level) <= rank(large.level)
        and small.reassign in {None, large.reassign}
        and small.priority in {None, large.priority}
        and small.handover <= large.handover
        and set(small.notify) <= set(large.notify)
        and small.written_reply <= large.written_reply
        and small.emergency <= large.emergency
    )


def _unreachable_routes(policy: Policy) -> Iterator[Finding]:
    """Routing rules that are never the first to hold, on all combinations of the facts that any asks."""
    asked = sorted({fact for rule in policy.routing for fact in FACT.findall(rule.condition.source)})
    values = [tuple(dict.fromkeys(sample[fact] for sample in SAMPLE_TICKETS)) for fact in asked]
    unused = {rule.id for rule in policy.routing}
    for case in itertools.product(*values):
        context = cel.Context({"ticket": dict(zip(asked, case, strict=True))})
        unused.discard(next(rule.id for rule in policy.routing if rule.condition.execute(context) is True))
        if not unused:
            return
    for rule in policy.routing:
        if rule.id in unused:
            yield Finding(ROUTING, rule.id, Doubt.UNREACHABLE)


def _clocks_without_rule(policy: Policy) -> Iterator[Finding]:
    heard = {
        case["event"]["clock"]
        for rule in policy.escalation.rules
        if "clock_breached" in rule.on and "event.clock" in rule.mentions
        for case in cases(rule.when, sorted(rule.on & CLOCK_EVENTS))
        if case["event"]["type"] == "clock_breached" and rule.condition.execute(case) is True
    }
    for clock in policy.sla.clocks:
        if clock not in heard and not clock.startswith(ACKNOWLEDGING):
            yield Finding(SLA, clock, Doubt.CLOCK_WITHOUT_RULE)


def _clauses_without_text(policy: Policy) -> Iterator[Finding]:
    for document in policy.documents:
        for source, entry in document.citations():
            if source not in policy.clauses:
                yield Finding(document.name, entry, Doubt.CLAUSE_WITHOUT_TEXT, source)


def placeholders(policy: Policy) -> Iterator[Finding]:
    """Sections whose values are examples: nobody should be charged by them."""
    for file, sections in ((DISPATCH, policy.dispatch.placeholders), (FEES, policy.fees.placeholders)):
        for section in sections:
            yield Finding(file, section, Doubt.PLACEHOLDER)
