"""`yingsheng sla`: when a clock runs out, how much of it is gone or left, and how that was reached."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Column, Table

from backend.policy import PolicyError
from backend.policy.calendar import read_calendar
from backend.policy.clock_rules import DEPARTMENT
from backend.policy.sla import read_sla
from backend.sla.counting import Count, Timekeeper
from backend.sla.deadlines import Pause
from cli import sla_wording
from cli.command_app import command_app
from cli.console import console, fail
from cli.messages import text
from cli.sla_arguments import ArgumentProblem, Reader, read_facts
from runtime.settings import load_settings

BAD_INPUT = 2

app = command_app(text("help.sla"))

ClockOption = Annotated[str, typer.Option("--clock", help=text("help.sla_clock"))]
StartOption = Annotated[str, typer.Option("--start", help=text("help.sla_start"))]
AtOption = Annotated[str, typer.Option("--at", help=text("help.sla_at"))]
PauseOption = Annotated[list[str] | None, typer.Option("--pause", help=text("help.sla_pause"))]
SetOption = Annotated[list[str] | None, typer.Option("--set", help=text("help.sla_set"))]
JsonOption = Annotated[bool, typer.Option("--json", help=text("help.sla_json"))]


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, understood."""

    keeper: Timekeeper
    count: Count
    start: datetime
    pauses: tuple[Pause, ...]
    facts: dict[str, Any]
    at: datetime
    assumed_zone: bool

    def shown(self, moment: datetime) -> str:
        """A moment as people read it."""
        return sla_wording.shown(moment, self.keeper.policy.zone)

    def iso(self, moment: datetime) -> str:
        """A moment as programs read it, in the policy's time zone."""
        return moment.astimezone(self.keeper.policy.zone).isoformat()


