"""Who gets which waiting conversation. Pure.

In the order of the queue, each goes to the person at work who has the skill and room for it and has been idle
longest. Who waits too long goes to anybody with room.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from backend.policy.desk import DeskRules


@dataclass(frozen=True, slots=True)
class Waiting:
    """A conversation that waits. `refused_by` was given it and did not look at it."""

    id: UUID
    channel: str
    group: str
    priority: str
    since: datetime
    refused_by: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who takes conversations. Without groups they serve them all; `has` counts by channel."""

    username: str
    idle_since: datetime
    groups: frozenset[str] = frozenset()
    has: Counter[str] = field(default_factory=Counter)


URGENCY = {"urgent": 0, "high": 1, "normal": 2}


def served_order(waiting: Iterable[Waiting], rules: DeskRules) -> list[Waiting]:
    """Urgency first, then the group's rank, then who came first."""
    return sorted(
        waiting, key=lambda one: (URGENCY[one.priority], _rank(one.group, rules), one.since, one.id)
    )


def assign(
    waiting: Iterable[Waiting], workers: Collection[Worker], rules: DeskRules, now: datetime
) -> list[tuple[Waiting, str]]:
    """Pairs of conversation and user name; whoever is in none of them goes on waiting."""
    has = {worker.username: Counter(worker.has) for worker in workers}
    given: Counter[str] = Counter()
    pairs: list[tuple[Waiting, str]] = []
    for one in served_order(waiting, rules):
        able = [
            worker
            for worker in workers
            if _may(worker, one, rules, now) and has_room(has[worker.username], one.channel, rules)
        ]
        if not able:
            continue
        # within one round, who was given something just now has been idle for the shortest time
        chosen = min(
            able,
            key=lambda w: (given[w.username], w.idle_since, units(has[w.username], rules), w.username),
        )
        has[chosen.username][one.channel] += 1
        given[chosen.username] += 1
        pairs.append((one, chosen.username))
    return pairs


def has_room(has: Counter[str], channel: str, rules: DeskRules) -> bool:
    """Whether one more conversation of the channel is within a person's capacity."""
    load = rules.capacity.load(channel)
    return has[channel] < load.at_most and units(has, rules) + load.weight <= rules.capacity.units


def units(has: Counter[str], rules: DeskRules) -> int:
    """What these conversations cost a person."""
    return sum(rules.capacity.load(channel).weight * count for channel, count in has.items())


def _may(worker: Worker, one: Waiting, rules: DeskRules, now: datetime) -> bool:
    if worker.username in one.refused_by:
        return False
    skilled = not worker.groups or one.group in worker.groups
    return skilled or now - one.since >= rules.anybody_after


def _rank(group: str, rules: DeskRules) -> int:
    known = rules.groups.get(group)
    return known.rank if known else max(each.rank for each in rules.groups.values()) + 1
