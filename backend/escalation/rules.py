"""Which rules fire. Pure: facts in, decisions out; the same facts give the same firings (invariant 6)."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

import cel

from backend.policy.escalation import Actions, EscalationRule

NO_LEVEL = ""
"""The level of a firing that calls nobody higher."""

Facts = Mapping[str, Mapping[str, Any]]
"""By root and name, as docs/policy.md lists them: `facts["ticket"]["severity"]`."""

Fired = tuple[str, str]
"""What a ticket has behind it: rule and level."""


@dataclass(frozen=True, slots=True)
class Firing:
    """A rule holds for a ticket.

    Attributes:
        level: the one that is called, or `NO_LEVEL`.
        facts: by path, the values of the facts that the condition names.
    """

    rule: str
    name: str
    level: str
    actions: Actions
    source: str
    facts: Mapping[str, Any]
    ack_within: float | str | None = None


def decide(rules: Iterable[EscalationRule], facts: Facts, already_fired: AbstractSet[Fired]) -> list[Firing]:
    """The rules that fire now, in policy's order; each rule once a ticket and level."""
    event = facts["event"]["type"]
    context = cel.Context(dict(facts))
    return [
        firing_of(rule, facts)
        for rule in rules
        if event in rule.on
        and (rule.id, rule.then.level or NO_LEVEL) not in already_fired
        and rule.condition.execute(context) is True
    ]


def firing_of(rule: EscalationRule, facts: Facts) -> Firing:
    """The rule's firing on these facts, whether or not its condition holds."""
    return Firing(
        rule=rule.id,
        name=rule.name,
        level=rule.then.level or NO_LEVEL,
        actions=rule.then,
        source=rule.source,
        facts=values(rule.mentions, facts),
        ack_within=rule.ack_within,
    )


def values(paths: Iterable[str], facts: Facts) -> dict[str, Any]:
    """The values of facts by their paths."""
    return {path: facts[path.split(".")[0]][path.split(".")[1]] for path in paths}


def replayed(rules: Iterable[EscalationRule], history: Iterable[Facts]) -> set[Fired]:
    """What would have fired on a ticket, judged by the facts of each of its events in turn."""
    rules = tuple(rules)
    fired: set[Fired] = set()
    for facts in history:
        fired |= {(firing.rule, firing.level) for firing in decide(rules, facts, fired)}
    return fired
