"""`yingsheng sla`: what it answers, and that what it cannot use is named in Chinese with exit code 2."""

import json

import pytest
from click.testing import Result
from typer.testing import CliRunner

from cli.sla import app

START = ("--start", "2026-09-30T17:00")
QUALITY = ("--set", "department=质量部")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def answer(*arguments: str) -> dict:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_due_tells_the_deadline_and_the_way_to_it():
    result = run("due", "--clock", "first_contact", *START, *QUALITY)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["首次联系客户", "first_contact", "R10-6.1.3"]
    assert "到期  2026-10-08 周四 12:00" in lines
    assert "预警  2026-10-08 周四 11:00" in lines
    assert any("09-30 17:00 至 18:00 计 1 小时，累计 1 小时" in line for line in lines)
    assert sum("国庆节" in line for line in lines) == 7
    assert any("10-08 09:00 至 12:00 计 3 小时，累计 4 小时" in line for line in lines)


def test_json_says_the_same_to_programs():
    found = answer("due", "--clock", "plan", *START, *QUALITY, "--pause", "2026-10-08T10:00/2026-10-08T11:00")
    assert found["due_at"] == "2026-10-09T09:30:00+08:00"
    assert (found["source"], found["calendar"], found["warnings"]) == ("R10-6.2.2", "office", [])
    assert [(step["since"][:16], step["hours"]) for step in found["steps"] if step["kind"] == "paused"] == [
        ("2026-10-08T10:00", 1.0)
    ]
    counted = [step for step in found["steps"] if step["kind"] == "counted"]
    assert sum(step["hours"] for step in counted) == counted[-1]["total_hours"] == 8
    assert counted[-1]["until"] == found["due_at"]


def test_a_time_without_zone_is_beijing_time_and_said_to_be():
    bare = answer("due", "--clock", "plan", *START)
    zoned = answer("due", "--clock", "plan", "--start", "2026-09-30T09:00:00Z")
    assert bare["start"] == zoned["start"] == "2026-09-30T17:00:00+08:00"
    assert bare["due_at"] == zoned["due_at"]
    assert ["Asia/Shanghai" in note for note in bare["notes"]] == [True]
    assert zoned["notes"] == []


def test_a_year_without_official_calendar_is_warned_of():
    found = answer("due", "--clock", "callback", "--start", "2026-12-31T17:00+08:00")
    assert [(warning["code"], warning["year"]) for warning in found["warnings"]] == [
        ("no_official_calendar", 2027)
    ]
    shown = run("due", "--clock", "callback", "--start", "2026-12-31T17:00+08:00")
    assert "2027 年还没有官方放假安排" in shown.stdout


@pytest.mark.parametrize(("distance", "due_at"), [("300", "24"), ("450", "25"), ("1001", "26")])
def test_facts_choose_the_amount(distance: str, due_at: str):
    arguments = (
        "--clock",
        "arrival_distance",
        "--start",
        "2026-11-23T10:00",
        "--set",
        f"distance_km={distance}",
    )
    assert answer("due", *arguments)["due_at"] == f"2026-11-{due_at}T10:00:00+08:00"


def test_elapsed_and_remaining():
    at = ("--at", "2026-10-08T10:30")
    asked = ("--clock", "plan", *START, *QUALITY)
    assert answer("elapsed", *asked, *at)["elapsed_seconds"] == 2.5 * 3600
    assert answer("remaining", *asked, *at)["remaining_seconds"] == 5.5 * 3600
    assert answer("remaining", *asked, "--at", "2026-10-12T09:00")["remaining_seconds"] == -15.5 * 3600
    assert "还剩  5 小时 30 分" in run("remaining", *asked, *at).stdout
    assert "已用  2 小时 30 分" in run("elapsed", *asked, *at).stdout
    assert "超出  15 小时 30 分" in run("remaining", *asked, "--at", "2026-10-12T09:00").stdout


def test_a_pause_on_a_clock_that_never_pauses_is_counted_and_remarked():
    found = answer("due", "--clock", "outermost", "--start", "2026-11-03T10:00+08:00", "--pause",
                   "2026-11-04T10:00+08:00/2026-11-05T10:00+08:00")  # fmt: skip
    assert found["due_at"] == "2026-11-19T23:59:59+08:00"
    assert ["并不暂停" in note for note in found["notes"]] == [True]


def test_list_names_all_clocks_with_their_clauses():
    listed = answer("list")
    assert {"pass_on", "first_contact", "arrival_distance", "outermost"} <= {clock["id"] for clock in listed}
    assert all(clock["source"] and clock["name"] and clock["term"] for clock in listed)
    shown = run("list").stdout
    assert all(clock["id"] in shown for clock in listed)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--clock", "nonsense", *START), "nonsense"),
        (("--clock", "plan", "--start", "yesterday"), "yesterday"),
        (("--clock", "plan", "--start", "2026-02-30T10:00"), "2026-02-30T10:00"),
        (("--clock", "plan", "--start", "1066-10-14"), "1066-10-14"),
        (("--clock", "plan", *START, "--pause", "2026-10-08T10:00"), "2026-10-08T10:00"),
        (("--clock", "plan", *START, "--pause", "a/b"), "--pause"),
        (("--clock", "plan", *START, "--pause", "2026-10-08T10:00/2026-10-08T09:00"), "早于"),
        (("--clock", "arrival_distance", *START), "--set distance_km"),
        (("--clock", "plan", *START, "--set", "distance_km"), "distance_km"),
        (("--clock", "plan", *START, "--set", "distance_km=far"), "far"),
        (("--clock", "plan", *START, "--set", "distance_km=-1"), "-1"),
        (("--clock", "plan", *START, "--set", "distance_km=nan"), "nan"),
        (("--clock", "plan", *START, "--set", "colour=red"), "colour"),
        (("--clock", "plan", *START, "--set", "kind=red"), "red"),
        (("--clock", "plan", *START, "--set", "area=city", "--set", "area=suburb"), "area"),
    ],
)
def test_what_cannot_be_used_is_named(arguments: tuple[str, ...], named: str):
    result = run("due", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert named in result.stderr
    assert any("一" <= character <= "鿿" for character in result.stderr)
