"""When a person takes over: wish, threat, anger that goes on, and not being understood."""

from actions.outcome import Ending
from actions.quality_complaint import SPEC as QUALITY
from actions.repair_request import SPEC as REPAIR
from actions.state import BRIEF, FULL
from actions.turn import Signals
from tests.unit.actions.support import Conversation, turn

LEAK = turn("热水器漏水", "quality_complaint", product="热水器", fault="漏水")
ANGRY = Signals(anger=3)


def test_two_misunderstandings_in_a_row_call_a_person():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(turn("哈？", "nlu_fallback", 0.3))
    assert chat.said == ["utter_unclear"]
    chat.say(turn("啥？", "nlu_fallback", 0.3))
    assert chat.said == ["utter_hand_over_lost"]
    assert chat.outcome.requested == "phone"
    chat.say(turn("13812345678", phone="13812345678"))
    assert chat.outcome.ending is Ending.FILE
    assert chat.slots["product"] == "热水器"
    assert chat.outcome.state.signals.wants_human


def test_an_answer_between_misunderstandings_counts():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(turn("哈？", "nlu_fallback", 0.3))
    chat.say(turn("去年", purchase_date="2025"))
    chat.say(turn("13812345678", phone="13812345678"))
    chat.say(turn("换货", demand="exchange"))
    chat.say(turn("啥？", "nlu_fallback", 0.3))
    assert chat.outcome.state.mode == FULL


def test_a_wrong_number_is_no_misunderstanding():
    chat = Conversation(QUALITY)
    known = {"purchase_date": "2025-11-11", "shop": "京东", "demand": "return", "person_name": "王"}
    chat.begin(turn("热水器漏水漏得厉害", "quality_complaint", product="热水器", fault="漏水", **known))
    for wrong in ("139000", "1390000"):
        chat.say(turn(wrong))
        assert chat.said == ["utter_phone_too_short"]
    assert chat.outcome.state.mode == FULL


def test_a_threat_calls_a_person_with_everything_told():
    chat = Conversation(REPAIR)
    chat.begin(turn("热水器漏水，派人来修", "repair_request", product="热水器", fault="漏水"))
    chat.say(turn("再不修我就去12315投诉", "service_complaint", signals=Signals(threat=True)))
    assert chat.said == ["utter_hand_over_threat"]
    assert chat.outcome.state.mode == BRIEF
    assert chat.slots["description"].endswith("\n再不修我就去12315投诉")
    assert chat.outcome.state.secondary_kind == "service_complaint"
    assert chat.outcome.requested == "phone"


def test_a_threat_in_the_first_sentence_is_apologised_for_first():
    chat = Conversation(QUALITY)
    threat = Signals(threat=True)
    chat.begin(
        turn("热水器漏水，我要曝光你们", "quality_complaint", signals=threat, product="热水器", fault="漏水")
    )
    assert chat.said == ["utter_quality_complaint_opening", "utter_hand_over_threat"]


def test_anger_is_met_with_patience_once_and_then_a_person():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(turn("你们这帮骗子", "service_complaint", signals=ANGRY))
    assert chat.said == ["utter_side_anger"]
    assert chat.outcome.state.mode == FULL
    chat.say(turn("一群骗子！", "service_complaint", signals=ANGRY))
    assert chat.said == ["utter_hand_over_anger"]
    assert chat.outcome.requested == "phone"


def test_anger_is_no_answer_to_a_question_about_facts():
    chat = Conversation(QUALITY)
    known = {"phone": "13812345678", "purchase_date": "2025-11-11", "shop": "京东", "demand": "exchange"}
    chat.begin(
        turn(
            "热水器漏水漏得厉害",
            "quality_complaint",
            product="热水器",
            fault="漏水",
            person_name="王",
            **known,
        )
    )
    assert chat.outcome.requested == "address"
    chat.say(turn("你们这帮骗子", "other", signals=ANGRY))
    assert chat.slots.get("address") is None
    assert chat.outcome.requested == "address"


def test_nobody_is_called_twice():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(turn("转人工", "human_request"))
    assert chat.said == ["utter_human_request_in_form"]
    chat.say(turn("我要告你们", "other", signals=Signals(threat=True)))
    assert "utter_hand_over_threat" not in chat.said


def test_abuse_that_sounds_like_a_fault_is_met_with_patience_all_the_same():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(turn("你们这些垃圾，都去死吧", "quality_complaint", 0.55, signals=ANGRY, fault="去死"))
    assert chat.said == ["utter_side_anger"]
    assert chat.outcome.requested == "purchase_date"
