"""The person on the telephone, at a terminal: what is heard is printed, what they say is typed."""

import sys

from rich.markup import escape

from cli.console import console
from cli.messages import text
from cli.phone.ear import Did, HangUp, Sound
from cli.phone.keyboard import Keyboard

KEY_MARK = "#"
ON_THE_PAD = frozenset("0123456789*#")
PROMPT = "> "


class Terminal:
    """Prints what is said, and takes what the caller says from the keyboard."""

    def __init__(self, keyboard: Keyboard | None = None) -> None:
        self._keyboard = keyboard or Keyboard(sys.stdin.fileno())
        self._prompted = False

    def hear(self, words: str) -> None:
        """Print it."""
        self._print(f"[green]{text('call.speaks')}[/] {escape(words)}")

    def notice(self, sound: Sound) -> None:
        """Print what else is heard."""
        self._print(f"[dim]{text(f'call.sounds.{sound}')}[/]")

    def act(self, *, keys: bool, one_key: bool) -> Did:  # noqa: ARG002  # the person decides
        """A line: words, keys after a `#`, or nothing."""
        return _done(self._typed(PROMPT) or "")

    def act_within(self, seconds: float, *, speech: bool) -> Did | None:
        """The same within so long; where nobody listens to words, keys need no mark."""
        typed = self._typed(PROMPT if speech else "", seconds)
        if typed is None or speech:
            return None if typed is None else _done(typed)
        keys = typed.removeprefix(KEY_MARK) or typed
        if not ON_THE_PAD.issuperset(keys):
            self._print(f"[dim]{text('call.keys_only')}[/]")
            return Did()
        return Did(digits=keys)

    def record(self, seconds: int) -> int:
        """The message is typed; its length is guessed from its words."""
        words = self._typed(f"{text('call.record')} ")
        return min(seconds, 1 + len(words) // 4) if words else 0

    def _typed(self, prompt: str, seconds: float | None = None) -> str | None:
        if prompt and not self._prompted:
            console.print(f"[bold cyan]{prompt}[/]", end="")
            self._prompted = True
        try:
            typed = self._keyboard.line(seconds)
        except (EOFError, KeyboardInterrupt):
            raise HangUp from None
        self._prompted = self._prompted and typed is None
        return typed

    def _print(self, line: str) -> None:
        """On a line of its own: the prompt may stand already."""
        if self._prompted:
            console.print()
            self._prompted = False
        console.print(line)


def _done(typed: str) -> Did:
    return Did(digits=typed[1:]) if typed.startswith(KEY_MARK) else Did(speech=typed)
