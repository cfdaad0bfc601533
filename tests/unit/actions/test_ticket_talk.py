"""A ticket that is there: found, told of, hurried, added to, withdrawn; nobody else's, nothing endless."""

import asyncio

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.backend_answers import OwnTickets, Progress
from actions.backend_client import BackendClient
from actions.intake_form import TOLD_SLOTS
from actions.small_talk import ActionTakeNote
from actions.status_query import ValidateStatusQueryForm
from actions.ticket_openings import ActionCancel
from actions.ticket_wishes import ADD, PROGRESS, URGE, WITHDRAW, addition, number_in, wish_of
from actions.wording import domain_wording
from tests.unit.actions.scripted_backend import (
    NUMBER,
    OTHER_NUMBER,
    FormTalk,
    ScriptedBackend,
    faq,
    progress,
)

FILED = {"number": "26112300099", "kind": "inquiry", "stage": "recorded", "promises": []}
ASK_AGAIN = "utter_anything_else"


def own(*tickets, phone=None):
    return {"phone": phone, "items": list(tickets)}


@pytest.fixture
def talk(monkeypatch):
    def begin(**answers):
        return FormTalk(ValidateStatusQueryForm(), ScriptedBackend(tickets=FILED, **answers), monkeypatch)

    return begin


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("帮我催一下", URGE),
        ("怎么还没人联系我", URGE),
        ("都等了三天了！", URGE),
        ("我要补充一下，外壳也裂了", ADD),
        ("再加一条", ADD),
        ("不投诉了", WITHDRAW),
        ("帮我撤销那个工单", WITHDRAW),
        ("到哪一步了", PROGRESS),
        ("查进度", PROGRESS),
    ],
)
def test_words_tell_the_wish(text, wish):
    assert wish_of(text, domain_wording()) == wish


def test_an_addition_is_more_than_its_announcement():
    wording = domain_wording()
    assert addition("我要补充一下", wording) is None
    assert addition("补充一下：外壳也裂了", wording) == "补充一下：外壳也裂了"


def test_ticket_numbers_and_phone_numbers_are_told_apart():
    assert number_in("单号是 2611 2300 017 谢谢") == NUMBER
    assert number_in("２６１１２３０００１７") == NUMBER
    assert number_in("13812345678") is None


def test_the_conversations_own_ticket_is_told_of_at_once(talk):
    chat = talk(own=own(progress()))
    assert chat.say("办到哪了", "status_query") == ["utter_progress", "utter_progress_promise", ASK_AGAIN]
    assert chat.over
    text = chat.messages[0]["text"]
    assert NUMBER in text
    assert "您的事情已经登记。我们会先核实。" in text
    assert "有专人与您联系" in chat.messages[1]["text"]


def test_a_ticket_that_waits_for_the_customer_or_is_over_promises_nothing(talk):
    chat = talk(own=own(progress(awaiting_customer=True)))
    assert "utter_progress_awaiting" in chat.say("办到哪了", "status_query")
    chat = talk(own=own(progress(open=False)))
    assert chat.say("办到哪了", "status_query") == ["utter_progress_over", ASK_AGAIN]


def test_all_open_tickets_are_told_of(talk):
    closed = progress("26112300030", open=False)
    chat = talk(own=own(progress(), progress(OTHER_NUMBER), closed))
    assert chat.say("办到哪了", "status_query").count("utter_progress") == 2


def test_number_and_digits_open_a_ticket(talk):
    chat = talk(lookup={"items": [progress()]})
    assert chat.say("我想查下进度", "status_query") == ["utter_status_query_opening"]
    assert chat.asked == "related_ticket"
    chat.say(NUMBER, entities=[{"entity": "ticket_number", "value": NUMBER, "start": 0, "end": 11}])
    assert chat.asked == "phone_last4"
    assert chat.say("5678")[0] == "utter_progress"
    assert chat.over
    (asked,) = chat.backend.asked("lookup")
    assert (asked["number"], asked["phone_last4"]) == (NUMBER, "5678")


