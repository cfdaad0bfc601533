"""A mistake in policy/ stops the start and names file, rule and field; the shipped routing does what R1-1.3 asks."""

import itertools
import re
import shutil
from pathlib import Path

import pytest

from backend import policy
from backend.policy import PolicyError
from backend.settings import PROJECT_ROOT

FILE = "routing.yml"
GOOD = """\
departments: {people: 客服一线, quality: 质量部}
rules:
  - {id: quality, when: 'ticket.kind == "quality_complaint"', department: quality, source: R1-1.3}
  - {id: rest, when: "true", department: people, source: R10-6.1.1}
"""
HAZARDS = "hazards.yml"
DANGERS = "source: R7-4.4.5\nwords: [冒烟, 触电]\n"
FIRST_CONDITION = """'ticket.kind == "quality_complaint"'"""


def written(directory: Path, text: str, dangers: str = DANGERS) -> Path:
    """The shipped policy with a routing and dangers of the test's own."""
    shutil.copytree(PROJECT_ROOT / "policy", directory, dirs_exist_ok=True)
    escalation = directory / "escalation.yml"
    its_own = escalation.read_text(encoding="utf-8").replace("reassign: hazard, ", "")
    escalation.write_text(its_own, encoding="utf-8")
    desk = directory / "desk.yml"
    desk.write_text(re.sub(r"departments: \[.*?\], ", "", desk.read_text(encoding="utf-8")), encoding="utf-8")
    (directory / FILE).write_text(text, encoding="utf-8")
    (directory / HAZARDS).write_text(dangers, encoding="utf-8")
    return directory


def refused(directory: Path) -> tuple[str, str, str]:
    with pytest.raises(PolicyError) as caught:
        policy.load(directory)
    error = caught.value
    assert f"{error.file}: rule {error.rule!r}, field {error.field!r}: " in str(error)
    assert error.problem
    return error.file, error.rule, error.field


def test_a_right_policy_loads(tmp_path: Path):
    loaded = policy.load(written(tmp_path, GOOD))
    assert [(rule.id, rule.department, rule.source) for rule in loaded.routing] == [
        ("quality", "质量部", "R1-1.3"),
        ("rest", "客服一线", "R10-6.1.1"),
    ]
    assert loaded.routing_rule("rest").department == "客服一线"


@pytest.mark.parametrize(
    ("old", "new", "rule", "field"),
    [
        (f"when: {FIRST_CONDITION}, ", "", "quality", "when"),
        (", source: R1-1.3", "", "quality", "source"),
        ("department: quality, ", "", "quality", "department"),
        ("id: quality, ", "", "0", "id"),
        ("id: quality", 'id: ""', "", "id"),
        ("source: R1-1.3", "source: R1-1.3, weight: 3", "quality", "weight"),
        ("rules:", "colour: red\nrules:", "-", "colour"),
        (FIRST_CONDITION, "'ticket.kind =='", "quality", "when"),
        (FIRST_CONDITION, "'ticket.colour == 1'", "quality", "when"),
        (FIRST_CONDITION, "'colour == 1'", "quality", "when"),
        (FIRST_CONDITION, "'ticket.kind'", "quality", "when"),
        (FIRST_CONDITION, "'1 + 1'", "quality", "when"),
        (FIRST_CONDITION, '""', "quality", "when"),
        (FIRST_CONDITION, "1", "quality", "when"),
        (FIRST_CONDITION, "[true]", "quality", "when"),
        ("department: quality", "department: colour", "quality", "department"),
        ("department: quality", "department: 质量部", "quality", "department"),
        ('when: "true"', "when: ticket.hazard", "rest", "when"),
        ('when: "true"', "when: ticket.hazard || !ticket.hazard", "rest", "when"),
        ('when: "true"', 'when: "false"', "rest", "when"),
        ("R10-6.1.1", "the-boss-said-so", "rest", "source"),
        ("R10-6.1.1", '""', "rest", "source"),
        ("R10-6.1.1", "6.1.1", "rest", "source"),
        ("R10-6.1.1", "R10d-6", "rest", "source"),
        ("quality: 质量部", "quality: [质量部]", "-", "quality"),
        ("{people: 客服一线, quality: 质量部}", "{}", "-", "departments"),
        ("departments: {people: 客服一线, quality: 质量部}\n", "", "-", "departments"),
    ],
)
def test_a_mistake_is_named_with_its_rule_and_field(
    tmp_path: Path, old: str, new: str, rule: str, field: str
):
    assert GOOD.count(old) == 1
    assert refused(written(tmp_path, GOOD.replace(old, new))) == (FILE, rule, field)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "just text",
        "rules: [",
        "a: b: c",
        "departments: {a: b}\nrules: 3",
        "departments: {a: b}\nrules: []",
    ],
)
def test_a_file_that_is_no_policy_is_named(tmp_path: Path, text: str):
    assert refused(written(tmp_path, text))[:2] == (FILE, "-")


