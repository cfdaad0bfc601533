"""How `yingsheng sla` words clocks, moments, amounts and steps."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from backend.policy.clock_rules import ClockRule
from backend.sla.counting import Count
from backend.sla.explanation import Step, StepKind
from cli.messages import text

Json = dict[str, Any]
SECONDS_A_MINUTE, MINUTES_AN_HOUR = 60, 60


def shown(moment: datetime, zone: ZoneInfo) -> str:
    """A moment with its weekday; seconds only if there are any."""
    local = moment.astimezone(zone)
    clock = local.strftime("%H:%M:%S" if local.second else "%H:%M")
    return f"{local:%Y-%m-%d} {text(f'sla.weekdays.d{local.isoweekday()}')} {clock}"


def amount_text(amount: float, unit: str) -> str:
    """So much of a unit."""
    return text(f"sla.units.{unit}", amount=f"{amount:g}")


def term_text(count: Count) -> str:
    """The term of a clock, and on whose calendar it is counted."""
    words = amount_text(count.term.amount, count.term.unit)
    if count.term.before:
        words = text("sla.before", term=words)
    if count.rule.excepts_holidays:
        words = text("sla.holidays_excepted", term=words)
    if count.term.unit.works:
        words = text("sla.on_calendar", term=words, calendar=count.calendar.hours.name)
    return words


def rule_text(rule: ClockRule) -> str:
    """A rule's term, with all steps of its table."""
    amount = rule.amount
    parts = [
        text("sla.up_to", fact=amount.by, limit=f"{limit:g}", term=amount_text(value, rule.unit))
        for limit, value in amount.steps
    ]
    last = amount_text(amount.beyond, rule.unit)
    words = ", ".join([*parts, text("sla.beyond", term=last)]) if parts else last
    return text("sla.before", term=words) if rule.before else words


def duration_text(duration: timedelta) -> str:
    """Hours, minutes and seconds, without what is nought."""
    minutes, seconds = divmod(round(abs(duration).total_seconds()), SECONDS_A_MINUTE)
    hours, minutes = divmod(minutes, MINUTES_AN_HOUR)
    parts = [("hours", hours), ("minutes", minutes), ("seconds", seconds)]
    words = [text(f"sla.duration.{name}", count=count) for name, count in parts if count]
    return " ".join(words) or text("sla.duration.none")


def step_text(step: Step) -> str:
    """A step as a line."""
    name = text("sla.named", name=step.name) if step.name else ""
    days = (step.since, step.until)
    return text(
        f"sla.steps.{step.kind}",
        day=f"{step.since:%m-%d} {text(f'sla.weekdays.d{step.since.isoweekday()}')}",
        since=f"{step.since:%m-%d %H:%M}",
        until=f"{step.until:%H:%M}"
        if len({day.date() for day in days}) == 1
        else f"{step.until:%m-%d %H:%M}",
        duration=duration_text(timedelta(hours=step.hours)),
        total=duration_text(timedelta(hours=step.count)),
        count=f"{step.count:g}",
        name=name,
    )


def step_json(step: Step) -> Json:
    """A step for programs."""
    counts = {
        StepKind.COUNTED: "total_hours",
        StepKind.COUNTED_DAY: "day",
        StepKind.PAUSED_DAYS: "days",
        StepKind.OMITTED: "steps",
    }
    found: Json = {
        "kind": str(step.kind),
        "since": step.since.isoformat(),
        "until": step.until.isoformat(),
        "text": step_text(step),
    }
    if step.kind in {StepKind.COUNTED, StepKind.PAUSED}:
        found["hours"] = step.hours
    if step.kind in counts:
        found[counts[step.kind]] = step.count
    if step.name:
        found["name"] = step.name
    return found


def guessed_json(year: int) -> Json:
    """The warning that a year's public holidays are not known yet, for programs."""
    return {"code": "no_official_calendar", "year": year, "text": guessed_text(year)}


def guessed_text(year: int) -> str:
    """The same as a line."""
    return text("sla.no_official_calendar", year=year)


def rule_json(rule: ClockRule) -> Json:
    """A clock of the policy for programs."""
    return {
        "id": rule.id,
        "name": rule.name,
        "unit": str(rule.unit),
        "amount": rule.amount.beyond if rule.amount.by is None else None,
        "term": rule_text(rule),
        "by": rule.amount.by,
        "calendar": rule.calendar,
        "starts": sorted(rule.starts),
        "stops": sorted(rule.stops),
        "pauses": rule.pauses,
        "level": rule.level,
        "source": rule.source,
    }
