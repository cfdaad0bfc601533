import re
from pathlib import Path

import yaml

from cli.messages import MESSAGES_FILE, has, text
from runtime.settings import PROJECT_ROOT

SOURCES = [*(PROJECT_ROOT / "cli").glob("*.py"), *(PROJECT_ROOT / "runtime").glob("*.py")]


def _source(paths: list[Path]) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def test_every_wording_that_is_named_exists() -> None:
    named = set(re.findall(r'\btext\(\s*"([a-z_.-]+)"', _source(SOURCES)))
    assert named
    assert sorted(key for key in named if not has(key)) == []


def test_every_problem_has_its_wording() -> None:
    codes = set(re.findall(r'StackProblem\(\s*"([a-z_]+)"', _source(SOURCES))) | {
        "program_late",
        "program_failed",
    }
    assert sorted(code for code in codes if not has(f"problems.{code}")) == []


def test_every_step_and_program_has_its_wording() -> None:
    steps = set(re.findall(r'(?:SetupStep|progress\.step|Program)\(\s*"([a-z-]+)"', _source(SOURCES)))
    assert {"train", "postgres", "web-build", "database"} <= steps
    assert sorted(step for step in steps if not has(f"steps.{step}")) == []


def test_every_finding_of_the_doctor_has_its_wording() -> None:
    source = _source([PROJECT_ROOT / "cli" / "doctor_checks.py"])
    wordings = set(re.findall(r'Verdict\.[A-Z]+, "([a-z_]+)"', source))
    assert sorted(word for word in wordings if not has(f"doctor.{word}")) == []
    advised = set(re.findall(r'Finding\(Verdict\.(?:BAD|WARNING), "([a-z_]+)"', source))
    assert sorted(word for word in advised if not has(f"doctor.advice.{word}")) == []


def test_no_chinese_in_code() -> None:
    assert not re.search(r"[\u4e00-\u9fff]", _source(SOURCES))


def test_placeholders_are_filled() -> None:
    assert text("seconds", seconds=3) == "3 秒"
    assert isinstance(yaml.safe_load(MESSAGES_FILE.read_text(encoding="utf-8")), dict)
