"""`yingsheng warranty decide`: facts from a file, standard input or the line; what is wrong with them is said."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.warranty import app

TOLD = {"product": "沙发", "purchase_date": "2026-01-31", "today": "2026-11-23"}


def run(*arguments: str, standard_input: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["decide", "--json", *arguments], input=standard_input)


@pytest.mark.parametrize("way", ["inline", "file", "bom", "input"])
def test_the_facts_come_from_anywhere(tmp_path: Path, way: str):
    text = json.dumps(TOLD, ensure_ascii=False)
    (tmp_path / "facts.json").write_text(text, encoding="utf-8-sig" if way == "bom" else "utf-8")
    given = {"inline": text, "input": "-"}.get(way, str(tmp_path / "facts.json"))
    result = run(given, standard_input=text if way == "input" else None)
    assert result.exit_code == 0, result.output
    decision = json.loads(result.stdout)
    assert (decision["state"], decision["until"], decision["service_class"]) == ("in", "2027-01-31", "free")
    assert {"R10-4.1.1"} <= {reason["source"] for reason in decision["reasons"]}


def test_to_be_read_it_says_everything():
    result = run(json.dumps(TOLD | {"cause": "misuse"}), "--text")
    assert result.exit_code == 0
    for words in ("沙发保修到2027年1月31日", "R10-4.1.2", "配件优惠20%", "修理"):
        assert words in result.stdout


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ('{"product": ', "不是有效的 JSON"),
        ("[1]", "应当是一个 JSON 对象"),
        ("/nowhere/facts.json", "读不了"),
        ('{"colour": 1}', "没有“colour”这一项"),
        ('{"purchase_date": "2026-02-30"}', "purchase_date"),
        ('{"purchase_date": 20260101}', "purchase_date"),
        ('{"cause": "bad luck"}', "misuse"),
        ('{"repairs": [{"back": "2026-01-01"}]}', "缺少“repairs.0.handed_in”"),
        ('{"product": ""}', "product"),
        ("[" * 100_000, "JSON"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_decided(given: str, words: str):
    result = run(given)
    assert result.exit_code == 1
    assert words in result.stderr
    assert result.stdout == ""


def test_facts_that_contradict_each_other_are_decided_as_such():
    result = run(json.dumps(TOLD | {"purchase_date": "2026-12-01"}))
    assert result.exit_code == 0
    decision = json.loads(result.stdout)
    assert (decision["state"], decision["service_class"]) == ("contradictory", "unknown")
    assert [one["code"] for one in decision["contradictions"]] == ["in_the_future"]
