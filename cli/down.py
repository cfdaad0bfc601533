"""`yingsheng down`: stop what `yingsheng up` started elsewhere."""

import os
import signal
import time

import psutil

from cli.command_app import command_app
from cli.console import console, fail
from cli.messages import text
from runtime.instance_lock import running_instance
from runtime.leftovers import end_leftovers
from runtime.settings import load_settings
from runtime.stack import embedded_postgres

app = command_app()
STOP_SECONDS = 90.0


@app.command(help=text("help.down"))
def down() -> None:
    """Stop everything."""
    settings = load_settings()
    running = running_instance(settings)
    if running is None:
        postgres = embedded_postgres(settings) if settings.embedded else None
        ended = end_leftovers(settings.identity, postgres)
        console.print(text("down.leftovers", count=ended) if ended else text("down.nothing"))
        return
    os.kill(int(running["pid"]), signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while psutil.pid_exists(int(running["pid"])) and running_instance(settings):
        if time.monotonic() > deadline:
            fail(text("down.late", pid=running["pid"]))
        time.sleep(0.1)
    console.print(text("down.done"))
