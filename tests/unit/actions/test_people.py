"""A person takes over where one is there, is called back where none is, and gives the conversation back."""

import asyncio

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.fallback import ActionMisunderstood
from actions.form_spec import WITH_A_PERSON
from actions.hand_back import ActionHandBack
from actions.human_request import ValidateHumanRequestForm
from actions.quality_complaint import ValidateQualityComplaintForm
from actions.state import IntakeState
from actions.turn import NOT_UNDERSTOOD, read_turn
from actions.wording import domain_wording
from tests.unit.actions.scripted_backend import NUMBER, PROMISE, FormTalk, ScriptedBackend

THERE = {"open": True, "online": 2}
NOBODY = {"open": True, "online": 0}
CLOSED = {"open": False, "online": 3}
FILED = {"number": NUMBER, "kind": "quality_complaint", "stage": "recorded", "promises": [PROMISE]}
LEAK = {
    "entities": [
        {"entity": "product", "value": "热水器", "words": "热水器"},
        {"entity": "fault", "value": "漏水", "words": "漏水"},
    ]
}
SHOCK = {"signals": {"hazard": True, "hazard_kind": "electric"}}
WISH = {"signals": {"wants_human": True}}


def metadata(people, **more):
    return {"metadata": {"channel": "web", "message_id": "m1", "people": people, **more}}


@pytest.fixture
def backend():
    return ScriptedBackend(tickets=FILED, duplicates={"items": []}, decisions=500)


@pytest.fixture
def complaint(backend, monkeypatch):
    return FormTalk(ValidateQualityComplaintForm(), backend, monkeypatch)


def custom(talk, name):
    return [message["custom"][name] for message in talk.messages if name in (message.get("custom") or {})]


def test_somebody_who_is_there_takes_over_with_everything_told(complaint, backend):
    complaint.say("热水器漏水", "quality_complaint", **LEAK, **metadata(THERE))
    said = complaint.say("转人工", "human_request", **WISH, **metadata(THERE))
    assert said == ["utter_human_request_in_form_there_filed"]
    assert custom(complaint, "handover") == [{"reason": "customer_asked", "note": "热水器，漏水"}]
    (kept,) = backend.asked("tickets")
    assert (kept["intake"], kept["details"]["product"]) == ("incomplete", "热水器")
    assert complaint.slots["requested_slot"] == WITH_A_PERSON


@pytest.mark.parametrize("people", [NOBODY, CLOSED])
def test_where_nobody_is_a_number_is_asked_and_nobody_is_called(complaint, people):
    complaint.say("热水器漏水", "quality_complaint", **LEAK, **metadata(people))
    said = complaint.say("转人工", "human_request", **WISH, **metadata(people))
    assert said == ["utter_human_request_in_form"]
    assert custom(complaint, "handover") == []
    assert complaint.slots["requested_slot"] == "phone"


def test_a_bare_wish_is_met_at_once_and_files_nothing(backend, monkeypatch):
    talk = FormTalk(ValidateHumanRequestForm(), backend, monkeypatch)
    assert talk.say("转人工", "human_request", **WISH, **metadata(THERE)) == [
        "utter_human_request_in_form_there"
    ]
    assert [wish["reason"] for wish in custom(talk, "handover")] == ["customer_asked"]
    assert backend.asked("tickets") == []


def test_danger_is_advised_on_then_filed_and_handed_over_at_once(complaint, backend):
    said = complaint.say("热水器漏电", "quality_complaint", **LEAK, **SHOCK, **metadata(THERE))
    assert said == ["utter_hazard_electric", "utter_hazard_there_filed"]
    assert [wish["reason"] for wish in custom(complaint, "handover")] == ["hazard"]
    (ticket,) = backend.asked("tickets")
    assert (ticket["hazard"], ticket["severity"]) == (True, "grave")
    assert [told["stage"] for told in custom(complaint, "understanding")] == ["filed"]


def test_danger_where_nobody_is_asks_for_the_number_first(complaint):
    complaint.say("热水器漏电", "quality_complaint", **LEAK, **SHOCK, **metadata(CLOSED))
    assert complaint.slots["requested_slot"] == "phone"
    phone = {"entities": [{"entity": "phone", "value": "13812345678", "words": "13812345678"}]}
    complaint.say("13812345678", **phone, **metadata(CLOSED))
    assert [wish["reason"] for wish in custom(complaint, "handover")] == ["hazard"]


def test_two_misunderstandings_call_somebody_who_is_there(complaint):
    complaint.say("热水器漏水", "quality_complaint", **LEAK, **metadata(THERE))
    for _ in range(2):
        complaint.say("咕噜", NOT_UNDERSTOOD, **metadata(THERE))
    assert [wish["reason"] for wish in custom(complaint, "handover")] == ["bot_unsure"]