def test_a_rule_that_is_no_mapping_is_named_by_its_place(tmp_path: Path):
    assert refused(written(tmp_path, GOOD.replace("rules:", "rules:\n  - nonsense")))[:2] == (FILE, "0")


def test_a_missing_file_is_named(tmp_path: Path):
    assert refused(tmp_path) == (FILE, "-", "-")
    assert refused(tmp_path / "nowhere") == (FILE, "-", "-")


@pytest.mark.parametrize(
    ("dangers", "field"),
    [
        ("source: R7-4.4.5", "words"),
        ("source: R7-4.4.5\nwords: []", "words"),
        ("words: [冒烟]", "source"),
        ("source: common sense\nwords: [冒烟]", "source"),
        (DANGERS + "colour: red", "colour"),
        ("words: [", "-"),
        ("", "-"),
    ],
)
def test_a_mistake_in_the_dangers_is_named(tmp_path: Path, dangers: str, field: str):
    assert refused(written(tmp_path, GOOD, dangers)) == (HAZARDS, "-", field)


def test_an_empty_word_would_make_everything_a_danger(tmp_path: Path):
    assert refused(written(tmp_path, GOOD, 'source: R7-4.4.5\nwords: [冒烟, ""]'))[0] == HAZARDS


@pytest.mark.parametrize(
    ("text", "dangerous"),
    [("热水器冒烟了", True), ("刚才触电了！", True), ("热水器漏水", False), ("", False), ("冒 烟", False)],
)
def test_a_text_that_names_a_danger_is_one(tmp_path: Path, text: str, dangerous: bool):
    assert policy.load(written(tmp_path, GOOD)).sounds_hazardous(text) is dangerous


@pytest.mark.parametrize(
    "text",
    [
        "插座冒烟了",
        "冰箱着火了",
        "洗衣机漏电，被电到了",
        "热水器爆炸了",
        "厨房有煤气味，燃气泄漏",
        "孩子受伤了",
    ],
)
def test_the_shipped_dangers_of_smoke_fire_current_gas_explosion_and_injury_are_known(text: str):
    assert policy.load(PROJECT_ROOT / "policy").sounds_hazardous(text)


@pytest.mark.parametrize(
    "text", ["热水器漏水", "空调不制冷", "快递没到", "客服态度差", "想问下保修多久", "遥控器字太小"]
)
def test_ordinary_complaints_name_no_danger(text: str):
    assert not policy.load(PROJECT_ROOT / "policy").sounds_hazardous(text)


def test_a_file_in_another_encoding_is_named(tmp_path: Path):
    (tmp_path / FILE).write_bytes(GOOD.encode("gb18030"))
    assert refused(tmp_path) == (FILE, "-", "-")


