"""Stopping in the middle, coming back, and giving up."""

from dataclasses import replace

import pytest

from actions.intake import Intake
from actions.leaving import GONE_SECONDS
from actions.outcome import Ending
from actions.quality_complaint import SPEC as QUALITY
from actions.state import IntakeState
from actions.turn import Signals
from actions.wording import domain_wording
from tests.unit.actions.support import TODAY, Conversation, turn

LEAK = turn("热水器漏水", "quality_complaint", product="热水器", fault="漏水")
WITH_PHONE = turn(
    "热水器漏水，我电话13812345678",
    "quality_complaint",
    product="热水器",
    fault="漏水",
    phone="13812345678",
)


@pytest.mark.parametrize(
    ("words", "intent"), [("先不弄了", "cancel"), ("我先忙，晚点再说", "other"), ("再见", "bye")]
)
def test_a_pause_keeps_everything_and_the_form_open(words, intent):
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(turn(words, intent))
    assert chat.outcome.ending is None
    assert (chat.outcome.requested, chat.slots["ask_round"]) == ("resumption", "paused")
    assert chat.slots["product"] == "热水器"


@pytest.mark.parametrize(("words", "intent"), [("继续", "affirm"), ("你好", "greet"), ("我要投诉", "other")])
def test_after_a_pause_it_goes_on_where_it_stopped(words, intent):
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(turn("先不弄了", "cancel"))
    chat.say(turn(words, intent))
    assert chat.said == ["utter_resumed"]
    assert chat.outcome.requested == "purchase_date"


def test_an_answer_after_a_pause_is_an_answer():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(turn("先不弄了", "cancel"))
    chat.say(turn("去年买的", purchase_date="2025"))
    assert chat.slots["purchase_date"] == "2025"
    assert chat.outcome.requested == "demand"


def advance_at(chat, message, at):
    state = IntakeState.from_slot(chat.outcome.state.to_slot())
    intake = Intake(chat.spec, chat.slots, state, wording=domain_wording(), today=TODAY)
    chat.outcome = intake.advance(replace(message, at=at), chat.outcome.requested)


def test_who_comes_back_the_next_day_is_offered_to_go_on():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    advance_at(chat, turn("等等啊", "other"), 1000.0)
    advance_at(chat, turn("你好", "greet"), 1000.0 + GONE_SECONDS)
    assert chat.outcome.says[0].response == "utter_welcome_back"
    assert chat.outcome.says[0].variables == {"words": "热水器"}
    assert (chat.outcome.requested, chat.slots["ask_round"]) == ("resumption", "back")
    advance_at(chat, turn("继续登记"), 1060.0 + GONE_SECONDS)
    assert chat.outcome.requested == "purchase_date"


def test_who_comes_back_with_the_answer_is_not_asked_whether_to_go_on():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    advance_at(chat, turn("等等啊", "other"), 1000.0)
    advance_at(chat, turn("去年买的", purchase_date="2025"), 1000.0 + GONE_SECONDS)
    assert chat.slots["purchase_date"] == "2025"


def test_who_comes_back_in_danger_is_helped_first():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    advance_at(chat, turn("等等啊", "other"), 1000.0)
    burning = turn("着火了", "nlu_fallback", 0.3, signals=Signals(hazard=True, hazard_kind="fire"))
    advance_at(chat, burning, 1000.0 + GONE_SECONDS)
    assert chat.outcome.says[0].response == "utter_hazard_fire"


def test_giving_up_with_nothing_to_call_back_leaves_nothing():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(turn("算了不投诉了", "cancel"))
    assert chat.outcome.ending is Ending.CANCEL
    assert chat.said == ["utter_cancelled"]


@pytest.mark.parametrize(
    ("answer", "ending", "kept"),
    [
        (turn("留着吧", "nlu_fallback", 0.4), Ending.FILE, True),
        (turn("好的", "affirm"), Ending.FILE, True),
        (turn("不用了", "deny"), Ending.CANCEL, False),
        (turn("取消", "cancel"), Ending.CANCEL, False),
        (turn("哼", "nlu_fallback", 0.3), Ending.CANCEL, False),
    ],
)
def test_what_was_told_is_filed_only_if_the_customer_wants_it_kept(answer, ending, kept):
    """R10-6.1.5: what is incomplete is marked so."""
    chat = Conversation(QUALITY)
    chat.begin(WITH_PHONE)
    chat.say(turn("算了不投诉了", "cancel"))
    assert chat.outcome.requested == "keeping"
    chat.say(answer)
    assert (chat.outcome.ending, chat.outcome.state.kept) == (ending, kept)


def test_giving_up_can_be_thought_better_of():
    chat = Conversation(QUALITY)
    chat.begin(WITH_PHONE)
    chat.say(turn("算了不投诉了", "cancel"))
    chat.say(turn("继续登记"))
    assert chat.outcome.requested == "purchase_date"
