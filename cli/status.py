"""`yingsheng status`: what runs, since when, with how much memory."""

import time

import psutil
import typer
from rich.table import Table

from cli.command_app import command_app
from cli.console import console
from cli.messages import text
from runtime.instance_lock import running_instance
from runtime.settings import load_settings
from runtime.supervisor_config import control_socket
from runtime.supervisor_control import Supervisor

app = command_app()
MEGABYTE = 1024 * 1024


@app.command(help=text("help.status"))
def status() -> None:
    """Show all programs; exit code 1 when nothing runs."""
    settings = load_settings()
    running = running_instance(settings)
    supervisor = Supervisor(control_socket(settings))
    if running is None or not supervisor.answers():
        console.print(text("status.nothing"))
        raise typer.Exit(1)
    table = Table(*(text(f"status.{column}") for column in ("program", "state", "pid", "uptime", "memory")))
    for state in supervisor.states().values():
        uptime = f"{int(time.time() - state.started_at)} s" if state.pid else "-"
        name = text(f"steps.{state.name}")
        table.add_row(name, state.state, str(state.pid or "-"), uptime, _memory(state.pid))
    console.print(table)
    console.print(text("status.address", url=running["url"]))


def _memory(pid: int) -> str:
    """Resident memory of the process and its children."""
    try:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
        return f"{sum(each.memory_info().rss for each in family) // MEGABYTE} MB" if pid else "-"
    except psutil.NoSuchProcess:
        return "-"