@pytest.mark.parametrize(
    "condition",
    [
        'ticket.hazard && ticket.colour == "red"',
        'ticket.kind == "quality_complaint" && ticket.colour == "red"',
        'ticket.severity == "grave" && ticket.intake == "raw" && ticket.colour == "red"',
        'ticket.hazard ? "yes" : true',
    ],
)
def test_a_mistake_behind_a_condition_that_seldom_holds_stops_the_start_too(tmp_path: Path, condition: str):
    """Else it would stop the filing of the first hazardous ticket instead."""
    directory = written(tmp_path, GOOD.replace(FIRST_CONDITION, f"'{condition}'"))
    assert refused(directory) == (FILE, "quality", "when")


def test_two_rules_of_one_id_are_refused(tmp_path: Path):
    """The timeline names the rule that acted and its clause: the id must lead to one rule."""
    assert refused(written(tmp_path, GOOD.replace("id: rest", "id: quality")))[2] == "id"


def test_the_version_follows_the_content(tmp_path: Path):
    first = policy.load(written(tmp_path, GOOD)).version
    assert policy.load(written(tmp_path, GOOD)).version == first
    changed = policy.load(written(tmp_path, GOOD.replace("质量部", "品质部"))).version
    with_danger = policy.load(written(tmp_path, GOOD, DANGERS.replace("冒烟", "着火"))).version
    (tmp_path / "nobody-reads.yml").write_text("{}", encoding="utf-8")
    extended = policy.load(tmp_path).version
    (tmp_path / "nobody-reads.yml").rename(tmp_path / "other.yml")
    renamed = policy.load(tmp_path).version
    versions = {first, changed, with_danger, extended, renamed}
    assert len(versions) == 5
    assert all(len(version) == 12 and int(version, 16) >= 0 for version in versions)


KINDS = (
    "quality_complaint",
    "service_complaint",
    "suggestion",
    "repair_request",
    "return_exchange",
    "inquiry",
)
BY_KIND = {
    "quality_complaint": "质量部",  # R1-1.3 (3): quality goes to the quality department
    "service_complaint": "服务主管",  # R3b-28: whoever complains is seen to by the service supervisor
    "suggestion": "客户关系组",  # R3a-2
    "repair_request": "维修调度组",  # R3b-8: to the supervisor for dispatch
    "return_exchange": "客服一线",
    "inquiry": "客服一线",  # R10-6.1.1: whoever takes an enquiry answers it
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_policy_routes_every_ticket(kind: str):
    """Danger first (R7-4.4.5), then bare transcripts to people (R3b-28), then by kind; severity changes nothing."""
    shipped = policy.load(PROJECT_ROOT / "policy")
    for hazard, severity, intake in itertools.product(
        (True, False), ("minor", "serious", "grave"), ("complete", "incomplete", "raw")
    ):
        route = shipped.route({"kind": kind, "hazard": hazard, "severity": severity, "intake": intake})
        expected = "安全应急组" if hazard else "客服一线" if intake == "raw" else BY_KIND[kind]
        assert route.department == expected, (hazard, severity, intake)


@pytest.mark.parametrize(
    ("facts", "rule", "source"),
    [
        ({"hazard": True}, "hazard-first", "R7-4.4.5"),
        ({"hazard": True, "intake": "raw"}, "hazard-first", "R7-4.4.5"),
        ({"intake": "raw"}, "transcript-to-people", "R3b-28"),
        ({"kind": "quality_complaint"}, "quality-complaint", "R1-1.3"),
        ({"kind": "service_complaint"}, "service-complaint", "R3b-28"),
        ({"kind": "suggestion"}, "suggestion", "R3a-2"),
        ({"kind": "repair_request"}, "repair", "R3b-8"),
        ({"kind": "return_exchange"}, "everything-else", "R10-6.1.1"),
        ({}, "everything-else", "R10-6.1.1"),
    ],
)
def test_each_shipped_rule_acts_and_cites_its_clause(facts: dict, rule: str, source: str):
    shipped = policy.load(PROJECT_ROOT / "policy")
    ticket = {"kind": "inquiry", "hazard": False, "severity": "minor", "intake": "complete"} | facts
    acted = shipped.route(ticket)
    assert (acted.id, acted.source) == (rule, source)
    assert shipped.routing_rule(rule) is acted
