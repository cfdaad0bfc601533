"""`yingsheng nlu export-corrections`: what people put right, as training examples for somebody to review."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from backend.clock import SHANGHAI
from backend.desk.corrections.examples import training_yaml
from cli import backend_calls
from cli.console import console, fail
from cli.database_access import reachable_database
from cli.messages import text
from runtime.settings import load_settings


def export_corrections(
    file: Annotated[Path, typer.Argument(dir_okay=False, help=text("help.nlu_corrections_file"))],
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help=text("help.nlu_corrections_since"))
    ] = None,
) -> None:
    """Write one example a ticket or conversation; a file that is there is not overwritten."""
    if file.exists():
        fail(text("nlu.corrections_exists", file=file))
    start = since.replace(tzinfo=SHANGHAI) if since is not None else None
    with reachable_database(load_settings()) as url:
        examples = backend_calls.corrections(url, start)
    if examples:
        file.write_text(training_yaml(examples), encoding="utf-8")
        console.print(text("nlu.corrections_written", count=len(examples), file=file))
    else:
        console.print(text("nlu.corrections_none"))
