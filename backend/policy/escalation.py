"""Who is called when (policy/escalation.yml; R1-4.3(8), R3b-14, R3b-26 to R3b-28, R7-4.4.5, R10-6.2.4)."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import cel

from backend.policy.clauses import require_clause
from backend.policy.conditions import compiled
from backend.policy.escalation_facts import (
    FACTS,
    UnknownFactError,
    cases,
    mentioned,
    require_known,
)
from backend.policy.escalation_file import (
    ContractNoticeFile,
    DepartmentsFile,
    EscalationFile,
    FactFile,
    RuleFile,
    ThenFile,
)
from backend.policy.reading import PolicyError, content
from backend.policy.workflow import LEVELS


@dataclass(frozen=True, slots=True)
class Actions:
    """What a rule does. `reassign` is the department's name as people know it."""

    level: str | None = None
    reassign: str | None = None
    priority: str | None = None
    handover: bool = False
    notify: tuple[str, ...] = ()
    written_reply: bool = False
    emergency: bool = False


@dataclass(frozen=True, slots=True)
class EscalationRule:
    """When `condition` holds at one of the events of `on`, `then` is done, once a ticket and level."""

    id: str
    name: str
    on: frozenset[str]
    when: str
    condition: Any
    mentions: tuple[str, ...]
    then: Actions
    ack_within: float | str | None
    source: str


@dataclass(frozen=True, slots=True)
class LevelPolicy:
    """A level of the ladder: whom to tell, and how long they may take to acknowledge."""

    name: str
    ack_within: float | str
    notify: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """Whom to tell, and over which transports."""

    id: str
    name: str
    via: tuple[str, ...]
    email: tuple[str, ...]
    mobiles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EmergencyPolicy:
    """What must be done before an emergency is over (R7-4.4.5), and the level that may say so."""

    source: str
    closes: str
    tasks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ContractNotice:
    """Who is told of a contract that ends, with which words, by which clause (R3b-20)."""

    notify: tuple[str, ...]
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class EscalationPolicy:
    """The whole file."""

    rules: tuple[EscalationRule, ...]
    levels: Mapping[str, LevelPolicy]
    targets: Mapping[str, Target]
    emergency: EmergencyPolicy
    contracts: Mapping[str, ContractNotice]
    facts: Mapping[str, FactFile]

    def worded(self, path: str, value: Any) -> tuple[str, str]:
        """A fact and its value as people say them."""
        fact = self.facts[path]
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        return fact.name, fact.values.get(shown, shown)


def read_escalation(path: Path, clauses: Mapping[str, str], clocks: Collection[str]) -> EscalationPolicy:
    """Read and check the file; departments are those of routing.yml beside it.

    Args:
        path: where it is.
        clauses: what may be cited.
        clocks: ids of the clocks of sla.yml.

    Raises:
        PolicyError: names file, rule and field.
    """
    file = content(path, EscalationFile)
    for id_, patience in [(rule.id, rule.ack_within) for rule in file.rules] + [
        (level, each.ack_within) for level, each in file.levels.items()
    ]:
        if isinstance(patience, str) and patience not in clocks:
            raise PolicyError(path.name, id_, "ack_within", f"{patience!r} is not among the clocks")
    departments = content(path.with_name("routing.yml"), DepartmentsFile).departments
    for rule_id, source in _cited(file):
        require_clause(clauses, path.name, rule_id, source)
    _require_whole(path.name, file)
    repeated = [rule_id for rule_id, count in Counter(rule.id for rule in file.rules).items() if count > 1]
    if repeated:
        raise PolicyError(path.name, repeated[0], "id", "is given twice")
    return EscalationPolicy(
        rules=tuple(_rule(path.name, rule, file, departments) for rule in file.rules),
        levels=MappingProxyType(
            {
                name: LevelPolicy(level.name, level.ack_within, tuple(level.notify))
                for name, level in file.levels.items()
            }
        ),
        targets=MappingProxyType(
            {
                name: Target(name, each.name, tuple(each.via), tuple(each.email), tuple(each.mobiles))
                for name, each in file.targets.items()
            }
        ),
        emergency=EmergencyPolicy(
            file.emergency.source,
            file.emergency.closes,
            MappingProxyType({task.id: task.name for task in file.emergency.tasks}),
        ),
        contracts=MappingProxyType(
            {
                occasion: ContractNotice(tuple(notice.notify), notice.text, notice.source)
                for occasion, notice in _contract_notices(file)
            }
        ),
        facts=MappingProxyType(dict(file.facts)),
    )


def _cited(file: EscalationFile) -> Iterator[tuple[str, str]]:
    yield "emergency", file.emergency.source
    yield from ((occasion, notice.source) for occasion, notice in _contract_notices(file))
    yield from ((rule.id, rule.source) for rule in file.rules)


def _contract_notices(file: EscalationFile) -> tuple[tuple[str, ContractNoticeFile], ...]:
    contracts = file.contracts
    return (("due", contracts.due), ("late", contracts.late), ("sent", contracts.sent))


def _require_whole(file: str, content_: EscalationFile) -> None:
    for level in LEVELS:
        if level not in content_.levels:
            raise PolicyError(file, level, "levels", "this level is missing")
        _require_targets(file, level, content_.levels[level].notify, content_.targets)
    for occasion, notice in _contract_notices(content_):
        _require_targets(file, occasion, notice.notify, content_.targets)
    for fact in FACTS:
        if fact not in content_.facts:
            raise PolicyError(file, fact, "facts", "this fact has no name for people")
    for fact in content_.facts:
        if fact not in FACTS:
            raise PolicyError(file, fact, "facts", "is not among the facts")
    for target in content_.targets.values():
        if "email" in target.via and not target.email:
            raise PolicyError(file, target.name, "email", "is told by e-mail and has no address")


def _require_targets(file: str, rule: str, named: Iterable[str], targets: Mapping[str, Any]) -> None:
    for target in named:
        if target not in targets:
            raise PolicyError(file, rule, "notify", f"{target!r} is not among the targets")


def _rule(file: str, rule: RuleFile, whole: EscalationFile, departments: Mapping[str, str]) -> EscalationRule:
    then = rule.then
    _require_targets(file, rule.id, then.notify, whole.targets)
    if then.reassign is not None and then.reassign not in departments:
        raise PolicyError(file, rule.id, "reassign", f"{then.reassign!r} is not among the departments")
    if then == ThenFile():
        raise PolicyError(file, rule.id, "then", "does nothing")
    if rule.ack_within is not None and then.level is None:
        raise PolicyError(file, rule.id, "ack_within", "nobody has to acknowledge a rule without a level")
    actions = Actions(
        level=then.level,
        reassign=departments[then.reassign] if then.reassign else None,
        priority=then.priority,
        handover=then.handover == "now",
        notify=tuple(then.notify),
        written_reply=then.reply == "written",
        emergency=then.emergency,
    )
    return EscalationRule(
        id=rule.id,
        name=rule.name,
        on=frozenset(rule.on),
        when=rule.when,
        condition=_condition(file, rule),
        mentions=mentioned(rule.when),
        then=actions,
        ack_within=rule.ack_within,
        source=rule.source,
    )


def _condition(file: str, rule: RuleFile) -> Any:
    try:
        cel.compile(rule.when)
        require_known(rule.when)
    except Exception as error:  # the compiler has no error type of its own
        reason = str(error) if isinstance(error, UnknownFactError) else f"does not compile: {error}"
        raise PolicyError(file, rule.id, "when", reason) from error
    return compiled(file, rule.id, "when", rule.when, cases(rule.when, rule.on))
