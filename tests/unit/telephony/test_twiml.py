from urllib.parse import quote
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from backend.channels.telephony import plan as steps
from backend.channels.telephony.call_state import CallState, Phase
from backend.channels.telephony.hearing import Heard
from backend.channels.telephony.plan import PLAN, Keys, Plan
from backend.channels.telephony.survey import begun, items, rated
from backend.channels.twilio_voice import music
from backend.channels.twilio_voice.twiml import Voice, queue_name, rendered
from backend.settings import PROJECT_ROOT
from backend.tickets.kinds import Stage
from backend.wording import Wording

WORDING = Wording.load(PROJECT_ROOT / "domain/_system.yml")
VOICE = Voice("Polly.Zhiyu-Neural", "cmn-CN", "zh-CN", "deepgram_nova-2", 2, ("洗衣机", "漏水"))


def document(plan: Plan, voice: Voice = VOICE) -> Element:
    return fromstring(rendered(plan, voice, "CA1"))


def test_one_key_acts_at_once_and_a_number_ends_with_its_sign():
    (gather,) = document([steps.Ask(texts=("请讲",), number=3)])
    assert gather.tag == "Gather"
    assert (gather.get("numDigits"), gather.get("finishOnKey")) == ("1", "")
    assert gather.get("action") == "/api/v1/twilio/voice/heard?turn=3"
    assert gather.get("actionOnEmptyResult") == "true"
    assert (gather.get("language"), gather.get("speechTimeout")) == ("zh-CN", "2")
    assert gather.get("profanityFilter") == "false"
    assert gather.get("hints") == "洗衣机, 漏水"
    (number,) = document([steps.Ask(texts=("请按",), number=3, keys=Keys.NUMBER)])
    assert (number.get("numDigits"), number.get("finishOnKey")) == (None, "#")


def test_without_a_model_the_vendor_finds_the_end_of_speech():
    plain = Voice("Polly.Zhiyu", "cmn-CN", "cmn-Hans-CN", "", 2)
    (gather,) = document([steps.Ask(texts=("请讲",), number=1)], plain)
    assert (gather.get("speechModel"), gather.get("speechTimeout")) == (None, "auto")


def test_digits_are_marked_up_and_long_text_is_several_says():
    (say, hangup) = document([steps.Hangup(texts=("工单号26112300016，再见。",))])
    (digits,) = say
    assert (digits.tag, digits.get("interpret-as"), digits.text) == ("say-as", "digits", "26112300016")
    assert (say.text, digits.tail, hangup.tag) == ("工单号", "，再见。", "Hangup")
    says = document([steps.Say(text="您好，这里是热线。" * 200)])
    assert len(says) > 2
    assert all(len(quote(say.text or "")) <= 4_500 for say in says)


def test_waiting_queue_voicemail_and_leaving():
    say, pause, redirect = document([steps.Wait(text="请稍等", number=21)])
    assert [say.tag, pause.tag, redirect.text] == ["Say", "Pause", "/api/v1/twilio/voice/waited?turn=21"]
    (enqueue,) = document([steps.Queue()])
    assert (enqueue.text, enqueue.get("action")) == ("call-CA1", "/api/v1/twilio/voice/left")
    assert enqueue.get("waitUrl") == "/api/v1/twilio/voice/waits"
    (round_,) = document([steps.Music(texts=("下一位",))])
    assert (round_.tag, round_.get("action")) == ("Gather", "/api/v1/twilio/voice/waits")
    assert [step.tag for step in round_] == ["Say", "Play"]
    assert [step.tag for step in document([steps.Leave()])] == ["Leave"]
    assert [step.tag for step in document([steps.Voicemail(texts=("请留言",))])] == [
        "Say",
        "Record",
        "Redirect",
    ]
    assert len(queue_name("CA" + "x" * 200)) <= 64


def test_relay_instead_of_gather():
    voice = Voice("Polly.Zhiyu-Neural", "cmn-CN", "zh-CN", "", 2, (), True, "wss://h.example/relay")
    (connect,) = document([steps.Ask(texts=("请讲", "工单26112300016"), number=4, keys=Keys.NUMBER)], voice)
    (relay,) = connect
    assert (connect.tag, connect.get("action")) == ("Connect", "/api/v1/twilio/voice/relayed")
    assert (relay.tag, relay.get("url")) == ("ConversationRelay", "wss://h.example/relay")
    assert (relay.get("welcomeGreeting"), relay.get("ttsProvider")) == (
        "请讲工单2 6 1 1 2 3 0 0 0 1 6",
        "Amazon",
    )
    assert {item.get("name"): item.get("value") for item in relay} == {"turn": "4", "keys": "number"}


def test_plans_survive_storage():
    plan = [steps.Say(text="好"), steps.Ask(texts=("吗",), number=2, keys=Keys.NUMBER)]
    assert PLAN.validate_json(PLAN.dump_json(plan)) == plan


def test_hold_music_is_a_wav_of_ten_seconds():
    assert music.wav()[:4] == b"RIFF"
    assert len(music.wav()) == pytest.approx(10 * 8_000 * 2, abs=64)


def test_only_what_applies_is_rated():
    assert items(("attitude", "skill", "arrival", "promises"), Stage.RECORDED) == ("attitude", "skill")
    assert items(("attitude", "promises"), Stage.SETTLED) == ("attitude", "promises")
    assert items((), Stage.SETTLED) == ()
    assert items(None, None) == ("attitude", "skill")


def test_ratings_by_key_from_one_to_four():
    state, (ask,) = begun(CallState(), ("attitude", "skill"), "26112300016", WORDING)
    assert "态度" in ask.texts[-1]
    state, (ask,), nothing = rated(state, Heard(digits="7"), WORDING)
    assert nothing is None
    assert "态度" in ask.texts[-1]
    state, (ask,), four = rated(state, Heard(digits="4"), WORDING)
    assert four == 4
    assert "业务" in ask.texts[-1]
    state, (ask,), _ = rated(state, Heard(speech="很好"), WORDING)
    state, (end,), _ = rated(state, Heard(), WORDING)
    assert (state.phase, end.kind) == (Phase.OVER, "hangup")
