"""Output shared by all commands: the console, errors, progress of setup and start."""

import contextlib
import os
import time
from collections.abc import Iterator
from typing import NoReturn

import typer
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.markup import escape
from rich.spinner import Spinner
from rich.text import Text

from cli.messages import has, text
from runtime.problems import StackProblem, tail
from runtime.progress import Phase, Progress, StepEvent

console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)
HEARTBEAT_SECONDS = 15.0


def fail(message: str, advice: str = "", *, status: int = 1) -> NoReturn:
    """Say what is wrong and what to do, and end the command."""
    errors.print(f"[bold red]✘[/] {escape(message)}")
    for line in advice.splitlines():
        errors.print(f"  {escape(line)}")
    raise typer.Exit(status)


def report_problem(problem: StackProblem) -> None:
    """Say what is wrong, the end of the log that explains it, and what to do."""
    if problem.log is not None:
        shown = tail(problem.log)
        if shown:
            errors.print(f"[dim]{escape(text('log_tail', path=problem.log))}[/]")
            errors.print(Text(shown), style="dim")
    params = dict(problem.params)
    for name in ("step", "program"):
        if name in params and has(f"steps.{params[name]}"):
            params[name] = text(f"steps.{params[name]}")
    wording = text(f"problems.{problem.code}", log=problem.log or "", **params)
    first, _, advice = wording.partition("\n")
    if problem.log is not None and "no space left" in tail(problem.log).lower():
        advice = text("disk_full")
    errors.print(f"[bold red]✘[/] {escape(first)}")
    for line in advice.splitlines():
        errors.print(f"  {escape(line)}")


class ProgressDisplay:
    """Finished steps as lines; in a terminal the running ones, with their seconds, below them."""

    def __init__(self) -> None:
        self._running: dict[str, float] = {}
        self._terminal = console.is_terminal and not os.environ.get("CI")
        self._spinner = Spinner("dots")
        self._last_beat = time.monotonic()

    def show(self, event: StepEvent) -> None:
        """A listener for `Progress`."""
        name = text(f"steps.{event.step}")
        if event.phase is Phase.STARTED:
            self._running[event.step] = time.monotonic()
            if not self._terminal:
                console.print(f"▶ {name}")
            return
        self._running.pop(event.step, None)
        mark = "[green]✔[/]" if event.phase is Phase.DONE else "[red]✘[/]"
        console.print(f"{mark} {escape(name)}  [dim]{text('seconds', seconds=round(event.seconds, 1))}[/]")

    def __rich__(self) -> RenderableType:
        """What runs now."""
        now = time.monotonic()
        lines = [
            f"{text(f'steps.{step}')}  {text('seconds', seconds=int(now - began))}"
            for step, began in list(self._running.items())
        ]
        if not lines:
            return Text("")
        self._spinner.update(text=Text("\n  ".join(lines)))
        return Group(self._spinner)


@contextlib.contextmanager
def shown_progress() -> Iterator[Progress]:
    """Progress that is shown on the console while the block runs."""
    display = ProgressDisplay()
    if not console.is_terminal:
        yield Progress(display.show)
        return
    with Live(display, console=console, refresh_per_second=8, transient=True):
        yield Progress(display.show)
