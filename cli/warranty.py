"""`yingsheng warranty`: what the warranty rules say to given facts; the product register in and out."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from backend import policy
from backend.clock import SHANGHAI, SystemClock
from backend.policy import Policy, PolicyError
from backend.warranty.asking import answered, names_a_record
from backend.warranty.rows import Kind
from backend.warranty.schemas import DecisionOut, ReasonOut
from backend.warranty.sheet_wording import sheet_wording
from backend.warranty.sheets import SheetError
from cli import backend_calls, register_calls
from cli.command_app import command_app
from cli.console import console, fail
from cli.database_access import reachable_database
from cli.messages import text
from cli.register_report import show_report
from cli.warranty_facts import read_facts
from runtime.settings import StackSettings, load_settings

app = command_app(text("help.warranty"))


@app.command(help=text("help.warranty_decide"))
def decide(
    facts: Annotated[str, typer.Option("--json", help=text("help.warranty_facts"))],
    as_text: Annotated[bool, typer.Option("--text", help=text("help.warranty_text"))] = False,
) -> None:
    """Print the decision on the facts, as JSON or to be read; the register is asked if they name a record."""
    inquiry = read_facts(facts)
    settings = load_settings()
    rules = _rules(settings)
    if names_a_record(inquiry):
        with reachable_database(settings) as url:
            backend_calls.migrate(url)
            decision = register_calls.decide(url, inquiry, rules)
    else:
        decision = answered(inquiry, rules, SystemClock().now().astimezone(SHANGHAI).date())
    if as_text:
        _show(decision)
    else:
        typer.echo(decision.model_dump_json(indent=2))


@app.command(name="import", help=text("help.warranty_import"))
def import_file(
    file: Annotated[Path, typer.Argument(help=text("help.warranty_import_file"))],
    kind: Annotated[Kind, typer.Option("--kind", help=text("help.warranty_kind"))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=text("help.warranty_dry_run"))] = False,
) -> None:
    """Take a file into the register, or say what is wrong with which row; exit code 1 if something is."""
    settings = load_settings()
    rules = _rules(settings)
    with reachable_database(settings) as url:
        backend_calls.migrate(url)
        try:
            report = register_calls.take_in(url, file, kind, rules, dry_run=dry_run)
        except SheetError as error:
            problem = sheet_wording().files[error.code].format(**error.values)
            fail(text("warranty.file", path=file, text=problem))
    show_report(report)


@app.command(help=text("help.warranty_export"))
def export(
    file: Annotated[Path, typer.Argument(help=text("help.warranty_export_file"))],
    kind: Annotated[Kind, typer.Option("--kind", help=text("help.warranty_kind"))],
) -> None:
    """Write a part of the register into a new file."""
    if file.exists():
        fail(text("warranty.exists", path=file))
    settings = load_settings()
    rules = _rules(settings)
    with reachable_database(settings) as url:
        backend_calls.migrate(url)
        try:
            count = register_calls.write_out(url, file, kind, rules)
        except OSError as error:
            fail(text("warranty.cannot_write", path=file, reason=error))
    console.print(text("warranty.exported", count=count, path=escape(str(file))))


def _rules(settings: StackSettings) -> Policy:
    try:
        return policy.load(settings.root / "policy")
    except PolicyError as error:
        fail(str(error))


def _show(decision: DecisionOut) -> None:
    console.print(escape(decision.sentence))
    sections = {
        "reasons": map(_with_source, decision.reasons),
        "remedies": [
            text("warranty.remedy", name=remedy.name, until=remedy.until or "—", source=remedy.source)
            for remedy in decision.remedies
        ],
        "fees": map(_with_source, decision.fees),
        "unknown": [one.question for one in decision.unknown],
    }
    for name, lines in sections.items():
        shown = list(lines)
        if shown:
            console.print(f"\n[bold]{text(f'warranty.sections.{name}')}[/]")
            for line in shown:
                console.print(f"  {escape(line)}")


def _with_source(reason: ReasonOut) -> str:
    return text("warranty.reason", text=reason.text, source=reason.source)