@app.command(name="due", help=text("help.sla_due"))
def due(
    clock: ClockOption,
    start: StartOption,
    pause: PauseOption = None,
    facts: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """The deadline and the steps to it."""
    question = _question(clock, start, pause, facts)
    deadline = question.count.due(question.start, question.pauses)
    warn_at = question.count.warn_at(question.start, question.pauses)
    steps = question.count.steps(question.start, question.pauses)
    if as_json:
        answer = {
            "due_at": question.iso(deadline.due_at),
            "warn_at": warn_at and question.iso(warn_at),
            "steps": [sla_wording.step_json(step) for step in steps],
            "warnings": [sla_wording.guessed_json(year) for year in deadline.guessed_years],
        }
        _print_json(_question_json(question) | answer)
        return
    _print_question(question)
    for number, step in enumerate(steps, start=1):
        console.print(f"  {number:>2}. {escape(sla_wording.step_text(step))}")
    console.print(f"[bold]{text('sla.due', at=question.shown(deadline.due_at))}[/]")
    if warn_at is not None:
        console.print(text("sla.warn", at=question.shown(warn_at)))
    for year in deadline.guessed_years:
        console.print(f"[yellow]![/] {sla_wording.guessed_text(year)}")


@app.command(name="elapsed", help=text("help.sla_elapsed"))
def elapsed(  # noqa: PLR0913, PLR0917  # one argument an option
    clock: ClockOption,
    start: StartOption,
    at: AtOption,
    pause: PauseOption = None,
    facts: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """How much counted time lies between the start and a moment."""
    question = _question(clock, start, pause, facts, at)
    gone = question.count.elapsed(question.start, question.at, question.pauses)
    _tell(question, "elapsed", gone, as_json=as_json)


@app.command(name="remaining", help=text("help.sla_remaining"))
def remaining(  # noqa: PLR0913, PLR0917  # one argument an option
    clock: ClockOption,
    start: StartOption,
    at: AtOption,
    pause: PauseOption = None,
    facts: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """How much counted time is left at a moment, or by how much the clock is over."""
    question = _question(clock, start, pause, facts, at)
    left = question.count.remaining(question.start, question.at, question.pauses)
    _tell(question, "remaining", left, as_json=as_json)


@app.command(name="list", help=text("help.sla_list"))
def list_clocks(as_json: JsonOption = False) -> None:
    """All clocks of the policy."""
    keeper = _timekeeper()
    rules = keeper.sla.clocks.values()
    if as_json:
        _print_json([sla_wording.rule_json(rule) for rule in rules])
        return
    columns = (text(f"sla.columns.{name}") for name in ("id", "name", "term", "calendar", "source"))
    table = Table(*(Column(column, no_wrap=place == 0) for place, column in enumerate(columns)))
    for rule in rules:
        by_department = rule.calendar == DEPARTMENT
        calendar = text("sla.of_department") if by_department else keeper.policy.calendars[rule.calendar].name
        table.add_row(rule.id, rule.name, sla_wording.rule_text(rule), calendar, rule.source)
    console.print(table)


def _timekeeper() -> Timekeeper:
    policy = load_settings().root / "policy"
    try:
        calendar = read_calendar(policy / "calendar.yml")
        return Timekeeper(read_sla(policy / "sla.yml", calendar.calendars), calendar)
    except PolicyError as error:
        fail(text("sla.policy_wrong", problem=error))


def _question(
    clock: str, start: str, pause: list[str] | None, facts: list[str] | None, at: str | None = None
) -> Question:
    try:
        return _understood(_timekeeper(), clock, (start, at), pause or [], facts or [])
    except ArgumentProblem as problem:
        first, _, advice = text(f"sla.problems.{problem.code}", **problem.values).partition("\n")
        fail(first, advice, status=BAD_INPUT)


def _understood(
    keeper: Timekeeper, clock: str, moments: tuple[str, str | None], pauses: list[str], facts: list[str]
) -> Question:
    if clock not in keeper.sla.clocks:
        raise ArgumentProblem("unknown_clock", clock=clock, known=", ".join(keeper.sla.clocks))
    known = read_facts(facts)
    missing = keeper.needs(clock, known)
    if missing is not None:
        raise ArgumentProblem("fact_missing", fact=missing, clock=clock)
    reader = Reader(keeper.policy.zone)
    start = reader.moment(moments[0], "--start")
    at = start if moments[1] is None else reader.moment(moments[1], "--at")
    taken = reader.pauses(pauses)
    return Question(keeper, keeper.count(clock, known), start, taken, known, at, reader.assumed_zone)


def _question_json(question: Question) -> sla_wording.Json:
    count = question.count
    return {
        "clock": count.rule.id,
        "name": count.rule.name,
        "source": count.rule.source,
        "term": sla_wording.term_text(count),
        "unit": str(count.term.unit),
        "amount": count.term.amount,
        "calendar": count.calendar.hours.id,
        "time_zone": question.keeper.policy.zone.key,
        "facts": question.facts,
        "start": question.iso(question.start),
        "pauses": [
            {"since": question.iso(pause.since), "until": question.iso(pause.until)}
            for pause in question.pauses
        ],
        "notes": _notes(question),
    }


def _print_question(question: Question) -> None:
    rule = question.count.rule
    console.print(f"[bold]{rule.name}[/]  {rule.id}  {rule.source}")
    console.print(text("sla.term", term=sla_wording.term_text(question.count)))
    console.print(text("sla.start", at=question.shown(question.start)))
    for note in _notes(question):
        console.print(f"[dim]{note}[/]")


def _notes(question: Question) -> list[str]:
    """What was taken for granted."""
    notes = []
    if question.assumed_zone:
        notes.append(text("sla.assumed_zone", zone=question.keeper.policy.zone.key))
    if question.pauses and not question.count.rule.pauses:
        notes.append(text("sla.never_pauses"))
    return notes


def _tell(question: Question, what: str, duration: timedelta, *, as_json: bool) -> None:
    over = duration < timedelta()
    words = text("sla.over" if over else f"sla.{what}", duration=sla_wording.duration_text(duration))
    if as_json:
        seconds = duration.total_seconds()
        measure = "working_time" if question.count.term.unit.works else "time"
        answer = {"at": question.iso(question.at), "measure": measure, f"{what}_seconds": seconds}
        _print_json(_question_json(question) | answer | {"text": words})
        return
    _print_question(question)
    console.print(text("sla.at", at=question.shown(question.at)))
    console.print(f"[bold]{words}[/]")


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
