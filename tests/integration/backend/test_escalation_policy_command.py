"""`yingsheng policy`: check without a database; explain and replay from what was noted at each event."""

import asyncio
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import delete
from typer.testing import CliRunner, Result

from backend import policy
from backend.clock import SHANGHAI
from backend.escalation import replaying
from backend.escalation.models import EscalationTrigger
from backend.settings import PROJECT_ROOT
from cli import database_access
from cli import policy as policy_command
from tests.integration.backend.conftest import Running
from tests.integration.backend.escalation_scenes import ticket_of

LONG_AGO = datetime(2020, 1, 1, tzinfo=SHANGHAI)
RULES = "rules:\n  # safety\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(policy_command.app, [str(argument) for argument in arguments])


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A copy of the shipped policy, for changing."""
    directory = tmp_path / "policy"
    shutil.copytree(PROJECT_ROOT / "policy", directory)
    return directory


def edit(directory: Path, old: str, new: str) -> None:
    path = directory / "escalation.yml"
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def on_this_database(running: Running, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command reads the test's database."""

    class Reachable:
        def __init__(self, _settings: object) -> None:
            pass

        def __enter__(self) -> str:
            return database_url

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(database_access, "reachable_database", Reachable)


def test_the_shipped_policy_is_right_and_doubtful_only_where_the_company_has_to_set_values(changed: Path):
    result = run("check")
    assert result.exit_code == 0
    assert policy.load(PROJECT_ROOT / "policy").version in result.output
    assert [line.split("”")[0] for line in result.output.splitlines() if line.startswith("!")] == [
        "! dispatch.yml：规则“regions",
        "! fees.yml：规则“tables",
    ]
    assert run("check", "--strict").exit_code == 1
    for name, line in (
        ("dispatch.yml", "placeholders: [regions]\n"),
        ("fees.yml", "placeholders: [tables]\n"),
    ):
        path = changed / name
        path.write_text(path.read_text(encoding="utf-8").replace(line, ""), encoding="utf-8")
    ready = run("check", "--policy", changed, "--strict")
    assert (ready.exit_code, "!" in ready.output) == (0, False)


def test_a_mistake_is_named_with_file_rule_and_field(changed: Path):
    edit(changed, 'ticket.severity == "grave"', 'ticket.severity == "gross"')
    result = run("check", "--policy", changed)
    assert result.exit_code == 1
    for word in ("escalation.yml", "grave-complaint", "when", "gross"):
        assert word in result.output


def test_a_doubt_is_told_and_fails_only_if_strict(changed: Path):
    rule = "  - {id: probe, name: 试, on: [filed], when: 'ticket.urged > 3 && ticket.urged < 2', then: {level: gm}, source: R4}\n"
    edit(changed, RULES, RULES + rule)
    relaxed, strict = run("check", "--policy", changed), run("check", "--policy", changed, "--strict")
    assert (relaxed.exit_code, strict.exit_code) == (0, 1)
    assert "escalation.yml：规则“probe”永远不会触发" in relaxed.output


async def test_each_rule_is_explained_with_the_values_of_its_parts(running: Running, on_this_database: None):
    number = await ticket_of(running, signals={"anger": 2})
    result = await asyncio.to_thread(run, "explain", number)
    assert result.exit_code == 0, result.output
    told = result.output
    fired, silent = told.index("✔ anger 客户很生气"), told.index("– fury 客户极度愤怒")
    assert fired < silent
    assert "    成立  signals.anger >= 2\n" in told[fired:silent]
    assert "不成立  signals.anger >= 3" in told[silent:]
    assert "signals.anger = 2" in told
    assert "outermost-passed" not in told
    everything = await asyncio.to_thread(run, "explain", number, "--all")
    assert "outermost-passed" in everything.output


async def test_an_unknown_ticket_is_said_to_be_unknown(running: Running, on_this_database: None):
    result = await asyncio.to_thread(run, "explain", "26112399999")
    assert result.exit_code == 1
    assert "26112399999" in result.output


async def test_the_policy_in_force_does_to_past_tickets_what_it_did(running: Running, on_this_database: None):
    await ticket_of(running, severity="grave", signals={"anger": 3})
    await ticket_of(running, hazard=True)
    result = await asyncio.to_thread(run, "replay", "--since", "2020-01-01")
    assert result.exit_code == 0, result.output
    assert "0 张" in result.output


async def test_a_changed_policy_shows_what_it_would_have_done(
    running: Running, on_this_database: None, changed: Path
):
    angry = await ticket_of(running, signals={"anger": 2})
    calm = await ticket_of(running)
    edit(changed, "when: signals.anger >= 2", "when: signals.anger >= 3")
    edit(
        changed,
        RULES,
        RULES
        + "  - {id: probe, name: 试, on: [filed], when: signals.anger == 2, then: {level: gm}, source: R4}\n",
    )
    result = await asyncio.to_thread(run, "replay", "--since", "2020-01-01", "--policy", str(changed))
    assert result.exit_code == 0, result.output
    assert angry in result.output
    assert calm not in result.output
    assert "+ probe 试 → 总经理" in result.output
    assert "− anger 客户很生气 → 服务主管" in result.output


async def test_only_tickets_since_that_day_are_looked_at(
    running: Running, on_this_database: None, changed: Path
):
    await ticket_of(running, signals={"anger": 2})
    edit(changed, "when: signals.anger >= 2", "when: signals.anger >= 3")
    result = await asyncio.to_thread(run, "replay", "--since", "2100-01-01", "--policy", str(changed))
    assert "0 张" in result.output


async def test_a_ticket_without_notes_is_explained_as_it_is_now(running: Running):
    house = running.parts.house
    number = await ticket_of(running, signals={"threat": True})
    async with house.database.transaction() as session:
        await session.execute(delete(EscalationTrigger))
    async with house.database.transaction() as session:
        stories = await replaying.stories(session, house.policy, number, house.clock.now())
    threat = next(story for story in stories if story.rule.id == "threat")
    assert threat.fired_at is not None
    assert threat.explanation is not None
    assert threat.explanation.holds


async def test_without_another_policy_the_record_is_what_is_compared_with(running: Running):
    house = running.parts.house
    number = await ticket_of(running, severity="grave")
    async with house.database.transaction() as session:
        found = [each async for each in replaying.differences(session, LONG_AGO, (), None)]
    assert [(each.ticket_number, each.added, each.removed) for each in found] == [
        (number, [], [("grave-complaint", "deputy_gm")])
    ]
