"""An open ticket of the same matter, before the summary: added to and counted, or named on the new one."""

import pytest

from actions.quality_complaint import ValidateQualityComplaintForm
from actions.service_complaint import ValidateServiceComplaintForm
from tests.unit.actions.scripted_backend import NUMBER, FormTalk, ScriptedBackend, progress

FILED = {"number": "26112300099", "kind": "quality_complaint", "stage": "recorded", "promises": []}
WORDS = "热水器漏水，2025-11-11在京东买的，要求退货，我姓王，电话13812345678"
TOLD = {
    "product": "热水器",
    "fault": "漏水",
    "purchase_date": "2025-11-11",
    "shop": "京东",
    "demand": "return",
    "person_name": "王",
    "phone": "13812345678",
}
SIGHT = {"title": "热水器 · 漏水", "number": NUMBER}


def entities():
    return [{"entity": kind, "value": value, "words": value} for kind, value in TOLD.items()]


@pytest.fixture
def talk(monkeypatch):
    def begin(*duplicates):
        backend = ScriptedBackend(
            duplicates={"items": list(duplicates)},
            words=progress(urged=1),
            tickets=FILED,
            decisions=500,
            lookup={"sales": [], "needs_last4": False, "models_alike": []},
        )
        chat = FormTalk(ValidateQualityComplaintForm(), backend, monkeypatch)
        chat.say(WORDS, "quality_complaint", entities=entities())
        return chat

    return begin


def test_without_one_the_summary_comes(talk):
    chat = talk()
    assert chat.asked == "confirmation"
    (asked,) = chat.backend.asked("duplicates")
    assert (asked["phone"], asked["product"], asked["fault"]) == ("13812345678", "热水器", "漏水")


def test_it_is_offered_and_added_and_counted(talk):
    chat = talk(SIGHT | {"may_be_told": True})
    assert chat.said[-1] == "utter_same_matter"
    assert chat.asked == "same_matter"
    chat.say("补充进去")
    assert chat.over
    (added,) = chat.backend.asked("words")
    assert (added["text"], added["again"]) == (WORDS, True)
    assert chat.backend.asked("tickets") == []


def test_another_matter_is_filed_anew_and_names_it(talk):
    chat = talk(SIGHT | {"may_be_told": True})
    assert chat.say("另外登记", "deny") == ["utter_same_matter_anew"]
    assert chat.asked == "confirmation"
    chat.say("确认提交", "affirm")
    (ticket,) = chat.backend.asked("tickets")
    assert ticket["details"]["related_ticket"] == NUMBER
    assert len(chat.backend.asked("duplicates")) == 1, "it is looked for once"


def test_somebody_elses_conversation_is_named_on_the_ticket_only(talk):
    chat = talk(SIGHT | {"may_be_told": False})
    assert chat.asked == "confirmation"
    assert not any(NUMBER in message["text"] for message in chat.messages)
    chat.say("确认提交", "affirm")
    (ticket,) = chat.backend.asked("tickets")
    assert ticket["details"]["related_ticket"] == NUMBER


def test_a_correction_instead_of_an_answer_goes_into_the_summary(talk):
    chat = talk(SIGHT | {"may_be_told": True})
    phone = [{"entity": "phone", "value": "13900002222", "words": "13900002222"}]
    chat.say("电话是13900002222", "correct", entities=phone)
    assert (chat.asked, chat.slots["phone"]) == ("confirmation", "13900002222")


@pytest.mark.parametrize("intent", ["affirm", "deny", "inform", "cancel"])
def test_the_words_of_a_quick_reply_count_whatever_they_are_taken_for(talk, intent):
    chat = talk(SIGHT | {"may_be_told": True})
    assert chat.say("另外登记", intent) == ["utter_same_matter_anew"]
    chat = talk(SIGHT | {"may_be_told": True})
    chat.say("补充进去", intent)
    assert chat.over


FILED_BEFORE = {"filed": [NUMBER], "run": 1}


@pytest.mark.parametrize("words", ["补充一下，楼下天花板也湿了", "再加一条，里面的菜都坏了，冰箱门也歪了"])
def test_an_addition_that_sounds_like_a_complaint_goes_to_its_ticket(monkeypatch, words):
    chat = FormTalk(ValidateQualityComplaintForm(), ScriptedBackend(), monkeypatch, intake=FILED_BEFORE)
    chat.say(words, "quality_complaint")
    assert chat.goes_on_with == "status_query_form"
    assert chat.slots["intake"]["waiting"][0]["text"] == words


@pytest.mark.parametrize(
    ("words", "goes_on"),
    [
        ("没人理我，你们到底管不管", "status_query_form"),
        ("不投诉了", "status_query_form"),
        ("你们客服打了三次电话都没人管，态度还特别差，一上来就骂人", None),
        ("你们前台服务态度差", None),
    ],
)
def test_impatience_is_urging_but_a_story_is_a_complaint(monkeypatch, words, goes_on):
    chat = FormTalk(ValidateServiceComplaintForm(), ScriptedBackend(), monkeypatch, intake=FILED_BEFORE)
    chat.say(words, "service_complaint")
    assert chat.goes_on_with == goes_on


def test_without_a_ticket_impatience_is_a_complaint(monkeypatch):
    chat = FormTalk(ValidateServiceComplaintForm(), ScriptedBackend(), monkeypatch)
    chat.say("没人理我，你们到底管不管", "service_complaint")
    assert chat.goes_on_with is None
