"""`yingsheng nlu`: what the trained model understands. Runs in Rasa's environment."""

import os
import subprocess
from pathlib import Path
from typing import Annotated

import typer

from cli.command_app import command_app
from cli.console import fail
from cli.corrections import export_corrections
from cli.messages import text
from runtime.model_training import model_path
from runtime.programs import bot_python, rasa_environ
from runtime.settings import load_settings

app = command_app(text("help.nlu"))


@app.command(help=text("help.nlu_parse"))
def parse(words: Annotated[list[str] | None, typer.Argument(help=text("help.nlu_words"))] = None) -> None:
    """Lines in (the argument, else standard input), one JSON document a line out."""
    _run("bot.nlu.parse", [], " ".join(words) + "\n" if words else None)


@app.command(name="eval", help=text("help.nlu_eval"))
def evaluate(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help=text("help.nlu_file"))],
    as_json: Annotated[bool, typer.Option("--json", help=text("help.nlu_json"))] = False,
) -> None:
    """Score the model on labelled sentences."""
    _run("bot.nlu.evaluate", [str(file.resolve()), *(["--json"] if as_json else [])], None)


@app.command(name="eval-entities", help=text("help.nlu_eval_entities"))
def evaluate_entities(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help=text("help.nlu_sets"))],
    as_json: Annotated[bool, typer.Option("--json", help=text("help.nlu_json"))] = False,
    errors: Annotated[int, typer.Option(min=0, help=text("help.nlu_errors"))] = 0,
) -> None:
    """Score entities and signals on annotated sets."""
    options = ["--errors", str(errors), *(["--json"] if as_json else [])]
    _run("bot.nlu.entity_eval", [*(str(file.resolve()) for file in files), *options], None)


app.command(name="export-corrections", help=text("help.nlu_corrections"))(export_corrections)


def _run(module: str, arguments: list[str], words: str | None) -> None:
    settings = load_settings()
    model = model_path(settings)
    python = bot_python(settings.root)
    if not python.exists() or not model.is_file():
        fail(text("nlu.not_ready"), text("nlu.not_ready_advice"))
    environ = {**os.environ, **rasa_environ(), "PYTHONPATH": str(settings.root)}
    command = [str(python), "-m", module, "--model", str(model), *arguments]
    done = subprocess.run(command, cwd=settings.root, env=environ, input=words, text=True, check=False)
    raise typer.Exit(done.returncode)
