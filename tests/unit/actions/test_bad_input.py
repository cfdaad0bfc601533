"""Messages that are no answer to anything, in the middle of a form."""

import pytest

from actions.oddities import oddity
from actions.outcome import Ending
from actions.quality_complaint import SPEC as QUALITY
from actions.service_complaint import SPEC as SERVICE
from actions.state import BRIEF
from tests.unit.actions.support import Conversation, turn

LEAK = turn("热水器漏水漏得厉害", "quality_complaint", product="热水器", fault="漏水")


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("", "utter_side_silence"),
        ("  \n", "utter_side_silence"),
        ("😡", "utter_side_sticker"),
        ("[微笑]", "utter_side_sticker"),
        ("[图片][语音]", "utter_side_sticker"),
        ("啊" * 1000, "utter_side_babble"),
        ("哈哈哈哈哈哈哈哈哈哈哈哈哈", "utter_side_babble"),
        ("my heater is leaking please help", "utter_side_foreign"),
        ("aidez moi s'il vous plait", "utter_side_foreign"),
        ("？？？", None),
        ("热水器😡漏水", None),
        ("JSQ30-16E", None),
        ("Anna Li", None),
        ("13812345678", None),
        ("没有", None),
    ],
)
def test_what_no_sentence_can_be_read_from(text, response):
    assert oddity(text) == response


def test_another_language_is_kept_where_any_words_are_welcome():
    assert oddity("the technician was very rude to me", free=True) is None
    chat = Conversation(SERVICE)
    chat.begin(turn("我要投诉", "service_complaint"))
    chat.say(turn("the technician was very rude to me", "nlu_fallback", 0.3))
    assert chat.slots["description"] == "the technician was very rude to me"


@pytest.mark.parametrize("text", ["", "[微笑]", "啊" * 1000, "what do you mean by that"])
def test_it_is_said_what_was_odd_and_nothing_of_it_is_kept(text):
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    known = dict(chat.slots)
    chat.say(turn(text, "nlu_fallback", 0.3))
    assert chat.said == [oddity(text)]
    assert chat.outcome.requested == "purchase_date"
    assert {**chat.slots, "ask_round": ""} == {**known, "ask_round": ""}


def test_silence_that_goes_on_is_left_to_a_person():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(turn("", "nlu_fallback", 0.0))
    chat.say(turn("", "nlu_fallback", 0.0))
    assert chat.outcome.state.mode == BRIEF
    assert chat.said == ["utter_hand_over_lost"]


def test_a_thousand_digits_are_no_phone_number_and_no_story():
    chat = Conversation(QUALITY)
    known = {"purchase_date": "2025-11-11", "shop": "京东", "demand": "return", "person_name": "王"}
    chat.begin(turn("热水器漏水漏得厉害", "quality_complaint", product="热水器", fault="漏水", **known))
    chat.say(turn("1392847560" * 100))
    assert chat.said == ["utter_phone_too_many"]
    assert chat.slots["description"] == "热水器漏水漏得厉害"
    assert chat.outcome.requested == "phone"


def test_whatever_is_sent_the_form_ends():
    for text in ("", "😡", "啊" * 50, "help me out here please", "1" * 500):
        chat = Conversation(QUALITY)
        chat.begin(LEAK)
        for _turns in range(8):
            if chat.outcome.ending:
                break
            chat.say(turn(text, "nlu_fallback", 0.3))
        assert chat.outcome.ending is Ending.FILE, text


@pytest.mark.parametrize("words", ["就是不给", "这个我记不清了", "找不到了"])
def test_a_refusal_in_own_words_is_a_refusal(words):
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(turn(words, "nlu_fallback", 0.4))
    assert chat.outcome.state.left_out == ("purchase_date",)


@pytest.mark.parametrize("words", ["我是男的", "随便", "干嘛"])
def test_what_is_no_name_is_not_taken_for_one(words):
    chat = Conversation(QUALITY)
    known = {"purchase_date": "2025-11-11", "shop": "京东", "demand": "return", "phone": "13812345678"}
    chat.begin(turn("热水器漏水漏得厉害", "quality_complaint", product="热水器", fault="漏水", **known))
    assert chat.outcome.requested == "customer_name"
    chat.say(turn(words, "inform", 0.75))
    assert chat.slots.get("customer_name") is None


def test_other_answers_do_not_keep_a_question_alive_for_ever():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    others = [{"person_name": "王"}, {"phone": "13812345678"}, {"shop": "京东"}, {"address": "人民路1号"}]
    asked = []
    for named in others:
        asked.append(chat.outcome.requested)
        chat.say(turn(next(iter(named.values())), **named))
    assert asked == ["purchase_date"] * 4
    assert "purchase_date" in chat.outcome.state.left_out
