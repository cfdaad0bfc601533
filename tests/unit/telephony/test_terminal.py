"""Lines from a keyboard, with and without a limit of time; what they mean on the telephone."""

import os
import time
from collections.abc import Iterator

import pytest

from cli.phone.ear import Did, HangUp
from cli.phone.keyboard import Keyboard
from cli.phone.terminal import Terminal


class Typist:
    def __init__(self) -> None:
        self.reads, self.writes = os.pipe()
        self.keyboard = Keyboard(self.reads)

    def types(self, text: bytes | str) -> None:
        os.write(self.writes, text if isinstance(text, bytes) else text.encode())

    def leaves(self) -> None:
        os.close(self.writes)
        self.writes = -1


@pytest.fixture
def typist() -> Iterator[Typist]:
    typist = Typist()
    yield typist
    os.close(typist.reads)
    if typist.writes >= 0:
        os.close(typist.writes)


def test_lines_that_came_together_are_read_one_by_one(typist: Typist):
    typist.types("漏水\n#1\n\n")
    assert [typist.keyboard.line(), typist.keyboard.line(0), typist.keyboard.line(0)] == ["漏水", "#1", ""]
    assert typist.keyboard.line(0) is None


def test_half_a_line_is_no_line_yet_and_is_not_lost(typist: Typist):
    words = "漏水".encode()
    typist.types(words[:4])
    began = time.monotonic()
    assert typist.keyboard.line(0.05) is None
    assert time.monotonic() - began >= 0.05
    typist.types(words[4:] + b"\n")
    assert typist.keyboard.line(1) == "漏水"


def test_the_last_line_needs_no_end_and_then_it_is_over(typist: Typist):
    typist.types("再见")
    typist.leaves()
    assert typist.keyboard.line() == "再见"
    with pytest.raises(EOFError):
        typist.keyboard.line(1)


@pytest.mark.parametrize(
    ("typed", "did"),
    [("1", Did(digits="1")), ("#1", Did(digits="1")), ("#", Did(digits="#")), ("喂", Did()), ("", Did())],
)
def test_in_the_queue_only_keys_are_heard(
    typist: Typist, capsys: pytest.CaptureFixture[str], typed: str, did: Did
):
    typist.types(f"{typed}\n")
    assert Terminal(typist.keyboard).act_within(1, speech=False) == did
    assert ("只能按键" in capsys.readouterr().out) == (typed == "喂")


def test_words_keys_and_silence(typist: Typist):
    terminal = Terminal(typist.keyboard)
    assert terminal.act_within(0, speech=True) is None
    typist.types("漏水\n#13900112266#\n\n1\n")
    assert terminal.act_within(1, speech=True) == Did(speech="漏水")
    assert terminal.act(keys=True, one_key=False) == Did(digits="13900112266#")
    assert terminal.act(keys=True, one_key=True) == Did()
    assert terminal.act(keys=True, one_key=True) == Did(speech="1")
    typist.leaves()
    with pytest.raises(HangUp):
        terminal.act_within(1, speech=False)


def test_the_prompt_stands_once_and_after_what_is_said_again(
    typist: Typist, capsys: pytest.CaptureFixture[str]
):
    terminal = Terminal(typist.keyboard)
    for _ in range(3):
        terminal.act_within(0, speech=True)
    terminal.hear("请讲")
    terminal.act_within(0, speech=True)
    assert capsys.readouterr().out == "> \n热线 请讲\n> "
