"""Corrections, going back, and dates that are read back."""

from dataclasses import replace

import pytest

from actions.outcome import Ending
from actions.quality_complaint import SPEC as QUALITY
from actions.service_complaint import SPEC as SERVICE
from actions.turn import Entity
from tests.unit.actions.support import Conversation, turn


def told(**more):
    return turn("热水器漏水漏得厉害", "quality_complaint", product="热水器", fault="漏水", **more)


def dated(text, value, words, intent="inform", kind="purchase_date", **more):
    message = turn(text, intent, **more)
    return replace(message, entities=(*message.entities, Entity(kind, value, words)))


@pytest.fixture
def asked_for_demand():
    chat = Conversation(QUALITY)
    chat.begin(told())
    chat.say(dated("去年双十一", "2025-11-11", "去年双十一"))
    return chat


def test_an_inferred_date_is_read_back_along_with_the_next_question(asked_for_demand):
    (saying,) = asked_for_demand.outcome.says
    assert saying.response == "utter_read_back_purchase_date"
    assert saying.variables == {"date": "2025年11月11日"}
    assert asked_for_demand.outcome.requested == "demand"


def test_a_date_in_full_is_not_read_back():
    chat = Conversation(QUALITY)
    chat.begin(told())
    chat.say(dated("2025年11月11日", "2025-11-11", "2025年11月11日"))
    assert chat.said == []


def test_a_yes_to_what_was_read_back_answers_nothing_else(asked_for_demand):
    asked_for_demand.say(turn("对的", "affirm"))
    assert asked_for_demand.said == []
    assert asked_for_demand.outcome.requested == "demand"
    assert asked_for_demand.outcome.state.stalls == 0


def test_a_no_to_what_was_read_back_asks_for_it_again(asked_for_demand):
    asked_for_demand.say(turn("不对", "deny"))
    assert asked_for_demand.said == ["utter_misread"]
    assert asked_for_demand.outcome.requested == "purchase_date"


def test_a_no_with_another_date_corrects_it(asked_for_demand):
    asked_for_demand.say(dated("不对，是前年五月", "2024-05", "前年五月", "correct"))
    assert asked_for_demand.slots["purchase_date"] == "2024-05"
    assert asked_for_demand.outcome.says[0].variables == {"date": "2024年5月"}
    assert asked_for_demand.outcome.requested == "demand"


def test_a_date_that_is_corrected_counts_whatever_kind_it_was_taken_for(asked_for_demand):
    message = dated("不对，是前年五月", "2024-05-01", "前年五月", "correct", kind="incident_time")
    asked_for_demand.say(message)
    assert asked_for_demand.slots["purchase_date"] == "2024-05-01"


def test_a_later_no_is_not_about_the_date(asked_for_demand):
    asked_for_demand.say(turn("换货", demand="exchange"))
    asked_for_demand.say(turn("不方便说", "skip"))
    assert asked_for_demand.outcome.state.left_out == ("customer_name",)


def test_the_time_of_an_incident_is_read_back_too():
    chat = Conversation(SERVICE)
    chat.begin(turn("师傅进门就骂人，鞋套也不穿", "service_complaint", staff="师傅"))
    chat.say(dated("昨天下午三点", "2026-11-22T15:00+08:00", "昨天下午三点", kind="incident_time"))
    assert chat.said == ["utter_read_back_incident_time"]
    assert chat.outcome.says[0].variables == {"date": "2026年11月22日15:00"}


@pytest.mark.parametrize("words", ["回到上一个", "刚才那个说错了", "我说错了", "上一步"])
def test_going_back_asks_for_the_last_answer_again(words, asked_for_demand):
    asked_for_demand.say(turn("换货", demand="exchange"))
    asked_for_demand.say(turn(words, "nlu_fallback", 0.4))
    assert asked_for_demand.said == ["utter_back"]
    assert asked_for_demand.outcome.requested == "demand"
    asked_for_demand.say(turn("退货", demand="return"))
    assert asked_for_demand.slots["demand"] == "return"
    assert asked_for_demand.outcome.requested == "customer_name"


def test_going_back_twice_and_to_what_was_skipped(asked_for_demand):
    asked_for_demand.say(turn("换货", demand="exchange"))
    asked_for_demand.say(turn("不方便说", "skip"))
    assert asked_for_demand.outcome.requested == "phone"
    asked_for_demand.say(turn("上一个"))
    assert asked_for_demand.outcome.requested == "customer_name"
    asked_for_demand.say(turn("上一个"))
    assert asked_for_demand.outcome.requested == "demand"


def test_there_is_nothing_before_the_first_question():
    chat = Conversation(QUALITY)
    chat.begin(told())
    chat.say(turn("上一个"))
    assert chat.said == ["utter_nothing_before"]
    assert chat.outcome.requested == "purchase_date"


