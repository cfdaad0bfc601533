"""`yingsheng setup`: install and build everything, start nothing."""

from typing import Annotated

import typer

from cli.command_app import command_app
from cli.console import console, report_problem, shown_progress
from cli.messages import text
from runtime.problems import StackProblem
from runtime.settings import load_settings
from runtime.setup_runner import set_up
from runtime.stop_signal import StopRequested, stop_signals

app = command_app()
INTERRUPTED = 130


@app.command(help=text("help.setup"))
def setup(
    only: Annotated[list[str] | None, typer.Option(help=text("help.setup_only"))] = None,
) -> None:
    """Set everything up."""
    with stop_signals():
        try:
            with shown_progress() as progress:
                set_up(load_settings(), progress, only or ())
        except StopRequested:
            console.print(text("setup_interrupted"))
            raise typer.Exit(INTERRUPTED) from None
        except StackProblem as problem:
            report_problem(problem)
            raise typer.Exit(1) from None
    console.print(f"[green]✔[/] {text('setup_done')}")
