"""`yingsheng audit`: proves that no ticket's history was tampered with."""

import typer

from cli import backend_calls
from cli.command_app import command_app
from cli.console import console
from cli.database_access import migrated_database
from cli.messages import text
from runtime.settings import load_settings

app = command_app(text("help.audit"))


@app.callback()
def _group() -> None:
    """Keeps `verify` a subcommand while it is the only one."""


@app.command(help=text("help.audit_verify"))
def verify() -> None:
    """Name every ticket and position that is not as it was written; exit code 1 if there is one."""
    with migrated_database(load_settings()) as url:
        findings = backend_calls.verify_audit(url)
    for finding in findings:
        position = text("audit.whole_ticket") if finding.position is None else finding.position
        line = text("audit.finding", ticket=finding.ticket_number, position=position, problem=finding.problem)
        console.print(f"[red]✘[/] {line}")
    if findings:
        console.print(text("audit.tampered", count=len(findings)))
        raise typer.Exit(1)
    console.print(f"[green]✔[/] {text('audit.clean')}")
