"""`yingsheng call`: call the hotline from the terminal, over the vendor's own protocol."""

import os
from typing import Annotated

import typer
from rich.markup import escape

from cli.command_app import command_app
from cli.console import console, fail
from cli.messages import text
from cli.phone.line import Line, LineError
from cli.phone.player import Did, HangUp, Player, Sound
from runtime.secrets_file import VOICE_DEMO_TOKEN, read_secrets, secrets_path
from runtime.settings import load_settings

app = command_app()
KEYS = "#"
CALLER = "+8613900112266"


@app.command(help=text("help.call"))
def call(
    caller: Annotated[str, typer.Option("--from", help=text("help.call_from"))] = CALLER,
    url: Annotated[str, typer.Option("--url", help=text("help.chat_url"))] = "",
    fallback: Annotated[str, typer.Option("--fallback", help=text("help.call_fallback"))] = "",
) -> None:
    """Call until somebody hangs up."""
    settings = load_settings()
    secrets = {**read_secrets(secrets_path(settings.var_dir)), **os.environ}
    token = secrets.get(VOICE_DEMO_TOKEN, "")
    if not token:
        fail(text("call.no_token"), text("call.no_token_advice"))
    console.print(f"[dim]{text('call.how')}[/]")
    line = Line(base=url or settings.backend_url, token=token, caller=caller, fallback=fallback)
    try:
        Player(line, Terminal()).call()
    except LineError as error:
        fail(text("call.nobody", reason=error), text("call.nobody_advice"))
    console.print(f"[dim]{text('call.over')}[/]")


class Terminal:
    """Prints what is said, and takes what the caller says from the keyboard."""

    def hear(self, words: str) -> None:
        """Print it."""
        console.print(f"[green]{text('call.speaks')}[/] {escape(words)}")

    def notice(self, sound: Sound) -> None:
        """Print what else is heard."""
        console.print(f"[dim]{text(f'call.sounds.{sound}')}[/]")

    def act(self, *, keys: bool, one_key: bool) -> Did:  # noqa: ARG002  # the person decides
        """A line: words, keys after a `#`, or nothing."""
        typed = self._line("> ")
        return Did(digits=typed[1:]) if typed.startswith(KEYS) else Did(speech=typed)

    def record(self, seconds: int) -> int:
        """The message is typed; its length is guessed from its words."""
        words = self._line(f"{text('call.record')} ")
        return min(seconds, 1 + len(words) // 4) if words else 0

    @staticmethod
    def _line(prompt: str) -> str:
        try:
            return console.input(f"[bold cyan]{prompt}[/]").strip()
        except (EOFError, KeyboardInterrupt):
            raise HangUp from None
