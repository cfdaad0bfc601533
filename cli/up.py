"""`yingsheng up`: set up what changed, start everything, stay until told to stop."""

import dataclasses
import os
import threading
import time
from typing import Annotated

import typer
from rich.markup import escape

from cli.command_app import command_app
from cli.console import console, report_problem, shown_progress
from cli.messages import text
from runtime.problems import StackProblem
from runtime.secrets_file import secrets_path
from runtime.settings import PROGRAMS, load_settings
from runtime.setup_runner import set_up
from runtime.stack import Stack
from runtime.stop_signal import StopRequested, StopSignals, stop_signals

app = command_app()
DEMO_USERS = ("demo", "demo-supervisor", "demo-manager", "demo-deputy", "demo-gm", "demo-admin")
PAGES = {"chat": "/chat", "desk": "/desk", "phone": "/phone", "api": "/openapi.json"}
INTERRUPTED = 130
PARENT_CHECK_SECONDS = 0.5


@app.command(help=text("help.up"))
def up(
    only: Annotated[list[str] | None, typer.Option(help=text("help.up_only"))] = None,
    no_bot: Annotated[bool, typer.Option("--no-bot", help=text("help.up_no_bot"))] = False,
    no_setup: Annotated[bool, typer.Option("--no-setup", help=text("help.up_no_setup"))] = False,
    with_parent: Annotated[bool, typer.Option("--with-parent", hidden=True)] = False,
) -> None:
    """Start everything and stay."""
    settings = dataclasses.replace(load_settings(), programs=_programs(only, no_bot=no_bot))
    stack = Stack(settings)
    with stop_signals() as signals:
        if with_parent:
            _stop_with_parent()
        try:
            status = _run(stack, setup=not no_setup)
        except StopRequested:
            status = 0 if stack.supervised else INTERRUPTED
        except StackProblem as problem:
            report_problem(problem)
            status = 0 if problem.code == "already_running" else 1
        finally:
            signals.stopping()
            _stop(stack, signals)
    raise typer.Exit(status)


def _programs(only: list[str] | None, *, no_bot: bool) -> tuple[str, ...]:
    unknown = set(only or ()) - set(PROGRAMS)
    if unknown:
        raise StackProblem("unknown_program", names=", ".join(sorted(unknown)), known=", ".join(PROGRAMS))
    wanted = tuple(name for name in PROGRAMS if not only or name in only)
    return tuple(name for name in wanted if not no_bot or name not in {"bot", "actions"})


def _run(stack: Stack, *, setup: bool) -> int:
    began = time.monotonic()
    stack.claim()
    with shown_progress() as progress:
        stack.progress = progress
        if setup:
            set_up(stack.settings, progress)
        stack.start()
    _welcome(stack, time.monotonic() - began)
    return _watch(stack)


def _welcome(stack: Stack, seconds: float) -> None:
    settings = stack.settings
    console.print(f"\n[bold green]{text('ready', seconds=round(seconds))}[/]")
    if "backend" in settings.programs:
        for key, path in PAGES.items():
            console.print(f"  {text(f'addresses.{key}')}  {settings.backend_url}{path}")
        if settings.embedded:
            password = escape(stack.demo_password)
            console.print(f"  {text('demo_login', user=DEMO_USERS[0], password=password)}")
            console.print(f"  [dim]{text('demo_others', users=', '.join(DEMO_USERS[1:]))}[/]")
            console.print(f"  [dim]{text('secrets_in', path=secrets_path(settings.var_dir))}[/]")
    console.print(f"  {text('logs_in', path=settings.log_dir)}")
    console.print(f"  {text('how_to_stop')}\n")


def _watch(stack: Stack) -> int:
    if stack.supervised is None:
        return 0
    for state in stack.supervised.restarts():
        console.print(f"[yellow]![/] {text('restarted', program=text(f'steps.{state.name}'), pid=state.pid)}")
    raise StackProblem("supervisor_gone", log=stack.settings.log_dir / "supervisord.log")


def _stop(stack: Stack, signals: StopSignals) -> None:
    """Stop in a thread, so that a second signal can force it meanwhile."""
    if stack.supervised is None:
        stack.stop()
        if signals.interrupted:
            console.print(text("setup_interrupted"))
        return
    began = time.monotonic()
    console.print(text("stopping"))
    stopping = threading.Thread(target=stack.stop)
    stopping.start()
    while stopping.is_alive():
        stopping.join(0.1)
        if signals.forced:
            console.print(text("forcing"))
            stack.supervised.kill()
            stopping.join()
    console.print(text("stopped", seconds=round(time.monotonic() - began, 1)))


def _stop_with_parent() -> None:
    """`make run`: when make is gone, however it ended, stop as if told to."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(PARENT_CHECK_SECONDS)
        os.kill(os.getpid(), 15)

    threading.Thread(target=watch, daemon=True).start()
