"""A sentence of two readings: both are offered, and the sentence is not asked for again."""

import asyncio

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.fallback import ActionMisunderstood
from actions.quality_complaint import ValidateQualityComplaintForm
from actions.readings import chosen, pending, two_readings
from actions.small_talk import ActionTakeNote
from actions.state import IntakeState
from actions.suggestion import ValidateSuggestionForm
from actions.turn import read_turn
from actions.wording import domain_wording

WORDS = "那个东西弄成这样你们也不说一声"


def message(text, intent="nlu_fallback", ranking=()):
    rows = [{"name": name, "confidence": confidence} for name, confidence in ranking]
    return {
        "text": text,
        "intent": {"name": intent, "confidence": 0.3},
        "intent_ranking": rows,
        "entities": [],
    }


def tracker(parsed, slots=None):
    values = {"intake": None, **(slots or {})}
    event = {"event": "user", "text": parsed["text"], "parse_data": parsed}
    return Tracker("c", values, parsed, [event], False, None, {}, "action_listen")


def run(action, parsed, slots=None):
    dispatcher = CollectingDispatcher()
    events = asyncio.run(action.run(dispatcher, tracker(parsed, slots), {}))
    return (
        dispatcher.messages,
        {event["name"]: event.get("value") for event in events if "name" in event},
        events,
    )


@pytest.mark.parametrize(
    ("ranking", "expected"),
    [
        (
            [("quality_complaint", 0.38), ("service_complaint", 0.35)],
            ("quality_complaint", "service_complaint"),
        ),
        ([("status_query", 0.3), ("return_exchange", 0.2)], ("status_query", "return_exchange")),
        ([("quality_complaint", 0.38), ("service_complaint", 0.1)], None),
        ([("quality_complaint", 0.38), ("other", 0.35)], None),
        ([("thanks", 0.38), ("suggestion", 0.35)], None),
        ([("quality_complaint", 0.38)], None),
        ([], None),
    ],
)
def test_which_two_are_worth_asking(ranking, expected):
    assert two_readings(read_turn(message(WORDS, ranking=ranking), domain_wording())) == expected


def asked():
    parsed = message(WORDS, ranking=[("quality_complaint", 0.38), ("service_complaint", 0.35)])
    messages, slots, _ = run(ActionMisunderstood(), parsed)
    return messages, slots["intake"]


def test_both_readings_are_named_and_offered():
    (said,), intake = asked()
    assert said["response"] == "utter_two_readings"
    wording = domain_wording()
    text = wording.fill("utter_two_readings", first=said["first"], second=said["second"])
    assert text == "您是想投诉质量问题，还是投诉我们的服务？"
    assert [button["title"] for button in said["buttons"]] == ["产品有问题", "投诉服务"]
    assert intake["pending"]["message"]["text"] == WORDS


@pytest.mark.parametrize("action", [ActionMisunderstood(), ActionTakeNote()])
@pytest.mark.parametrize(
    ("answer", "form"), [("第一个", "quality_complaint_form"), ("后面那个", "service_complaint_form")]
)
def test_a_place_in_the_question_is_an_answer(action, answer, form):
    _, intake = asked()
    _, slots, events = run(action, message(answer, "inform"), {"intake": intake})
    assert {"event": "followup", "name": form, "timestamp": None} in events
    assert slots["intake"]["pending"] is None
    assert slots["intake"]["waiting"][0]["text"] == WORDS


def test_a_button_takes_the_first_sentence_along():
    _, intake = asked()
    slots = {"intake": intake, "requested_slot": None}
    _, changed, _ = run(ValidateQualityComplaintForm(), message("产品有问题", "quality_complaint"), slots)
    assert changed["description"] == WORDS
    assert changed["intake"]["pending"] is None


def test_other_words_go_on_with_what_was_said():
    _, intake = asked()
    slots = {"intake": intake, "requested_slot": None}
    words = "冰箱不制冷，里面的菜全坏了"
    _, changed, _ = run(ValidateQualityComplaintForm(), message(words, "quality_complaint"), slots)
    assert changed["description"] == f"{WORDS}\n{words}"
    assert changed["intake"]["pending"] is None


def test_other_words_of_a_kind_that_was_not_offered_stand_alone():
    _, intake = asked()
    slots = {"intake": intake, "requested_slot": None}
    words = "建议你们把说明书的字印大一点"
    _, changed, _ = run(ValidateSuggestionForm(), message(words, "suggestion"), slots)
    assert changed["description"] == words


def test_a_question_that_is_surely_known_is_answered_and_not_asked_about():
    parsed = message("你们多久能给我答复", ranking=[("service_complaint", 0.23), ("status_query", 0.17)])
    parsed["faq"] = {"topic": "hours", "entry": "enquiry_time", "sure": True}
    _, _, events = run(ActionMisunderstood(), parsed)
    assert [event["name"] for event in events] == ["consultation_form"]


def test_it_is_asked_once_only():
    _, intake = asked()
    parsed = message(WORDS, ranking=[("quality_complaint", 0.38), ("service_complaint", 0.35)])
    (said, *_), _, _ = run(ActionMisunderstood(), parsed, {"intake": intake})
    assert said["response"] != "utter_two_readings"


def test_what_is_kept_survives_the_slot():
    turn = read_turn(message(WORDS), domain_wording())
    kept = pending(turn, ("suggestion", "repair_request"))
    state = IntakeState.from_slot(IntakeState(pending=kept).to_slot())
    second = read_turn(message("第二个"), domain_wording())
    assert chosen(second, state.pending) == "repair_request"
    assert chosen(second, None) is None
    assert chosen(turn, state.pending) is None


def test_another_language_is_told_that_only_chinese_is_spoken():
    messages, _, _ = run(ActionMisunderstood(), message("hello my fridge is broken"))
    assert [each["response"] for each in messages] == ["utter_side_foreign"]
