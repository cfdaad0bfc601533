"""The demo telephone plays what it knows, and says what it does not."""

import pytest

from cli.phone.line import Line, LineError
from cli.phone.player import UnplayableError
from tests.support.scripted_caller import ScriptedCaller

ROOM = """<Response><Gather input="dtmf" numDigits="1" timeout="1" action="/pressed"><Say>按1等回电</Say>
<Play>/music.wav</Play></Gather></Response>"""
QUEUE = '<Response><Enqueue action="/left" waitUrl="/room">call-1</Enqueue></Response>'


class CannedLine(Line):
    """Answers with documents instead of asking anybody; remembers what it was asked, and the end."""

    def __init__(self, *documents: str | LineError) -> None:
        super().__init__(base="http://hotline", token="any", caller="+8613900112266")
        self.documents = list(documents)
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.told = False

    def post(self, address: str, parameters: dict[str, str]) -> str:
        self.asked.append((address, parameters))
        document = self.documents.pop(0)
        if isinstance(document, LineError):
            raise document
        return document

    def hang_up(self) -> None:
        self.told = True


@pytest.mark.parametrize(
    ("document", "verb"),
    [
        ("<Response><Say>您好</Say><Pay/></Response>", "Pay"),
        ("<Response><Gather><Say>您好</Say><Refer/></Gather></Response>", "Refer"),
        ("<Response><Connect><Stream url='wss://h'/></Connect></Response>", "Stream"),
        ("<Response><Connect/></Response>", "Connect"),
        ("<html/>", ""),
        ("502 Bad Gateway", ""),
        ('<!DOCTYPE x [<!ENTITY a "b">]><Response><Say>&a;</Say></Response>', ""),
    ],
)
def test_what_cannot_be_played_is_said_and_the_hotline_is_told_of_the_end(document: str, verb: str):
    line = CannedLine(document)
    with pytest.raises(UnplayableError) as caught:
        ScriptedCaller().call(line)
    assert caught.value.verb == verb
    assert line.told


def test_a_hotline_that_falls_silent_in_the_middle_is_told_of_the_end():
    line = CannedLine("<Response><Redirect>/next</Redirect></Response>", LineError("gone"))
    with pytest.raises(LineError):
        ScriptedCaller().call(line)
    assert line.told


def test_a_key_in_the_queue_goes_where_the_music_says():
    line = CannedLine(QUEUE, ROOM, ROOM, "<Response><Leave/></Response>", "<Response><Hangup/></Response>")
    caller = ScriptedCaller(waiting=["", "12#"]).call(line)
    assert [address.removeprefix("http://hotline") for address, _ in line.asked[1:]] == [
        "/room",
        "/room",
        "/pressed",
        "/left",
    ]
    assert [given.get("Digits") for _, given in line.asked[1:4]] == [None, None, "1"]
    assert line.asked[3][1]["QueueTime"] == "11"
    assert line.asked[4][1]["QueueResult"] == "leave"
    assert caller.heard == ["按1等回电", "按1等回电"]


def test_what_is_answered_to_a_key_in_the_queue_is_heard():
    other = "<Response><Say>没有这个键</Say></Response>"
    line = CannedLine(QUEUE, ROOM, other, "<Response><Leave/></Response>", "<Response><Hangup/></Response>")
    caller = ScriptedCaller(waiting=["7", "1"]).call(line)
    assert caller.heard == ["按1等回电", "没有这个键"]
    assert "Digits" not in line.asked[3][1], "nobody listened to the second key"
