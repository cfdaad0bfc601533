"""The hash chain finds every change, removal, insertion and reordering (R1-1.2)."""

import dataclasses
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backend.tickets.chain import GENESIS, ChainedEntry, EntryContent, entry_hash, first_break
from backend.tickets.kinds import Actor, Stage, Visibility

NUMBER = "26112300011"
texts = st.text(max_size=8)
optional_texts = st.none() | texts
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
facts = st.none() | st.dictionaries(texts, st.none() | st.booleans() | st.integers() | texts, max_size=3)
FIELDS: dict[str, st.SearchStrategy] = {
    "ticket_number": texts,
    "at": moments,
    "actor_kind": texts,
    "actor_name": optional_texts,
    "verb": texts,
    "before": facts,
    "after": facts,
    "note": optional_texts,
    "visibility": texts,
    "rule": optional_texts,
    "source": optional_texts,
}


def said(position: int, **changes: Any) -> EntryContent:
    values = {
        "ticket_number": NUMBER,
        "position": position,
        "at": datetime(2026, 11, 23, 2, 0, position, 123_456, tzinfo=UTC),
        "actor_kind": "agent",
        "actor_name": "演示客服",
        "verb": f"did-{position}",
        "before": None,
        "after": {"stage": "judged", "n": position},
        "note": "客户要求上门",
        "visibility": "internal",
        "rule": None,
        "source": "R1-1.3",
    }
    return EntryContent(**(values | changes))


def chained(contents: Sequence[EntryContent]) -> list[ChainedEntry]:
    entries, previous = [], GENESIS
    for content in contents:
        entries.append(ChainedEntry(content, previous, entry_hash(content, previous)))
        previous = entries[-1].hash
    return entries


def head(entries: Sequence[ChainedEntry]) -> str:
    return entries[-1].hash if entries else GENESIS


@st.composite
def contents(draw: st.DrawFn, least: int = 1) -> list[EntryContent]:
    length = draw(st.integers(least, 6))
    return [
        EntryContent(position=at, **{name: draw(values) for name, values in FIELDS.items()})
        for at in range(1, length + 1)
    ]


@given(contents(least=0))
def test_an_untouched_chain_holds(entries: list[EntryContent]):
    chain = chained(entries)
    assert first_break(chain, len(chain), head(chain)) is None


@pytest.mark.parametrize("name", FIELDS)
@given(data=st.data())
@settings(max_examples=40)
def test_a_change_of_any_field_is_found_where_it_is(name: str, data: st.DataObject):
    chain = chained(data.draw(contents()))
    at = data.draw(st.integers(0, len(chain) - 1))
    value = data.draw(FIELDS[name])
    assume(value != getattr(chain[at].content, name))
    tampered = list(chain)
    tampered[at] = dataclasses.replace(
        chain[at], content=dataclasses.replace(chain[at].content, **{name: value})
    )
    found = first_break(tampered, len(chain), head(chain))
    assert found is not None
    assert (found.position, found.problem) == (at + 1, "content was changed")


@given(contents(least=2), st.data())
def test_a_changed_entry_with_a_hash_that_fits_breaks_the_next_link(
    entries: list[EntryContent], data: st.DataObject
):
    chain = chained(entries)
    at = data.draw(st.integers(0, len(chain) - 2))
    forged = dataclasses.replace(chain[at].content, note=f"{chain[at].content.note}!")
    tampered = list(chain)
    tampered[at] = ChainedEntry(forged, chain[at].previous_hash, entry_hash(forged, chain[at].previous_hash))
    found = first_break(tampered, len(chain), head(chain))
    assert found is not None
    assert found.position == at + 2


@given(contents(), st.data())
def test_a_chain_rewritten_from_some_entry_on_does_not_reach_its_head(
    entries: list[EntryContent], data: st.DataObject
):
    chain = chained(entries)
    at = data.draw(st.integers(0, len(chain) - 1))
    rewritten = list(entries)
    rewritten[at] = dataclasses.replace(entries[at], note=f"{entries[at].note}!")
    assert first_break(chained(rewritten), len(chain), head(chain)) is not None


@given(contents(), st.data())
def test_a_removal_is_found_where_it_was(entries: list[EntryContent], data: st.DataObject):
    chain = chained(entries)
    at = data.draw(st.integers(0, len(chain) - 1))
    found = first_break(chain[:at] + chain[at + 1 :], len(chain), head(chain))
    assert found is not None
    assert found.position == at + 1
    assert "missing" in found.problem


@given(contents(), st.data())
def test_an_insertion_is_found_although_its_own_hash_fits(entries: list[EntryContent], data: st.DataObject):
    """The inserted entry is made as the chain wants it; so the first place that cannot hold is the next."""
    chain = chained(entries)
    at = data.draw(st.integers(0, len(chain) - 1))
    content = dataclasses.replace(chain[at].content, verb=f"{chain[at].content.verb}!")
    inserted = ChainedEntry(content, chain[at].previous_hash, entry_hash(content, chain[at].previous_hash))
    moved = [
        dataclasses.replace(entry, content=dataclasses.replace(entry.content, position=number))
        for number, entry in enumerate(chain[at:], start=at + 2)
    ]
    for rest in (chain[at:], moved):
        found = first_break([*chain[:at], inserted, *rest], len(chain), head(chain))
        assert found is not None
        assert found.position == at + 2


