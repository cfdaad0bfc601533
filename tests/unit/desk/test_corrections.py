"""Corrections as examples: whose data goes out of them, and what a person said last."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from backend.desk.corrections.examples import Corrected, consolidated, training_yaml
from backend.desk.corrections.privacy import ADDRESS, NAME, plain_facts, without_personal_data

START = datetime(2026, 11, 23, 2, tzinfo=UTC)


def corrected(machine: dict, person: dict, minutes: int = 0, subject: str = "26112300016") -> Corrected:
    at = START + timedelta(minutes=minutes)
    return Corrected("ticket", subject, "热水器漏水", machine, person, "linda", at)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("我叫陈志远，热水器漏水", "我叫[name]，热水器漏水"),
        ("我是陈女士", "我是[name]女士"),
        ("找刘师傅来修，电话 139 1234 5678", "找[name]师傅来修，电话 [phone]"),
        ("座机0512-65550199", "座机[phone]"),
        ("邮箱 a.b@example.com", "邮箱 [mail]"),
        ("身份证11010119900307123X", "身份证[number]"),
        ("型号JSQ30-W16，2023年买的，花了3999", "型号JSQ30-W16，2023年买的，花了3999"),
        ("我在苏州市姑苏区临顿路12号3幢502室", "[address]"),
        ("一级能效，响得厉害", "一级能效，响得厉害"),
    ],
)
def test_personal_data_goes_out_and_the_rest_stays(text: str, plain: str):
    shown = without_personal_data(text)
    assert shown == plain if "[address]" not in plain else "[address]" in shown and "临顿路" not in shown


def test_what_is_on_record_goes_out_in_all_its_forms():
    known = [(NAME, "欧阳修文先生"), (ADDRESS, "青田村六组老井旁")]
    text = "欧阳修文买的，送到青田村六组，老井旁边，欧阳修文先生收"
    plain = without_personal_data(text, known)
    assert "欧阳" not in plain
    assert "青田村" not in plain
    assert plain.startswith("[name]买的，送到[address]")


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.text("漏水的，。 ", max_size=20))
def test_no_number_stays(phone: str, words: str):
    assert phone not in without_personal_data(f"{words}{phone}{words}")


def test_facts_of_a_person_are_not_kept():
    facts = {
        "kind": "repair_request",
        "customer_name": "陈",
        "details": {"phone": "1", "fault": "打13812345678"},
    }
    assert plain_facts(facts) == {"kind": "repair_request", "details": {"fault": "打[phone]"}}


def test_the_first_word_of_the_machine_and_the_last_of_people_count():
    (example,) = consolidated(
        [
            corrected({"kind": "repair_request"}, {"kind": "return_exchange"}, 2),
            corrected({"kind": "inquiry"}, {"kind": "repair_request"}, 1),
            corrected({"details": {}}, {"details": {"fault": "漏水"}}, 3),
        ]
    )
    assert example.machine == {"kind": "inquiry"}
    assert example.person == {"kind": "return_exchange", "fault": "漏水"}


KINDS = st.sampled_from(["inquiry", "suggestion", "repair_request"])


@given(st.lists(KINDS, min_size=2, max_size=6))
def test_what_was_put_back_is_no_example(kinds: list[str]):
    steps = [
        corrected({"kind": before}, {"kind": after}, number)
        for number, (before, after) in enumerate(itertools.pairwise(kinds))
    ]
    found = consolidated(reversed(steps))
    if kinds[0] == kinds[-1]:
        assert found == []
    else:
        assert [(one.machine, one.person) for one in found] == [({"kind": kinds[0]}, {"kind": kinds[-1]})]


def test_training_sentences_stand_under_the_intent_that_a_person_chose():
    text = training_yaml(
        consolidated(
            [
                corrected({"kind": "suggestion"}, {"kind": "inquiry"}),
                corrected({"details": {"fault": "坏"}}, {"details": {"fault": "漏水"}}, subject="2"),
            ]
        )
    )
    document = yaml.safe_load(text)
    assert document["version"] == "3.1"
    by_intent = {entry["intent"]: entry["examples"] for entry in document["nlu"]}
    assert set(by_intent) == {"consultation", "to_review"}
    (reviewed,) = by_intent["to_review"]
    assert reviewed["text"] == "热水器漏水\n"
    assert reviewed["metadata"]["entities"] == [{"entity": "fault", "value": "漏水", "in_text": True}]
