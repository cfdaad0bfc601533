"""`yingsheng train`: the dialogue model for the present sources."""

from typing import Annotated

import typer

from cli.command_app import command_app
from cli.console import console, shown_progress
from cli.messages import text
from runtime.child_process import ChildProcesses
from runtime.model_training import model_path, train
from runtime.settings import load_settings
from runtime.stop_signal import StopRequested, stop_signals

app = command_app()
INTERRUPTED = 130


@app.command(name="train", help=text("help.train"))
def train_model(
    force: Annotated[bool, typer.Option("--force", help=text("help.train_force"))] = False,
) -> None:
    """Train if something changed."""
    settings = load_settings()
    path = model_path(settings)
    if not path.is_file() or force:
        children = ChildProcesses()
        with stop_signals():
            try:
                with shown_progress() as progress, progress.step("train"):
                    train(settings, children)
            except StopRequested:
                raise typer.Exit(INTERRUPTED) from None
            finally:
                children.stop_all()
    console.print(str(path))
