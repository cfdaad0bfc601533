"""A caller who says what the test wrote down, over the vendor's protocol; remembers all that was heard."""

import time
from collections.abc import Sequence

from cli.phone.ear import Did, HangUp, Sound
from cli.phone.line import Line
from cli.phone.player import Player


class ScriptedCaller:
    """Each line is speech; `#...` are keys; `` is silence; a Did goes as it is. Then the caller hangs up.

    `waiting`: what is keyed in the queue, one for each round; an empty text is a round without a key.
    """

    def __init__(self, *acts: str | Did, waiting: Sequence[str] = ()) -> None:
        self.acts = list(acts)
        self.waiting = list(waiting)
        self.heard: list[str] = []
        self.sounds: list[Sound] = []
        self.asked: list[tuple[bool, bool]] = []
        self.turns: list[list[str]] = [[]]

    def hear(self, text: str) -> None:
        self.heard.append(text)
        self.turns[-1].append(text)

    def notice(self, sound: Sound) -> None:
        self.sounds.append(sound)

    def act(self, *, keys: bool, one_key: bool) -> Did:
        self.asked.append((keys, one_key))
        self.turns.append([])
        if not self.acts:
            raise HangUp
        act = self.acts.pop(0)
        if isinstance(act, Did):
            return act
        return Did(digits=act[1:]) if act.startswith("#") else Did(speech=act)

    def act_within(self, seconds: float, *, speech: bool) -> Did | None:
        if speech:
            return self.act(keys=True, one_key=True)
        key = self.waiting.pop(0) if self.waiting else ""
        if not key:
            time.sleep(seconds)
        return Did(digits=key) if key else None

    def record(self, seconds: int) -> int:
        assert seconds > 0
        return 7

    def call(self, line: Line, pace: float = 0.01) -> "ScriptedCaller":
        Player(line, self, pace).call()
        return self