@pytest.mark.parametrize(
    ("words", "slot", "value"),
    [
        ("称呼改成李先生", "customer_name", "李先生"),
        ("地址改为苏州市人民路8号", "address", "苏州市人民路8号"),
        ("电话最后一位是9", "phone", "13812345679"),
        ("尾号是4321", "phone", "13812344321"),
    ],
)
@pytest.mark.parametrize("at_the_summary", [True, False])
def test_a_value_is_changed_by_naming_it(words, slot, value, at_the_summary):
    chat = Conversation(QUALITY)
    known = {"phone": "13812345678", "demand": "exchange", "purchase_date": "2025-11-11", "shop": "京东"}
    chat.begin(told(person_name="王", address="苏州市人民路6号", **known))
    assert chat.outcome.requested == "confirmation"
    if not at_the_summary:
        chat.say(turn("购买时间", "inform"))
        assert chat.outcome.requested == "purchase_date"
    chat.say(turn(words, "correct"))
    assert chat.slots[slot] == value
    assert chat.outcome.ending is None


def test_what_is_said_again_in_other_words_of_its_own_counts_and_is_told():
    chat = Conversation(QUALITY)
    chat.begin(told(phone="13812345678"))
    chat.say(turn("13900000001", phone="13900000001"))
    assert chat.slots["phone"] == "13900000001"
    assert chat.said == ["utter_replaced"]
    assert chat.outcome.says[0].variables == {"label": "电话", "value": "13900000001"}


def test_free_words_for_a_demand_go_with_it():
    chat = Conversation(QUALITY)
    chat.begin(told(purchase_date="2025-11-11", shop="京东"))
    chat.say(turn("你们看着给个说法", "inform"))
    assert chat.slots["demand_words"] == "你们看着给个说法"
    chat.say(turn("还是换货吧", "correct", demand="exchange"))
    assert (chat.slots["demand"], chat.slots["demand_words"]) == ("exchange", "")


def test_the_answer_to_an_earlier_question_is_taken_and_the_open_one_asked_again():
    chat = Conversation(QUALITY)
    chat.begin(told())
    chat.say(turn("不记得了", "skip"))
    assert chat.outcome.requested == "order_number"
    chat.say(dated("想起来了，去年五月买的", "2025-05", "去年五月"))
    assert chat.slots["purchase_date"] == "2025-05"
    assert chat.outcome.requested == "demand"


def test_a_date_that_nobody_remembers_is_stood_in_for_by_a_number():
    chat = Conversation(QUALITY)
    chat.begin(told())
    chat.say(turn("不记得了", "skip"))
    chat.say(turn("DD20250311", "inform"))
    assert chat.slots["order_number"] == "DD20250311"


def test_a_thumb_confirms():
    chat = Conversation(QUALITY)
    chat.begin(
        told(phone="13812345678", person_name="王", demand="return", purchase_date="2025-11-11", shop="京东")
    )
    chat.say(turn("👍", "nlu_fallback", 0.3))
    assert chat.outcome.ending is Ending.FILE


def test_a_correction_is_no_part_of_the_story():
    chat = Conversation(QUALITY)
    chat.begin(
        told(phone="13812345678", person_name="王", demand="return", purchase_date="2025-11-11", shop="京东")
    )
    chat.say(turn("等等，我的电话最后四位应该是8765", "correct"))
    assert chat.slots["phone"] == "13812348765"
    assert chat.slots["description"] == "热水器漏水漏得厉害"


@pytest.mark.parametrize("words", ["电话", "电话错了"])
def test_the_name_of_an_item_is_no_wish_for_a_person(words):
    chat = Conversation(QUALITY)
    chat.begin(
        told(phone="13812345678", person_name="王", demand="return", purchase_date="2025-11-11", shop="京东")
    )
    chat.say(turn("不对", "deny"))
    chat.say(turn(words, "human_request", 0.8))
    assert chat.outcome.requested == "phone"
    assert not chat.outcome.state.signals.wants_human


def test_a_demand_that_is_named_later_goes_before_one_that_was_left_to_us():
    chat = Conversation(QUALITY)
    chat.begin(told(purchase_date="2025-11-11", shop="京东"))
    chat.say(turn("随便你们", "skip"))
    assert chat.slots["demand"] == "handle"
    chat.say(turn("那就换一台吧", "inform", demand="exchange"))
    assert chat.slots["demand"] == "exchange"


def test_a_date_that_came_with_the_sentence_from_another_form_is_read_back():
    chat = Conversation(QUALITY, purchase_date="2026-11-20", purchase_words="三天")
    opening = dated("热水器才用三天就漏水", "2026-11-20", "三天", "quality_complaint", product="热水器")
    chat.begin(opening, greeted=True)
    assert "utter_read_back_purchase_date" in chat.said
