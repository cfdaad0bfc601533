"""`yingsheng call`: call the hotline from the terminal, over the vendor's own protocol."""

import os
from typing import Annotated

import typer

from cli.command_app import command_app
from cli.console import console, fail
from cli.messages import text
from cli.phone.line import Line, LineError, SocketError
from cli.phone.player import Player, UnplayableError
from cli.phone.terminal import Terminal
from runtime.secrets_file import VOICE_DEMO_TOKEN, read_secrets, secrets_path
from runtime.settings import load_settings

app = command_app()
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
    except SocketError as error:
        fail(text("call.no_socket", reason=error), text("call.no_socket_advice"))
    except LineError as error:
        fail(text("call.nobody", reason=error), text("call.nobody_advice"))
    except UnplayableError as error:
        problem = "unknown_verb" if error.verb else "no_twiml"
        fail(text(f"call.{problem}", verb=error.verb, reason=error), text(f"call.{problem}_advice"))
    console.print(f"[dim]{text('call.over')}[/]")