@given(contents(), st.data())
def test_an_insertion_with_a_false_hash_is_found_where_it_is(
    entries: list[EntryContent], data: st.DataObject
):
    chain = chained(entries)
    at = data.draw(st.integers(0, len(chain) - 1))
    false = dataclasses.replace(chain[at], hash="f" * 64)
    found = first_break([*chain[:at], false, *chain[at:]], len(chain), head(chain))
    assert found is not None
    assert found.position == at + 1


def test_an_entry_added_at_the_end_is_found_and_not_called_missing():
    chain = chained([said(1), said(2)])
    extended = chained([said(1), said(2), said(3)])
    found = first_break(extended, len(chain), head(chain))
    assert found is not None
    assert found.position == 3
    assert "missing" not in found.problem


@given(contents(least=2), st.data())
def test_a_reordering_is_found_at_the_first_moved_entry(entries: list[EntryContent], data: st.DataObject):
    chain = chained(entries)
    order = data.draw(st.permutations(range(len(chain))))
    moved = [at for at, source in enumerate(order) if at != source]
    assume(moved)
    shuffled = [chain[source] for source in order]
    renumbered = [
        dataclasses.replace(entry, content=dataclasses.replace(entry.content, position=number))
        for number, entry in enumerate(shuffled, start=1)
    ]
    for tampered in (shuffled, renumbered):
        found = first_break(tampered, len(chain), head(chain))
        assert found is not None
        assert found.position == moved[0] + 1


@given(contents(least=0), st.integers(0, 8))
def test_the_length_counts(entries: list[EntryContent], length: int):
    chain = chained(entries)
    assert (first_break(chain, length, head(chain)) is None) == (length == len(chain))


def test_a_chain_does_not_pass_for_another_tickets():
    chain = chained([said(1)])
    assert first_break(chain, 1, head(chained([said(1, ticket_number="26112300023")]))) is not None


@given(moments, st.integers(-14 * 60, 14 * 60))
def test_the_same_moment_in_any_zone_hashes_equally(at: datetime, minutes: int):
    zones = (ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York"), timezone(timedelta(minutes=minutes)))
    expected = entry_hash(said(1, at=at), GENESIS)
    assert {entry_hash(said(1, at=at.astimezone(zone)), GENESIS) for zone in zones} == {expected}
    assert entry_hash(said(1, at=at + timedelta(microseconds=1)), GENESIS) != expected


def test_both_hours_of_a_night_when_clocks_go_back_are_told_apart():
    zone = ZoneInfo("America/New_York")
    early = datetime(2026, 11, 1, 1, 30, tzinfo=zone, fold=0)
    late = datetime(2026, 11, 1, 1, 30, tzinfo=zone, fold=1)
    assert entry_hash(said(1, at=early), GENESIS) != entry_hash(said(1, at=late), GENESIS)


def test_what_the_database_gives_back_hashes_like_what_was_written():
    """Enumerations come back as plain strings, mappings in another order."""
    written = said(
        1, actor_kind=Actor.AGENT, visibility=Visibility.CUSTOMER, after={"stage": Stage.JUDGED, "a": 1}
    )
    read = said(1, actor_kind="agent", visibility="customer", after={"a": 1, "stage": "judged"})
    assert entry_hash(written, GENESIS) == entry_hash(read, GENESIS)


@given(st.dictionaries(texts, facts, max_size=3))
def test_key_order_and_a_round_trip_through_json_change_nothing(value: dict):
    back = json.loads(json.dumps(dict(reversed(value.items()))))
    assert entry_hash(said(1, after=value), GENESIS) == entry_hash(said(1, after=back), GENESIS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"before": {"a": 1}, "after": None}, {"before": None, "after": {"a": 1}}),
        ({"note": None}, {"note": ""}),
        ({"note": None}, {"note": "null"}),
        ({"rule": "R1", "source": None}, {"rule": None, "source": "R1"}),
        ({"actor_kind": "a", "actor_name": "b"}, {"actor_kind": "b", "actor_name": "a"}),
        ({"after": {"a": "1"}}, {"after": {"a": 1}}),
        ({"after": {"a": True}}, {"after": {"a": 1}}),
        ({"note": '","rule":"x'}, {"note": "", "rule": "x"}),
    ],
)
def test_contents_that_look_alike_hash_apart(one: dict, other: dict):
    assert entry_hash(said(1, **one), GENESIS) != entry_hash(said(1, **other), GENESIS)


def test_the_hash_before_it_is_part_of_a_hash():
    assert entry_hash(said(1), GENESIS) != entry_hash(said(1), "1" * 64)
    assert len(GENESIS) == len(entry_hash(said(1), GENESIS)) == 64
