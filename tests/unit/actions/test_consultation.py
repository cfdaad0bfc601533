"""Questions: told when surely known, else offered or registered; nobody is asked for a phone for an answer."""

import pytest

from actions.consultation import ValidateConsultationForm
from actions.faq_answers import answer, answers
from actions.faq_reply import FORM_ENTRIES, faq_answer
from actions.turn import read_turn
from actions.wording import domain_wording
from tests.unit.actions.scripted_backend import FormTalk, ScriptedBackend, faq

FILED = {"number": "26112300017", "kind": "inquiry", "stage": "recorded", "promises": []}


@pytest.fixture
def talk(monkeypatch):
    return FormTalk(ValidateConsultationForm(), ScriptedBackend(tickets=FILED), monkeypatch)


def test_a_sure_answer_is_told_at_once(talk):
    said = talk.say("上门要收费吗", "consultation", faq=faq(("visit_fee", 0.9)))
    assert said == ["utter_answer", "utter_anything_else"]
    assert talk.messages[0]["text"] == answer("visit_fee")
    assert talk.over
    assert talk.backend.seen == []


def test_on_the_phone_it_is_worded_for_the_ear(talk):
    talk.say("多久到", "consultation", faq=faq(("arrival_time", 0.9)), channel="phone")
    assert talk.messages[0]["text"] == answer("arrival_time", spoken=True)
    assert answer("arrival_time", spoken=True) != answer("arrival_time")


def test_what_is_not_known_is_registered_for_a_person(talk):
    said = talk.say("你们老板叫什么", "consultation", faq=faq(("who_handles", 0.3), sure=False, topic=None))
    assert said == ["utter_consultation_opening"]
    assert talk.asked == "phone"
    said = talk.say(
        "13812345678", entities=[{"entity": "phone", "value": "13812345678", "start": 0, "end": 11}]
    )
    assert said[:2] == ["utter_consultation_filed", "utter_consultation_next"]
    (ticket,) = talk.backend.asked("tickets")
    assert (ticket["kind"], ticket["description"]) == ("inquiry", "你们老板叫什么")


NEAR = faq(("visit_fee", 0.3), ("price_quote", 0.25), ("price_standard", 0.02), sure=False)


def test_what_may_be_meant_is_offered_in_its_first_phrasing(talk):
    assert talk.say("那个钱怎么算", "consultation", faq=NEAR) == ["utter_consultation_which"]
    assert talk.buttons == [answers()["visit_fee"].question, answers()["price_quote"].question, "都不是"]
    talk.say(answers()["price_quote"].question)
    assert talk.messages[0]["text"] == answer("price_quote")
    assert talk.over


@pytest.mark.parametrize(("reply", "entry"), [("第一个", "visit_fee"), ("第二个", "price_quote")])
def test_a_place_is_an_answer(talk, reply, entry):
    talk.say("那个钱怎么算", "consultation", faq=NEAR)
    talk.say(reply)
    assert talk.messages[0]["text"] == answer(entry)


def test_none_of_these_is_registered_with_the_first_words(talk):
    talk.say("那个钱怎么算", "consultation", faq=NEAR)
    assert talk.say("都不是", "deny") == ["utter_consultation_opening"]
    assert talk.asked == "phone"
    assert talk.slots["description"] == "那个钱怎么算"


def test_a_question_that_is_clearer_now_is_answered(talk):
    talk.say("那个钱怎么算", "consultation", faq=NEAR)
    talk.say("我是问配件多少钱能不能先报价", "consultation", faq=faq(("price_quote", 0.9)))
    assert talk.messages[0]["text"] == answer("price_quote")


def test_a_wish_for_a_person_among_the_offers_goes_to_a_person(talk):
    talk.say("那个钱怎么算", "consultation", faq=NEAR)
    talk.say("转人工", "human_request")
    assert talk.asked == "phone"
    assert talk.slots["intake"]["mode"] == "brief"


@pytest.mark.parametrize("entry", ["check_progress", "report_repair", "return_how"])
def test_how_to_begin_leads_into_beginning(talk, entry):
    said = talk.say("怎么弄", "consultation", faq=faq((entry, 0.9)))
    assert said == ["utter_answer"]
    assert talk.goes_on_with == f"{FORM_ENTRIES[entry]}_form"
    kept = read_turn(talk.slots["intake"]["waiting"][0], domain_wording())
    assert (kept.choice, kept.intent) == ("opening", FORM_ENTRIES[entry])


def test_every_entry_that_leads_on_exists():
    assert FORM_ENTRIES.keys() <= answers().keys()


def test_a_danger_comes_before_any_answer(talk):
    signals = {"hazard": True, "hazard_kind": "electric"}
    said = talk.say("漏电了怎么办", "consultation", faq=faq(("visit_fee", 0.9)), signals=signals)
    assert said[0] == "utter_hazard_electric"


def test_only_sure_answers_are_given_in_the_middle_of_a_form():
    wording = domain_wording()
    assert faq_answer(read_turn({"text": "x", "faq": faq(("visit_fee", 0.9))}, wording)) == answer(
        "visit_fee"
    )
    assert faq_answer(read_turn({"text": "x", "faq": NEAR}, wording)) is None
    assert faq_answer(read_turn({"text": "x"}, wording)) is None