def test_wrong_digits_are_said_kindly_and_end_with_a_person(talk):
    chat = talk(lookup=404)
    chat.say(f"工单{NUMBER}到哪了", "status_query")
    assert chat.say("0001") == ["utter_not_matching"]
    assert chat.asked == "phone_last4"
    assert chat.say("0002") == ["utter_not_matching"]
    assert chat.say("0003") == ["utter_look_up_given_up"]
    assert chat.asked == "phone"
    phone = [{"entity": "phone", "value": "13812345678", "start": 0, "end": 11}]
    assert "utter_status_query_filed" in chat.say("13812345678", entities=phone)
    (ticket,) = chat.backend.asked("tickets")
    assert (ticket["kind"], ticket["details"]["related_ticket"]) == ("inquiry", NUMBER)
    assert len(chat.backend.asked("lookup")) == 3


def test_another_number_is_taken_after_a_wrong_one(talk):
    chat = talk(
        lookup=lambda asked: {"items": [progress(OTHER_NUMBER)]} if asked["number"] == OTHER_NUMBER else 404
    )
    chat.say(f"工单{NUMBER}到哪了", "status_query")
    chat.say("5678")
    chat.say(f"哦不对，是{OTHER_NUMBER}")
    assert chat.asked == "phone_last4"
    assert chat.say("5678")[0] == "utter_progress"


def test_throttling_is_told_politely_and_a_person_goes_on(talk):
    chat = talk(lookup=429)
    chat.say(f"工单{NUMBER}到哪了", "status_query")
    assert chat.say("5678") == ["utter_look_up_later"]
    assert "20" in chat.messages[0]["text"]
    assert chat.asked == "phone"


def test_a_phone_already_told_is_tried_without_asking(talk):
    chat = talk(lookup={"items": [progress()]})
    chat.slots["phone"] = "13812345678"
    assert chat.say(f"工单{NUMBER}到哪了", "status_query")[0] == "utter_progress"


def test_a_caller_without_tickets_is_told_so(talk):
    chat = talk(own=own(phone="13812345678"))
    assert chat.say("查一下进度", "status_query", channel="phone") == ["utter_no_ticket_of_caller"]
    assert chat.asked == "related_ticket"


def test_a_general_question_is_answered_by_an_entry(talk):
    chat = talk()
    said = chat.say("投诉一般多久有结果", "status_query", faq=faq(("complaint_duration", 0.9)))
    assert said == ["utter_answer", ASK_AGAIN]


def test_urging_is_counted_and_the_second_time_acknowledged(talk):
    for times, response in ((1, "utter_urged"), (2, "utter_urged_again"), (5, "utter_urged_again")):
        chat = talk(own=own(progress()), urge=progress(urged=times))
        assert chat.say("怎么还没人联系我，快点", "status_query")[0] == response
        (request,) = chat.backend.asked("urge")
        assert request["text"] == "怎么还没人联系我，快点"
        if times > 1:
            assert str(times) in chat.messages[0]["text"]


def test_urging_by_number_brings_the_digits_along(talk):
    chat = talk(lookup={"items": [progress()]}, urge=progress(urged=1))
    chat.say(f"催一下工单{NUMBER}", "status_query")
    assert chat.say("5678")[0] == "utter_urged"
    assert chat.backend.asked("urge")[0]["phone_last4"] == "5678"


def test_of_several_tickets_the_one_to_hurry_is_asked_for(talk):
    fridge = progress(OTHER_NUMBER, title="冰箱 · 不制冷")
    chat = talk(own=own(progress(), fridge), urge=progress(OTHER_NUMBER, urged=1))
    assert chat.say("催一下", "status_query") == ["utter_which_ticket"]
    assert chat.buttons == [f"热水器 · 漏水（{NUMBER}）", f"冰箱 · 不制冷（{OTHER_NUMBER}）"]
    assert chat.say("冰箱那个")[0] == "utter_urged"
    assert chat.over


