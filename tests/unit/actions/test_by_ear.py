"""The phone: other manners of asking, short summaries, digits one by one; and nothing said twice alike."""

from dataclasses import replace

import pytest
from rasa_sdk.executor import CollectingDispatcher
from ruamel.yaml import YAML

from actions.human_request import SPEC as HUMAN
from actions.outcome import Outcome, Saying
from actions.quality_complaint import SPEC as QUALITY
from actions.repair_request import SPEC as REPAIR
from actions.return_exchange import SPEC as RETURN
from actions.service_complaint import SPEC as SERVICE
from actions.state import IntakeState
from actions.suggestion import SPEC as SUGGESTION
from actions.summary import one_by_one, summary
from actions.uttering import utter
from actions.wording import DOMAIN_DIRECTORY, domain_wording
from tests.unit.actions.support import Conversation, turn

WORDING = domain_wording()


def test_questions_are_put_for_the_ear():
    chat = Conversation(QUALITY)
    chat.begin(replace(turn("热水器漏水", "quality_complaint", product="热水器"), channel="phone"))
    assert chat.slots["ask_round"] == "heard"
    chat.say(replace(turn("喂", "greet"), channel="phone"))
    assert chat.slots["ask_round"] == "heard_again"


def test_digits_are_read_one_by_one_in_groups():
    assert one_by_one("13812345678", WORDING) == "1 3 8，1 2 3 4，5 6 7 8"
    assert one_by_one("0512-6543210", WORDING) == "0 5 1 2，6 5 4 3，2 1 0"


def test_the_summary_for_the_ear_is_one_short_sentence():
    slots = {"product": "热水器", "description": "漏" * 300, "phone": "13812345678", "customer_name": "王"}
    heard = summary(QUALITY, slots, WORDING, spoken=True)
    assert heard == "产品，热水器，称呼，王，电话，1 3 8，1 2 3 4，5 6 7 8"


def spoken_texts(outcome):
    dispatcher = CollectingDispatcher()
    utter(dispatcher, outcome, WORDING)
    return [message["text"] for message in dispatcher.messages]


def test_a_response_is_said_in_each_of_its_ways_before_one_comes_again():
    says = [Saying("utter_unclear")] * 3
    outcome = Outcome(slots={}, state=IntakeState(), says=says)
    first = spoken_texts(outcome)
    assert len(set(first)) == 3
    later = Outcome(slots={}, state=outcome.state.next_run(), says=says[:1])
    assert spoken_texts(later)[0] not in first


def test_numbers_that_are_told_are_read_out_on_the_phone_only():
    says = [Saying("utter_quality_complaint_filed", {"number": "26112300017"})]
    seen = spoken_texts(Outcome(slots={}, state=IntakeState(), says=says))
    heard = spoken_texts(Outcome(slots={}, state=IntakeState(), says=says, spoken=True))
    assert "26112300017" in seen[0]
    assert "2 6 1 1，2 3 0 0，0 1 7" in heard[0]


def test_what_has_words_for_the_ear_is_said_in_them():
    says = [Saying("utter_phone_too_short", {"heard": "139000", "count": 6, "missing": 5})]
    (text,) = spoken_texts(Outcome(slots={}, state=IntakeState(), says=says, spoken=True))
    assert text == "我只听到6位数字，还差5位。"


@pytest.mark.parametrize(
    "spec", [QUALITY, SERVICE, REPAIR, RETURN, SUGGESTION, HUMAN], ids=lambda it: it.stem
)
def test_every_question_can_be_put_in_three_more_ways(spec):
    for slot in [question.slot for question in spec.questions] + ["confirmation"] * spec.confirms:
        own = f"utter_ask_{spec.form}_{slot}"
        texts = WORDING.responses[own if WORDING.knows(own) else f"utter_ask_{slot}"]
        assert len(set(texts)) >= 4, slot


def test_every_manner_of_asking_again_has_words_of_its_own():
    """A manner that a question lacks falls back on the words for the first time: only for the ear, and last."""
    for path in DOMAIN_DIRECTORY.glob("*.yml"):
        responses = YAML(typ="safe", pure=True).load(path.read_text("utf-8")).get("responses") or {}
        for name, variations in responses.items():
            rounds = [each["condition"][0]["value"] for each in variations if each.get("condition")]
            if name.startswith("utter_ask_") and "again_2" in rounds:
                assert {"again", "again_2", "again_3"} <= set(rounds), name
            assert len(set(rounds)) == len(rounds), name
