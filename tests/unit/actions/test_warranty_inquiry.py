"""Where the warranty stands: the backend's sentence, its one question, or a general answer."""

from datetime import date

import pytest

from actions.faq_answers import answer
from actions.warranty_inquiry import ValidateWarrantyInquiryForm
from actions.warranty_reply import facts
from tests.unit.actions.scripted_backend import FormTalk, ScriptedBackend, faq

IN = "您的热水器保修到2026年11月11日，现在还在保修期内。"
QUESTION = "请问是哪一天买的？"
FILED = {"number": "26112300099", "kind": "inquiry", "stage": "recorded", "promises": []}
HEATER = {"entity": "product", "value": "热水器", "start": 0, "end": 3}
BOUGHT = {"entity": "purchase_date", "value": "2025-11-11", "start": 3, "end": 13}


def decision(state="in", sentence=IN, *, fact=None, question=None, family="water_heater"):
    unknown = [{"fact": fact, "question": question, "settles": ["state"]}] if fact else []
    asked = question or ""
    return {
        "state": state,
        "sentence": sentence + asked,
        "spoken": f"听：{sentence}{asked}",
        "family": family,
        "unknown": unknown,
        "models_alike": [],
    }


UNKNOWN = decision(
    "unknown", "您的热水器是不是还在保修期内，现在还不能确定。", fact="purchase_date", question=QUESTION
)


@pytest.fixture
def talk(monkeypatch):
    def begin(**answers):
        return FormTalk(ValidateWarrantyInquiryForm(), ScriptedBackend(tickets=FILED, **answers), monkeypatch)

    return begin


def test_product_and_date_are_answered_at_once(talk):
    chat = talk(decisions=decision())
    assert chat.say("热水器2025-11-11买的还保修吗", "warranty_inquiry", entities=[HEATER, BOUGHT]) == [
        "utter_answer",
        "utter_warranty_then",
    ]
    assert chat.messages[0]["text"] == IN
    assert chat.over
    assert chat.slots["product"] == "热水器", "what was told serves for a repair"
    (asked,) = chat.backend.asked("decisions")
    assert (asked["product"], asked["purchase_date"]) == ("热水器", "2025-11-11")


def test_on_the_phone_it_is_worded_for_the_ear_and_the_callers_purchase_counts(talk):
    chat = talk(own={"phone": "13812345678", "items": []}, decisions=decision())
    chat.say(
        "我家热水器还保修吗", "warranty_inquiry", entities=[HEATER | {"start": 2, "end": 5}], channel="phone"
    )
    assert chat.messages[0]["text"] == f"听：{IN}"
    (asked,) = chat.backend.asked("decisions")
    assert (asked["verified_phone"], asked["last4"]) == ("13812345678", "5678")


def test_what_is_missing_is_asked_for_first(talk):
    chat = talk(decisions=decision())
    assert chat.say("热水器还保修吗", "warranty_inquiry", entities=[HEATER]) == [
        "utter_warranty_inquiry_opening"
    ]
    assert chat.asked == "purchase_date"
    chat.say("2025-11-11", entities=[BOUGHT | {"start": 0, "end": 10}])
    assert chat.messages[0]["text"] == IN


def test_uncertainty_is_stated_and_one_question_asked(talk):
    answers = iter([UNKNOWN, decision()])
    chat = talk(decisions=lambda _: next(answers))
    chat.say("热水器去年买的还保修吗", "warranty_inquiry", entities=[HEATER, BOUGHT | {"value": "2025"}])
    assert [message["text"] for message in chat.messages] == [UNKNOWN["sentence"]]
    assert chat.messages[0]["text"].count("？") == 1
    chat.say("2025-11-20")
    assert chat.messages[0]["text"] == IN
    assert chat.backend.asked("decisions")[1]["purchase_date"] == "2025-11-20"


def test_what_stays_unknown_goes_to_a_person(talk):
    chat = talk(decisions=UNKNOWN)
    chat.say("热水器去年买的还保修吗", "warranty_inquiry", entities=[HEATER, BOUGHT | {"value": "2025"}])
    assert chat.say("不记得了", "skip") == ["utter_warranty_unsettled"]
    assert chat.asked == "phone"


def test_questions_come_to_an_end(talk):
    chat = talk(decisions=UNKNOWN)
    chat.say("热水器去年买的还保修吗", "warranty_inquiry", entities=[HEATER, BOUGHT | {"value": "2025"}])
    chat.say("2025-11-20")
    chat.say("2025-11-21")
    assert chat.over
    assert chat.messages[0]["text"] == "您的热水器是不是还在保修期内，现在还不能确定。"


def test_a_general_question_gets_the_general_answer(talk):
    chat = talk()
    chat.say("保修一般多久", "warranty_inquiry", faq=faq(("warranty_length", 0.9)))
    assert chat.messages[0]["text"] == answer("warranty_length")
    assert chat.over