def test_a_named_product_tells_which_ticket(talk):
    fridge = progress(OTHER_NUMBER, title="冰箱 · 不制冷")
    chat = talk(own=own(progress(), fridge), urge=progress(OTHER_NUMBER, urged=1))
    assert chat.say("催一下我冰箱的事", "status_query")[0] == "utter_urged"


def test_words_are_added_at_once_or_asked_for(talk):
    chat = talk(own=own(progress()), words=progress())
    assert chat.say("补充一下，外壳也裂了", "status_query") == ["utter_added", ASK_AGAIN]
    assert chat.say("我要补充", "status_query") == ["utter_addition_wanted"]
    assert chat.say("楼下天花板也湿了") == ["utter_added", ASK_AGAIN]
    assert [request["text"] for request in chat.backend.asked("words")] == [
        "补充一下，外壳也裂了",
        "楼下天花板也湿了",
    ]


def test_withdrawing_is_confirmed_first(talk):
    chat = talk(own=own(progress()), withdraw=progress(open=False))
    assert chat.say("不投诉了", "status_query") == ["utter_withdrawal_wanted"]
    assert chat.buttons == ["确认撤销", "不撤销"]
    assert chat.backend.asked("withdraw") == []
    assert chat.say("确认撤销") == ["utter_withdrawn", ASK_AGAIN]
    assert chat.backend.asked("withdraw")[0]["reason"] == "不投诉了"


@pytest.mark.parametrize(
    ("text", "intent"), [("不撤销", "deny"), ("不撤销", "affirm"), ("算了", "cancel"), ("不用", "deny")]
)
def test_in_doubt_the_ticket_stays(talk, text, intent):
    chat = talk(own=own(progress()))
    chat.say("撤销工单", "status_query")
    assert chat.say(text, intent) == ["utter_ticket_kept", ASK_AGAIN]
    assert chat.backend.asked("withdraw") == []


def test_what_is_over_cannot_be_withdrawn(talk):
    chat = talk(own=own(progress(open=False, status="事情已经办结。")))
    assert chat.say("撤销工单", "status_query") == ["utter_over_already", ASK_AGAIN]
    assert "办结" in chat.messages[0]["text"]
    chat = talk(own=own(progress()), withdraw=409)
    chat.say("撤销工单", "status_query")
    assert chat.say("确认撤销")[0] == "utter_over_already"


def test_an_open_emergency_is_no_end_and_cannot_be_withdrawn(talk):
    chat = talk(own=own(progress()), withdraw={"refused_for": ["emergency_closed"]})
    chat.say("撤销工单", "status_query")
    assert chat.say("确认撤销")[0] == "utter_withdrawal_emergency"


def test_a_danger_in_the_middle_comes_first(talk):
    chat = talk(own=own(progress()))
    chat.say("我要补充", "status_query")
    said = chat.say("现在冒烟了", "quality_complaint", signals={"hazard": True, "hazard_kind": "smoke"})
    assert said[0] == "utter_hazard_smoke"
    assert chat.backend.asked("words") == []


def test_number_and_digits_in_one_sentence_are_enough(talk):
    chat = talk(lookup={"items": [progress()]})
    assert chat.say(f"工单{NUMBER}处理了没，手机尾号5678", "status_query")[0] == "utter_progress"
    assert chat.backend.asked("lookup")[0]["phone_last4"] == "5678"


def test_a_phone_alone_shows_nothing_and_is_said_so(talk):
    chat = talk()
    chat.say("查投诉进度", "status_query")
    phone = [{"entity": "phone", "value": "13812345678", "words": "13812345678"}]
    assert chat.say("电话13812345678", entities=phone) == ["utter_phone_is_not_enough"]
    assert chat.asked == "related_ticket"
    assert "utter_status_query_filed" in chat.say("没有工单号", "skip")


def test_impatience_while_the_digits_are_asked_for_becomes_the_wish(talk):
    chat = talk(lookup={"items": [progress()]}, urge=progress(urged=1))
    chat.say(f"工单{NUMBER}到哪了", "status_query")
    assert chat.say("催一下", "status_query") == ["utter_status_query_wish"]
    assert chat.asked == "phone_last4"
    assert chat.say("5678")[0] == "utter_urged"


