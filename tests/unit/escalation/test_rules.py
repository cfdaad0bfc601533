"""The pure decision: which rules fire, once each, and which facts they say mattered."""

from hypothesis import given, settings
from hypothesis import strategies as st

from backend import policy
from backend.escalation.rules import decide, replayed
from backend.policy.escalation_facts import EVENTS, FACTS, Type, nested
from backend.settings import PROJECT_ROOT
from tests.unit.policy.test_escalation_policy import CALM

RULES = policy.load(PROJECT_ROOT / "policy").escalation.rules


def facts(**changes: object) -> dict:
    return nested(CALM | {name.replace("__", "."): value for name, value in changes.items()})


def anything() -> st.SearchStrategy[dict]:
    values = {
        Type.FLAG: st.booleans(),
        Type.INTEGER: st.integers(0, 6),
        Type.DECIMAL: st.floats(0, 300_000),
        Type.TEXT: st.text(max_size=5),
    }
    flat = {
        path: st.sampled_from(fact.values) if fact.values else values[fact.type]
        for path, fact in FACTS.items()
    }
    return st.fixed_dictionaries(flat).map(nested)


def test_a_firing_says_which_facts_mattered():
    (firing,) = decide(RULES, facts(ticket__severity="grave"), frozenset())
    assert (firing.rule, firing.level, firing.source) == ("grave-complaint", "deputy_gm", "R3b-26")
    assert firing.facts == {"ticket.severity": "grave", "ticket.hazard": False}
    assert firing.actions.written_reply
    assert firing.actions.handover


def test_what_has_fired_at_its_level_does_not_fire_again():
    angry = facts(signals__anger=3)
    assert {firing.rule for firing in decide(RULES, angry, frozenset())} == {"anger", "fury"}
    left = decide(RULES, angry, {("anger", "supervisor")})
    assert [firing.rule for firing in left] == ["fury"]
    assert decide(RULES, angry, {("anger", "supervisor"), ("fury", "manager")}) == []


def test_the_same_rule_at_another_level_is_another_firing():
    left = decide(RULES, facts(signals__anger=2), {("anger", "manager")})
    assert [(firing.rule, firing.level) for firing in left] == [("anger", "supervisor")]


def test_a_rule_hears_only_its_events():
    assert decide(RULES, facts(ticket__intake="incomplete", event__type="changed"), frozenset()) == []


@settings(max_examples=300, deadline=None)
@given(anything())
def test_no_facts_make_a_rule_fail_and_deciding_again_gives_the_same(some: dict):
    first = decide(RULES, some, frozenset())
    assert decide(RULES, some, frozenset()) == first
    assert len({(firing.rule, firing.level) for firing in first}) == len(first)
    by_id = {rule.id: rule for rule in RULES}
    for firing in first:
        rule = by_id[firing.rule]
        assert some["event"]["type"] in rule.on
        assert set(firing.facts) == set(rule.mentions)
        # the facts that mattered are enough to reach the same answer
        assert rule.condition.execute(nested(firing.facts)) is True


@settings(max_examples=100, deadline=None)
@given(st.lists(anything(), max_size=6))
def test_a_history_fires_each_rule_once_in_whatever_number_of_steps(history: list[dict]):
    stepwise: list[tuple[str, str]] = []
    for some in history:
        stepwise += [(firing.rule, firing.level) for firing in decide(RULES, some, frozenset(stepwise))]
    assert len(stepwise) == len(set(stepwise))
    assert replayed(RULES, history) == set(stepwise)


def test_every_event_is_heard_by_some_rule():
    assert set().union(*(rule.on for rule in RULES)) == set(EVENTS)
