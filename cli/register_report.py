"""What an import into the register did, or why it did nothing, row by row."""

import typer
from rich.markup import escape

from backend.warranty.cells import Problem
from backend.warranty.importing import Report
from backend.warranty.sheet_wording import sheet_wording
from cli.console import console, errors
from cli.messages import text

LISTED = ", "


def show_report(report: Report) -> None:
    """Print it; ends the command with exit code 1 if there are problems."""
    if report.encoding is not None:
        console.print(f"[dim]{text('warranty.encoding', encoding=report.encoding)}[/]")
    if report.ignored_columns:
        ignored = text("warranty.ignored", columns=LISTED.join(report.ignored_columns))
        console.print(f"[yellow]{escape(ignored)}[/]")
    if report.problem_count:
        _show_problems(report)
        raise typer.Exit(1)
    opened = report.customers_added
    counts = {
        "rows": report.rows,
        "added": report.added,
        "unchanged": report.unchanged,
        "customers": text("warranty.new_customers", count=opened) if opened else "",
    }
    if report.dry_run:
        console.print(f"[green]✔[/] {text('warranty.checked', **counts)}")
    else:
        console.print(f"[green]✔[/] {text('warranty.imported', **counts)}")


def _show_problems(report: Report) -> None:
    for problem in report.problems:
        errors.print(escape(_line(report, problem)))
    if report.problem_count > len(report.problems):
        errors.print(text("warranty.more_problems", shown=len(report.problems)))
    refused = text("warranty.refused", rows=report.rows, count=report.problem_count)
    errors.print(f"[bold red]✘[/] {refused}")


def _line(report: Report, problem: Problem) -> str:
    wording = sheet_wording()
    said = wording.problems[problem.code].format(**problem.values)
    if not problem.row:
        return text("warranty.whole_file", text=said)
    column = wording.header(report.kind, problem.field) if problem.field else text("warranty.whole_row")
    return text("warranty.problem", row=problem.row, column=column, text=said)
