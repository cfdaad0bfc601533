"""`yingsheng policy`: checks it, explains what it did to a ticket, and what another one would have done."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from backend import policy
from backend.clock import SHANGHAI
from backend.errors import NotFoundError
from backend.escalation.replaying import Difference, RuleStory
from backend.policy import Policy, PolicyError
from backend.policy.review import Finding, placeholders, review
from backend.settings import PROJECT_ROOT
from cli import backend_calls
from cli.command_app import command_app
from cli.console import console, fail
from cli.database_access import migrated_database
from cli.messages import text
from runtime.settings import load_settings

SHIPPED = PROJECT_ROOT / "policy"

app = command_app(text("help.policy"))

Directory = Annotated[
    Path | None, typer.Option("--policy", help=text("help.policy_directory"), exists=True, file_okay=False)
]


@app.command(help=text("help.policy_check"))
def check(
    directory: Directory = None,
    strict: Annotated[bool, typer.Option("--strict", help=text("help.policy_strict"))] = False,
) -> None:
    """Read all files and try all rules; exit code 1 for a mistake, with --strict also for a doubt."""
    loaded = _loaded(directory or SHIPPED)
    findings = [*review(loaded), *placeholders(loaded)]
    for finding in findings:
        console.print(f"[yellow]![/] {escape(_doubt(finding))}")
    counts = {
        "routes": len(loaded.routing),
        "rules": len(loaded.escalation.rules),
        "clocks": len(loaded.sla.clocks),
        "clauses": len(loaded.clauses),
    }
    console.print(f"[green]✔[/] {text('policy.right', version=loaded.version, **counts)}")
    if findings:
        console.print(text("policy.doubts_found", count=len(findings)))
        if strict:
            raise typer.Exit(1)


@app.command(help=text("help.policy_explain"))
def explain(
    ticket: Annotated[str, typer.Argument(help=text("help.policy_ticket"))],
    directory: Directory = None,
    every: Annotated[bool, typer.Option("--all", help=text("help.policy_all"))] = False,
) -> None:
    """Say of each rule whether it fired on the ticket, and why."""
    loaded = _loaded(directory or SHIPPED)
    with migrated_database(load_settings()) as url:
        try:
            stories = backend_calls.rule_stories(url, ticket, loaded)
        except NotFoundError:
            fail(text("policy.no_such_ticket", ticket=ticket))
    shown = [story for story in stories if every or story.explanation is not None]
    for story in sorted(shown, key=lambda story: story.fired_at is None):
        _print_story(loaded, story)
    unheard = len(stories) - len(shown)
    if unheard:
        console.print(text("policy.not_heard", count=unheard))


@app.command(help=text("help.policy_replay"))
def replay(
    since: Annotated[datetime, typer.Option("--since", formats=["%Y-%m-%d"], help=text("help.policy_since"))],
    directory: Directory = None,
) -> None:
    """Name each ticket on which the policy would have done otherwise."""
    in_force = _loaded(SHIPPED)
    changed = _loaded(directory) if directory else in_force
    with migrated_database(load_settings()) as url:
        found = backend_calls.policy_differences(
            url,
            since.replace(tzinfo=SHANGHAI),
            changed.escalation.rules,
            in_force.escalation.rules if directory else None,
        )
    names = {rule.id: rule.name for loaded in (in_force, changed) for rule in loaded.escalation.rules}
    for difference in found:
        _print_difference(difference, names, changed)
    key = "compared" if directory else "compared_with_record"
    console.print(text(f"policy.{key}", count=len(found)))


def _loaded(directory: Path) -> Policy:
    try:
        return policy.load(directory)
    except PolicyError as error:
        fail(text("policy.wrong", file=error.file, rule=error.rule, field=error.field), error.problem)


def _doubt(finding: Finding) -> str:
    doubt = text(f"policy.doubts.{finding.doubt.value}", other=finding.other)
    return text("policy.doubt", file=finding.file, rule=finding.rule, doubt=doubt)


def _print_story(loaded: Policy, story: RuleStory) -> None:
    rule, explanation = story.rule, story.explanation
    mark = "[green]✔[/]" if story.fired_at else "[dim]–[/]"
    console.print(f"{mark} [bold]{escape(rule.id)}[/] {escape(rule.name)}  [dim]{escape(rule.source)}[/]")
    if story.fired_at is not None:
        at = story.fired_at.astimezone(SHANGHAI)
        console.print(f"    {text('policy.fired', at=f'{at:%Y-%m-%d %H:%M:%S}')}")
    if explanation is None:
        console.print(f"    {text('policy.rule_not_heard', events=', '.join(sorted(rule.on)))}")
        return
    if not story.fired_at and explanation.holds:
        console.print(f"    {text('policy.would_fire')}")
    for part in explanation.parts:
        value = text(f"policy.values.{str(part.value).lower()}")
        console.print(f"    {value}  {escape(part.text)}")
    for path, value in explanation.facts.items():
        name, words = loaded.escalation.worded(path, value)
        console.print(
            f"      [dim]{escape(path)} = {escape(repr(value))}  {escape(name)}：{escape(words)}[/]"
        )


def _print_difference(difference: Difference, names: dict[str, str], changed: Policy) -> None:
    console.print(f"[bold]{difference.ticket_number}[/]")
    for sign, colour, fired in (("+", "green", difference.added), ("−", "red", difference.removed)):
        for rule, level in fired:
            called = changed.escalation.levels[level].name if level else text("policy.no_level")
            console.print(f"  [{colour}]{sign}[/] {escape(rule)} {escape(names.get(rule, ''))} → {called}")