TOLD_NOTHING = dict.fromkeys(TOLD_SLOTS)


@pytest.mark.parametrize("words", ["算了我不投诉了，撤了吧", "帮我取消这个投诉"])
def test_giving_up_while_the_digits_are_asked_for_is_about_the_ticket(talk, words):
    chat = talk(lookup={"items": [progress()]})
    chat.say(f"{NUMBER}怎么还没人联系我", "status_query")
    assert chat.asked == "phone_last4"
    assert chat.say(words, "cancel") == ["utter_status_query_wish"]
    assert chat.asked == "phone_last4"
    assert chat.say("5678") == ["utter_withdrawal_wanted"]


def test_giving_the_ticket_up_with_its_digits_withdraws_it(talk):
    chat = talk(lookup={"items": [progress()]})
    chat.say(f"{NUMBER}怎么还没人联系我", "status_query")
    assert chat.say("不投诉了，尾号5678", "cancel") == ["utter_withdrawal_wanted"]


def test_giving_up_the_looking_up_itself_ends_it(talk):
    chat = talk()
    chat.say(f"{NUMBER}到哪一步了", "status_query")
    assert chat.say("算了不查了", "cancel") == ["utter_cancelled"]
    assert chat.over


def test_impatience_with_the_question_is_not_taken_for_a_riddle(talk):
    chat = talk()
    chat.say(f"{NUMBER}到哪一步了", "status_query")
    said = chat.say("你们怎么这么麻烦", "nlu_fallback", signals={"anger": 1})
    assert said == ["utter_side_anger"]
    assert chat.asked == "phone_last4"


def noted(text, intake, *entities, intent="inform", action=None):
    """What a message outside of any form leads to."""
    message = {
        "text": text,
        "intent": {"name": intent, "confidence": 0.9},
        "entities": [{"entity": kind, "value": value, "words": value} for kind, value in entities],
    }
    tracker = Tracker("c1", {**TOLD_NOTHING, "intake": intake}, message, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    events = asyncio.run((action or ActionTakeNote()).run(dispatcher, tracker, {}))
    followed = next((event["name"] for event in events if event.get("event") == "followup"), None)
    return followed, [message["response"] for message in dispatcher.messages]


@pytest.mark.parametrize(
    ("text", "filed", "form"),
    [
        ("再加一条，外壳也裂了", [NUMBER], "status_query_form"),
        ("撤销那个工单吧", [NUMBER], "status_query_form"),
        (NUMBER, [], "status_query_form"),
        ("再加一条，外壳也裂了", [], None),
        ("我姓王", [NUMBER], None),
    ],
)
def test_what_is_said_between_forms_finds_its_ticket(text, filed, form):
    assert noted(text, {"filed": filed})[0] == form


def test_a_date_after_a_general_answer_on_the_warranty_goes_on_with_it():
    date = ("purchase_date", "2025-11-11")
    assert noted("2025年11月11日", {"wish": "warranty_date"}, date)[0] == "warranty_inquiry_form"
    assert noted("2025年11月11日", {}, date)[0] is None


def test_giving_up_outside_of_a_form_withdraws_only_what_is_there(talk, monkeypatch):
    async def own_tickets(_client, _conversation_id):
        return OwnTickets(None, tuple(tickets))

    monkeypatch.setattr(BackendClient, "own_tickets", own_tickets)
    cancel = {"intent": "cancel", "action": ActionCancel()}
    tickets = [Progress.from_mapping(progress())]
    assert noted("不投诉了", {}, **cancel) == ("status_query_form", [])
    assert noted("算了", {}, **cancel) == (None, ["utter_cancel"])
    tickets = [Progress.from_mapping(progress(open=False))]
    assert noted("不投诉了", {}, **cancel) == (None, ["utter_cancel"])
    tickets = []
    assert noted("不投诉了", {}, **cancel) == (None, ["utter_cancel"])
    assert noted(f"撤销工单{NUMBER}", {}, **cancel)[0] == "status_query_form"
