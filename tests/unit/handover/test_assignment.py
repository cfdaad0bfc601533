"""Who gets which waiting conversation: by table, and what holds whatever comes."""

import uuid
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend import policy
from backend.handover.assignment import Waiting, Worker, assign, has_room, served_order, units

RULES = policy.load(Path(__file__).resolve().parents[3] / "policy").desk
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LONG = RULES.anybody_after.total_seconds()
GROUPS = tuple(RULES.groups)


def waiting(
    group: str = "front_desk", *, ago: float = 10, channel: str = "web", priority: str = "normal"
) -> Waiting:
    return Waiting(uuid.uuid4(), channel, group, priority, NOW - timedelta(seconds=ago))


def worker(name: str, *, idle: float = 60, groups: tuple[str, ...] = (), **has: int) -> Worker:
    return Worker(name, NOW - timedelta(seconds=idle), frozenset(groups), Counter(has))


@pytest.mark.parametrize(
    ("one", "workers", "chosen"),
    [
        (waiting(), [worker("a", idle=5), worker("b", idle=50)], "b"),
        (
            waiting("quality"),
            [worker("a", idle=5, groups=("quality",)), worker("b", groups=("service",))],
            "a",
        ),
        (waiting("quality"), [worker("a", groups=("service",))], None),
        (waiting("quality", ago=LONG), [worker("a", groups=("service",))], "a"),
        (waiting("quality", ago=LONG - 1), [worker("a", groups=("service",))], None),
        (waiting("quality"), [worker("a")], "a"),
        (waiting(), [worker("a", web=6)], None),
        (waiting(), [worker("a", web=6), worker("b", idle=1, web=5)], "b"),
        (waiting(), [worker("a", web=3, wechat=3)], None),
        (waiting(channel="phone"), [worker("a", web=3)], None),
        (waiting(channel="phone"), [worker("a", web=2)], "a"),
        (waiting(channel="phone"), [worker("a", phone=1)], None),
        (waiting(channel="unheard_of"), [worker("a", web=1)], None),
        (waiting(channel="unheard_of"), [worker("a")], "a"),
        (waiting(), [], None),
        (replace(waiting(), refused_by=frozenset({"a"})), [worker("a"), worker("b", idle=1)], "b"),
        (waiting(), [worker("b"), worker("a")], "a"),
    ],
)
def test_the_longest_idle_with_skill_and_room(one: Waiting, workers: list[Worker], chosen: str | None):
    assert assign([one], workers, RULES, NOW) == ([] if chosen is None else [(one, chosen)])


def test_hazards_first_then_urgency_then_rank_then_who_came_first():
    late, early = waiting(ago=1), waiting(ago=500)
    quality, hazard = waiting("quality", ago=2), waiting("hazard", ago=0, priority="urgent")
    angry = waiting("suggestion", ago=0, priority="high")
    order = served_order([late, early, quality, hazard, angry], RULES)
    assert order == [hazard, angry, quality, early, late]


def test_with_room_for_one_the_most_urgent_gets_it():
    early, hazard = waiting(ago=500), waiting("hazard", ago=1, priority="urgent")
    assert assign([early, hazard], [worker("a", web=5)], RULES, NOW) == [(hazard, "a")]


def test_several_are_spread_over_those_who_are_there():
    pairs = assign([waiting(ago=n) for n in range(6)], [worker("a"), worker("b"), worker("c")], RULES, NOW)
    assert Counter(name for _, name in pairs) == {"a": 2, "b": 2, "c": 2}


channels = st.sampled_from([*RULES.capacity.channels, "unheard_of"])
a_waiting = st.builds(
    lambda group, ago, channel, priority, refused: Waiting(
        uuid.uuid4(), channel, group, priority, NOW - timedelta(seconds=ago), frozenset(refused)
    ),
    st.sampled_from(GROUPS),
    st.integers(0, 600),
    channels,
    st.sampled_from(["urgent", "high", "normal"]),
    st.sets(st.sampled_from("abcde")),
)
some_workers = st.lists(
    st.builds(
        lambda name, idle, groups, has: Worker(name, NOW - timedelta(seconds=idle), frozenset(groups), has),
        st.sampled_from("abcdefgh"),
        st.integers(0, 1000),
        st.sets(st.sampled_from(GROUPS)),
        st.dictionaries(channels, st.integers(0, 3)).map(Counter),
    ),
    unique_by=lambda one: one.username,
)


@given(st.lists(a_waiting, max_size=30), some_workers)
def test_nobody_is_given_more_than_they_can_take_and_nothing_twice(
    queue: list[Waiting], workers: list[Worker]
):
    by_name = {one.username: one for one in workers}
    has = {one.username: Counter(one.has) for one in workers}
    pairs = assign(queue, workers, RULES, NOW)
    assert len({one.id for one, _ in pairs}) == len(pairs)
    for one, name in pairs:
        who = by_name[name]
        assert name not in one.refused_by
        assert not who.groups or one.group in who.groups or NOW - one.since >= RULES.anybody_after
        assert has_room(has[name], one.channel, RULES)
        has[name][one.channel] += 1
    assert all(
        units(has[name], RULES) <= max(RULES.capacity.units, units(by_name[name].has, RULES)) for name in has
    )


@given(st.lists(a_waiting, max_size=30), some_workers)
def test_whoever_goes_on_waiting_could_be_given_to_nobody(queue: list[Waiting], workers: list[Worker]):
    pairs = assign(queue, workers, RULES, NOW)
    has = {one.username: Counter(one.has) for one in workers}
    for one, name in pairs:
        has[name][one.channel] += 1
    given_away = {one.id for one, _ in pairs}
    for one in queue:
        if one.id in given_away:
            continue
        left = Waiting(one.id, one.channel, one.group, one.priority, one.since, one.refused_by)
        free = [Worker(who.username, who.idle_since, who.groups, has[who.username]) for who in workers]
        assert assign([left], free, RULES, NOW) == []


@given(st.lists(a_waiting, max_size=20), some_workers, st.randoms())
def test_the_order_in_which_they_are_read_does_not_matter(
    queue: list[Waiting], workers: list[Worker], chance
):
    shuffled, others = list(queue), list(workers)
    chance.shuffle(shuffled)
    chance.shuffle(others)
    assert assign(shuffled, others, RULES, NOW) == assign(queue, workers, RULES, NOW)