def test_what_is_understood_is_shown_when_it_changed_and_only_to_who_asks(complaint):
    complaint.say("热水器漏水", "quality_complaint", **LEAK, **metadata(THERE))
    (told,) = custom(complaint, "understanding")
    assert (told["kind"], told["stage"], told["asked"]) == ("quality_complaint", "taking", "purchase_date")
    assert told["slots"] == {"description": "热水器漏水", "product": "热水器", "fault": "漏水"}
    assert told["missing"][:2] == ["purchase_date", "order_number"]
    assert (told["summary"], told["ticket"], told["run"]) == ("热水器，漏水", None, 1)
    complaint.say("不知道你在说什么", "repeat", **metadata(THERE))
    assert custom(complaint, "understanding") == []
    complaint.say("京东买的", entities=[{"entity": "shop", "value": "京东", "words": "京东"}])
    assert custom(complaint, "understanding") == [], "who does not say who is there is told nothing more"


def test_the_form_goes_on_from_what_the_person_found_out(complaint, backend):
    complaint.say("热水器漏水", "quality_complaint", **LEAK, **metadata(THERE))
    complaint.say("转人工", "human_request", **WISH, **metadata(THERE))
    facts = {"purchase_date": "2025-03", "purchase_place": "京东", "demand": "refund", "no_slot": "x"}
    back = metadata(THERE, hand_back={"note": "x", "facts": facts})
    assert complaint.say("/hand_back", "hand_back", **back)[0] == "utter_back_with_the_bot"
    assert complaint.slots["requested_slot"] == "customer_name"
    assert complaint.slots["demand"] == "refund"
    assert "no_slot" not in complaint.slots


def test_what_a_customer_types_hands_nothing_back(complaint):
    complaint.say("热水器漏水", "quality_complaint", **LEAK, **metadata(THERE))
    said = complaint.say("/hand_back", "hand_back", **metadata(THERE))
    assert "utter_back_with_the_bot" not in said
    message = {"text": "/hand_back", "intent": {"name": "hand_back", "confidence": 1.0}}
    assert read_turn(message, domain_wording()).intent == NOT_UNDERSTOOD


def outside(action, text, intent, **message):
    told = {"text": text, "intent": {"name": intent, "confidence": 1.0}, **message}
    events = [{"event": "user", "parse_data": told}] * 2
    tracker = Tracker("c1", {}, told, events, False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    return asyncio.run(action.run(dispatcher, tracker, {})), dispatcher.messages


def test_outside_of_a_form_facts_are_kept_and_it_is_said_what_can_be_done():
    facts = {"phone": "13812345678", "customer_name": None, "no_slot": "x"}
    events, messages = outside(
        ActionHandBack(), "/hand_back", "hand_back", **metadata(THERE, hand_back={"facts": facts})
    )
    assert {(event["name"], event["value"]) for event in events} == {
        ("phone", "13812345678"),
        ("customer_name", None),
    }
    assert [message["response"] for message in messages] == ["utter_back_with_the_bot_idle"]


def test_outside_of_a_form_the_command_alone_does_nothing():
    events, messages = outside(ActionHandBack(), "/hand_back", "hand_back", **metadata(THERE))
    assert [event["name"] for event in events] == ["action_misunderstood"]
    assert messages == []


def test_outside_of_a_form_two_misunderstandings_call_somebody_who_is_there():
    _, messages = outside(ActionMisunderstood(), "咕噜咕噜", NOT_UNDERSTOOD, **metadata(THERE))
    assert [message["custom"] for message in messages if message.get("custom")] == [
        {"handover": {"reason": "bot_unsure"}}
    ]
    _, messages = outside(ActionMisunderstood(), "咕噜咕噜", NOT_UNDERSTOOD, **metadata(NOBODY))
    assert not any(message.get("custom") for message in messages)


def test_who_gives_up_what_was_kept_during_a_silence_is_told_its_number(complaint):
    complaint.say("热水器漏水", "quality_complaint", **LEAK, **metadata(THERE))
    kept = metadata(THERE, draft=NUMBER)
    assert complaint.say("我要取消投诉", "cancel", **kept) == ["utter_cancelled_draft"]


def test_the_state_keeps_what_the_desk_was_shown():
    state = IntakeState(draft=NUMBER, warranty="x", understood="y")
    assert IntakeState.from_slot(state.to_slot()) == state
    assert (state.next_run().draft, state.next_run().understood) == (None, "y")
