"""Every code that a decision or an import can name has its words, and no words are left over."""

import re
import string

import pytest

from backend import policy
from backend.settings import PROJECT_ROOT
from backend.warranty.facts import Cause
from backend.warranty.outcome import RemedyKind, ServiceClass, State
from backend.warranty.rows import REQUIRED, Kind
from backend.warranty.sheet_wording import sheet_wording
from backend.warranty.standing import Origin

WORDING = policy.load(PROJECT_ROOT / "policy").warranty_wording
SOURCE = "\n".join(
    path.read_text(encoding="utf-8") for path in (PROJECT_ROOT / "backend" / "warranty").glob("*.py")
)


def section(name: str) -> set[str]:
    return {key for part, key in WORDING.written if part == name}


def test_reasons_and_contradictions():
    named = set(re.findall(r'(?:Reason|Contradiction)\(\s*"([a-z_]+)"', SOURCE))
    named |= set(re.findall(r'\("(counted_[a-z_]+)"', SOURCE)) | set(re.findall(r'"(period_[a-z]+)"', SOURCE))
    named |= {f"charged_{cause}" for cause in Cause if cause is not Cause.QUALITY}
    known = {name.removesuffix("_about") for name in section("reasons")}
    assert named - known == set()
    assert known - named == set()


def test_questions_facts_remedies_and_states():
    asked = {origin.value for origin in Origin} | {
        "product",
        "model",
        "proof",
        "part",
        "cause",
        "remote",
        "safety_fault",
    }
    asked |= {"model_alike", "failed_repairs", "repairs", "mileage_km", "contract"}
    assert section("questions") == asked
    assert {origin.value for origin in Origin} == section("facts")
    assert {str(kind) for kind in RemedyKind} == section("remedies")
    assert {str(state) for state in State} == section("states")
    assert {str(one) for one in ServiceClass} == section("service_classes")


def test_what_is_told_of_paying_are_reasons_or_fees():
    assert section("paying") <= section("reasons")


def test_problems_of_rows_and_files():
    wording = sheet_wording()
    problems = set(re.findall(r'CellError\(\s*"([a-z_]+)"', SOURCE))
    problems |= set(re.findall(r'Problem\(\w+, (?:None|"[a-z_]+"|field), "([a-z_]+)"', SOURCE))
    problems |= set(re.findall(r'\("(?:model|dealer|serial|code|number)", "([a-z_]+)", \w', SOURCE))
    problems |= {"bad_phone"}
    assert problems == set(wording.problems)
    assert set(re.findall(r'SheetError\(\s*"([a-z_]+)"', SOURCE)) == set(wording.files)
    assert set(wording.columns) == {str(kind) for kind in Kind}
    assert all(set(fields) <= set(wording.columns[kind]) for kind, fields in REQUIRED.items())


@pytest.mark.parametrize("kind", list(Kind))
def test_a_column_name_means_one_field(kind: Kind):
    names = [name for names in sheet_wording().columns[kind].values() for name in names]
    assert len(names) == len(set(names))


def test_placeholders_of_spoken_and_written_are_the_same():
    def fields(text: str) -> set[str]:
        return {field for _, field, _, _ in string.Formatter().parse(text) if field}

    assert {
        key for key, text in WORDING.written.items() if fields(text) != fields(WORDING.spoken[key])
    } == set()


def test_no_chinese_in_code():
    assert not re.search(r"[\u4e00-\u9fff]", SOURCE)