def test_ones_own_case_is_decided_whatever_it_sounds_like(talk):
    chat = talk(decisions=decision())
    chat.say(
        "热水器2025-11-11买的保修多久",
        "warranty_inquiry",
        entities=[HEATER, BOUGHT],
        faq=faq(("warranty_length", 0.9)),
    )
    assert chat.messages[0]["text"] == IN


def test_a_piece_on_record_is_told_to_whoever_knows_the_digits(talk):
    serial = {"entity": "serial_number", "value": "SN20250001", "start": 0, "end": 10}
    chat = talk(lookup={"sales": [], "needs_last4": True, "models_alike": []}, decisions=decision())
    assert chat.say("SN20250001还保修吗", "warranty_inquiry", entities=[serial]) == ["utter_warranty_digits"]
    chat.say("5678")
    assert chat.messages[0]["text"] == IN
    (asked,) = chat.backend.asked("decisions")
    assert (asked["serial"], asked["last4"]) == ("SN20250001", "5678")


@pytest.mark.parametrize(
    ("day", "words", "told"),
    [
        ("2025-01-01", "去年", "2025"),
        ("2025-05-01", "去年五月", "2025-05"),
        ("2025-11-11", "去年双十一", "2025-11-11"),
        ("2025-05-01", None, "2025-05-01"),
        ("2025-05", "去年五月", "2025-05"),
    ],
)
def test_a_day_is_asked_about_as_exactly_as_it_was_told(day, words, told):
    slots = {"product": "热水器", "purchase_date": day, "purchase_words": words}
    assert facts(slots, date(2026, 11, 23))["purchase_date"] == told


def test_a_general_question_that_is_not_clear_is_asked_back(talk):
    chat = talk()
    near = faq(("misuse", 0.3), ("fee_out_of_warranty", 0.2), sure=False)
    assert chat.say("保养收费怎么算", "warranty_inquiry", faq=near) == ["utter_consultation_which"]
    chat.say("第一个")
    assert chat.messages[0]["text"] == answer("misuse")


def test_another_question_instead_of_the_fact_is_answered(talk):
    chat = talk(decisions=UNKNOWN)
    chat.say("热水器去年买的还保修吗", "warranty_inquiry", entities=[HEATER, BOUGHT | {"value": "2025"}])
    chat.say("你们几点下班", "consultation", faq=faq(("service_hours", 0.9)))
    assert chat.messages[0]["text"] == answer("service_hours")


def test_after_a_general_answer_about_a_product_the_date_is_invited(talk):
    chat = talk()
    said = chat.say(
        "热水器还保修吗", "warranty_inquiry", entities=[HEATER], faq=faq(("warranty_length", 0.9))
    )
    assert said == ["utter_answer", "utter_warranty_when"]
    assert chat.slots["intake"]["wish"] == "warranty_date"
    assert chat.slots["product"] == "热水器"


NO_MODEL = decision("unknown", "没有这个型号。", fact="model", question="型号怎么写的？", family=None)
MODEL = {"entity": "model", "value": "KFR-1", "words": "KFR-1"}


@pytest.mark.parametrize(
    ("words", "intent"), [("不知道", "skip"), ("遥控器呢", "consultation"), ("找不到了", "inform")]
)
def test_a_model_that_nobody_knows_is_left_aside_where_the_product_says_enough(talk, words, intent):
    answers = iter([NO_MODEL, decision()])
    chat = talk(decisions=lambda _: next(answers))
    chat.say("热水器KFR-1，2025-11-11买的，保修吗", "warranty_inquiry", entities=[HEATER, MODEL, BOUGHT])
    assert chat.asked == "warranty_fact"
    chat.say(words, intent)
    assert chat.messages[0]["text"] == IN
    assert "model" not in chat.backend.asked("decisions")[1]


def test_a_matter_told_instead_of_a_part_is_taken_down(talk):
    part = decision("out", "已经过了。", fact="part", question="坏的是哪个部件？")
    chat = talk(decisions=part)
    chat.say("热水器保修吗", "warranty_inquiry", entities=[HEATER, BOUGHT])
    assert chat.asked == "warranty_fact"
    chat.say("那我要报修，它不出热水", "repair_request")
    assert chat.goes_on_with == "repair_request_form"
    chat = talk(decisions=part)
    chat.say("热水器保修吗", "warranty_inquiry", entities=[HEATER, BOUGHT])
    chat.say("内胆漏了", "quality_complaint")
    assert chat.backend.asked("decisions")[1]["part"] == "内胆漏了"


def test_a_model_told_instead_of_a_part_is_no_part(talk):
    chat = talk(decisions=decision("out", "已经过了。", fact="part", question="坏的是哪个部件？"))
    chat.say("热水器保修吗", "warranty_inquiry", entities=[HEATER, BOUGHT])
    chat.say("JSQ30", "inform", entities=[{"entity": "model", "value": "JSQ30", "start": 0, "end": 5}])
    assert all("part" not in asked for asked in chat.backend.asked("decisions"))
