"""The simulated customer understands every question of the domain, and is a fair judge of the tickets."""

from datetime import date

import pytest
import yaml

from tests.support.simulated_customer.answering import Memory, answer
from tests.support.simulated_customer.facts import Fact
from tests.support.simulated_customer.goals import KINDS
from tests.support.simulated_customer.opening import opening
from tests.support.simulated_customer.persona import draw_persona
from tests.support.simulated_customer.questions import DOMAIN, PROMPTS, asked_besides, asked_in

TODAY = date(2026, 11, 23)
PERSONAS = [draw_persona(seed, TODAY) for seed in range(300)]


def questions() -> list[tuple[str, str]]:
    found = []
    for path in sorted(DOMAIN.glob("*.yml")):
        responses = yaml.safe_load(path.read_text(encoding="utf-8")).get("responses") or {}
        for name, variations in responses.items():
            if name.startswith("utter_ask_") or name in PROMPTS:
                found += [(name, each["text"]) for each in variations]
    return found


@pytest.mark.parametrize(("name", "text"), questions())
def test_every_question_is_understood_behind_other_words(name: str, text: str):
    asked = asked_in(f"好的，我帮您登记。\n{text.format_map(_Anything())}")
    assert asked is not None
    assert name == f"utter_ask_{asked}" or name.endswith(f"_form_{asked}") or PROMPTS.get(name) == asked


def test_no_question_in_a_farewell():
    assert asked_in("已经提交，您的工单号是：\n26112300018\n想问进展时，报这个工单号就行。") is None


def test_a_question_for_two_things_is_seen_as_such():
    assert asked_besides("请问是什么时候买的，在哪家店买的？", "purchase_date") == ("purchase_place",)
    assert asked_besides("京东买的，在哪家店都行。\n请问是什么时候买的？", "purchase_date") == ()


def test_the_same_seed_is_the_same_customer():
    assert [opening(draw_persona(seed, TODAY)) for seed in range(50)] == [
        opening(draw_persona(seed, TODAY)) for seed in range(50)
    ]


def test_all_kinds_and_moods_are_drawn():
    assert {persona.goal.kind for persona in PERSONAS} == set(KINDS)
    assert len({persona.mood.name for persona in PERSONAS}) == 5
    assert any(persona.mistaken for persona in PERSONAS)
    assert any(persona.digression for persona in PERSONAS)


def test_nothing_declined_is_told():
    for persona in PERSONAS:
        memory = Memory(persona)
        for slot in persona.goal.needed:
            answer(memory, slot)
        assert not persona.goal.declined & set(memory.told)


@pytest.mark.parametrize(
    ("fact", "details", "right"),
    [
        (Fact("purchase_date", "去年五月", "2025-05", how="starts"), {"purchase_date": "2025-05-01"}, True),
        (Fact("purchase_date", "去年五月", "2025-05", how="starts"), {"purchase_date": "2025-06-01"}, False),
        (Fact("purchase_date", "去年五月", "2025-05", how="starts"), {}, False),
        (Fact("purchase_place", "京东", "京东", how="within"), {"purchase_place": "京东自营店"}, True),
        (Fact("order_number", "JD123", "JD123"), {"order_number": "JD1234"}, False),
    ],
)
def test_a_ticket_is_compared_with_what_was_told(fact: Fact, details: dict[str, str], right: bool):
    ticket = {"details": details, "contact": {}, "description": "", "demand": None, "kind": ""}
    assert fact.is_held_by(ticket) is right


class _Anything(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "某某"
