"""`yingsheng doctor`: says what is missing or unreachable, and what to do about it."""

import typer
from rich.markup import escape

from cli.command_app import command_app
from cli.console import console
from cli.doctor_checks import CHECKS, Finding, Verdict
from cli.messages import has, text
from runtime.settings import load_settings

app = command_app()
MARKS = {
    Verdict.GOOD: "[green]✔[/]",
    Verdict.NOTE: "[dim]·[/]",
    Verdict.WARNING: "[yellow]![/]",
    Verdict.BAD: "[red]✘[/]",
}


@app.command(help=text("help.doctor"))
def doctor() -> None:
    """Check everything; exit code 1 if something that is needed is not right."""
    settings = load_settings()
    findings = [(name, check(settings)) for name, check in CHECKS.items()]
    for name, finding in findings:
        _show(name, finding)
    bad = sum(finding.verdict is Verdict.BAD for _, finding in findings)
    console.print(text("doctor.bad", count=bad) if bad else text("doctor.good"))
    raise typer.Exit(1 if bad else 0)


def _show(name: str, finding: Finding) -> None:
    outcome = text(f"doctor.{finding.wording}", **finding.values)
    console.print(f"{MARKS[finding.verdict]} {text(f'doctor.names.{name}')}: {escape(outcome)}")
    advice = f"doctor.advice.{finding.wording}"
    if finding.verdict in {Verdict.BAD, Verdict.WARNING} and has(advice):
        console.print(f"    → {escape(text(advice, **finding.values))}")
