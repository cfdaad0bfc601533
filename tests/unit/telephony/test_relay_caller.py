"""What the demo telephone says and understands over ConversationRelay."""

import json
from contextlib import AbstractContextManager
from typing import Self

import pytest
from defusedxml.ElementTree import fromstring
from websockets.exceptions import ConnectionClosedError

from cli.phone.ear import HangUp, Sound
from cli.phone.line import Line
from cli.phone.relay import Relay, Speech
from tests.support.scripted_caller import ScriptedCaller

NOUN = """<ConversationRelay url="wss://elsewhere" welcomeGreeting="请问有什么可以帮您" transcriptionLanguage="zh-CN"
 dtmfDetection="true"><Parameter name="turn" value="4"/></ConversationRelay>"""
END = {"type": "end", "handoffData": "[1]"}


def text(words: str, **more: object) -> dict[str, object]:
    return {"type": "text", "token": words, "last": True, **more}


class FakeSocket(AbstractContextManager["FakeSocket"]):
    """Answers each prompt or key with the next messages; when there are none, it is lost."""

    def __init__(self, *answers: list[object]) -> None:
        self.answers = list(answers)
        self.waiting: list[object] = []
        self.sent: list[dict] = []
        self.closed = False

    def send(self, message: str) -> None:
        self.sent.append(json.loads(message))
        if self.sent[-1]["type"] in {"prompt", "dtmf"}:
            if not self.answers:
                raise ConnectionClosedError(None, None)
            self.waiting += self.answers.pop(0)

    def recv(self, timeout: float) -> str:
        assert timeout < 11
        if not self.waiting:
            raise TimeoutError
        message = self.waiting.pop(0)
        return message if isinstance(message, str) else json.dumps(message)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.closed = True


def relay(socket: FakeSocket, caller: ScriptedCaller, noun: str = NOUN, pace: float = 0.0) -> Relay:
    class FakeLine(Line):
        def connect(self) -> FakeSocket:
            return socket

    line = FakeLine(base="http://hotline", token="any", caller="+8613900112266", call_id="CA1")
    return Relay(line, caller, fromstring(noun), pace)


def test_setup_words_keys_and_the_end():
    socket = FakeSocket([text("好的。"), text("还有吗？")], [], [END])
    caller = ScriptedCaller("漏水", "", "#1#")
    reported = relay(socket, caller).hold()
    assert (reported["SessionStatus"], reported["HandoffData"]) == ("ended", "[1]")
    assert caller.turns == [["请问有什么可以帮您"], ["好的。", "还有吗？"], [], []]
    setup, *others = socket.sent
    assert (setup["type"], setup["callSid"], setup["from"]) == ("setup", "CA1", "+8613900112266")
    assert setup["customParameters"] == {"turn": "4"}
    assert setup["sessionId"] == reported["SessionId"]
    assert others == [
        {"type": "prompt", "voicePrompt": "漏水", "lang": "zh-CN", "last": True},
        {"type": "dtmf", "digit": "1"},
        {"type": "dtmf", "digit": "#"},
    ]
    assert socket.closed


def test_tokens_are_spoken_when_the_last_has_come():
    socket = FakeSocket([text("洗衣", last=False), text("机"), {"type": "play", "source": "/a.wav"}, END])
    caller = ScriptedCaller("喂")
    relay(socket, caller).hold()
    assert caller.heard[1:] == ["洗衣机"]
    assert caller.sounds == [Sound.MUSIC]


def test_what_makes_no_sense_is_reported_and_the_session_goes_on():
    language = {"type": "language", "ttsLanguage": "cmn-CN"}
    socket = FakeSocket(["{", "[]", {"type": "shout"}, text(7), language, END])
    relay(socket, ScriptedCaller("喂")).hold()
    errors = [message["description"] for message in socket.sent if message["type"] == "error"]
    assert len(errors) == 4
    assert "shout" in errors[2]


def test_a_lost_socket_is_a_session_that_failed():
    reported = relay(FakeSocket(), ScriptedCaller("喂")).hold()
    assert reported["SessionStatus"] == "failed"
    assert "HandoffData" not in reported


def test_who_hangs_up_closes_the_socket():
    socket = FakeSocket([])
    with pytest.raises(HangUp):
        relay(socket, ScriptedCaller("喂")).hold()
    assert socket.closed


def test_words_interrupt_what_is_being_said_unless_it_must_be_heard():
    must = text("您说的话会被记录下来，只用于售后。", interruptible=False)
    socket = FakeSocket([must], [text("好的，我们马上安排师傅上门。")], [END])
    caller = ScriptedCaller("喂", "漏水", "停")
    relay(socket, caller, pace=100.0).hold()
    assert [message["type"] for message in socket.sent] == [
        *("setup", "interrupt", "prompt", "prompt", "interrupt", "prompt")
    ]


def test_keys_count_only_where_the_hotline_wants_them():
    socket = FakeSocket([END])
    relay(socket, ScriptedCaller("#1", "喂"), NOUN.replace('dtmfDetection="true"', "")).hold()
    assert [message["type"] for message in socket.sent] == ["setup", "prompt"]


def test_how_far_a_sentence_has_come():
    speech = Speech(pace=1.0)
    assert speech.cut(5.0) is None
    speech.add("一二三四五", 10.0, interruptible=True)
    speech.add("六七八九十", 10.5, interruptible=True)
    assert speech.cut(11.0) == ("一二三四五", 1_000)
    assert speech.cut(11.0) is None, "it is silent already"
    speech.add("再来", 20.0, interruptible=True)
    assert speech.cut(20.4) is None, "it was over"
