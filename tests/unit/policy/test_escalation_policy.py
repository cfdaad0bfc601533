"""policy/escalation.yml: mistakes stop the start with file, rule and field; the shipped rules do what the clauses ask."""

import shutil
from pathlib import Path
from typing import get_args

import pytest

from backend import policy
from backend.escalation.rules import decide
from backend.policy import Policy, PolicyError
from backend.policy.escalation_facts import EVENTS, FACTS, Type, cases, mentioned, nested, require_known
from backend.policy.escalation_file import Level, Trigger
from backend.policy.review import Doubt, placeholders, review
from backend.policy.workflow import LEVELS
from backend.settings import PROJECT_ROOT
from backend.tickets import kinds

FILE = "escalation.yml"
ANCHOR = "rules:\n  # safety\n"
CALM: dict[str, object] = {
    "ticket.kind": "quality_complaint",
    "ticket.secondary_kind": "",
    "ticket.severity": "minor",
    "ticket.hazard": False,
    "ticket.intake": "complete",
    "ticket.stage": "recorded",
    "ticket.department": "质量部",
    "ticket.priority": "normal",
    "ticket.level": "agent",
    "ticket.cause_class": "",
    "ticket.claim_amount": 0.0,
    "ticket.repeats": 0,
    "ticket.urged": 0,
    "ticket.reopened": 0,
    "ticket.age_hours": 0.0,
    "ticket.assignee": "",
    "ticket.channel": "web",
    "ticket.demand": "",
    "ticket.awaiting_customer": False,
    "ticket.reply_required": "none",
    "customer.open_tickets": 1,
    "customer.tickets_90d": 1,
    "customer.verified": False,
    "customer.key_customer": False,
    "signals.anger": 0,
    "signals.threat": False,
    "signals.vulnerable": False,
    "signals.repeated": False,
    "signals.wants_human": False,
    "signals.hazard_kind": "",
    "warranty.state": "none",
    "warranty.fee_refused": False,
    "event.type": "filed",
    "event.clock": "",
    "event.stage": "",
}


@pytest.fixture(scope="module")
def shipped() -> Policy:
    return policy.load(PROJECT_ROOT / "policy")


def fired(shipped: Policy, **facts: object) -> dict[str, str]:
    """Rule and level of what fires on a calm ticket with these differences (`ticket__hazard=True`)."""
    flat = CALM | {name.replace("__", "."): value for name, value in facts.items()}
    return {
        firing.rule: firing.level for firing in decide(shipped.escalation.rules, nested(flat), frozenset())
    }


def breached(clock: str, **facts: object) -> dict[str, object]:
    return {"event__type": "clock_breached", "event__clock": clock, **facts}


def edited(directory: Path, *changes: tuple[str, str]) -> Path:
    """A copy of the shipped policy with escalation.yml changed."""
    shutil.copytree(PROJECT_ROOT / "policy", directory, dirs_exist_ok=True)
    path = directory / FILE
    content = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert content.count(old) >= 1, old
        content = content.replace(old, new, 1)
    path.write_text(content, encoding="utf-8")
    return directory


def with_rule(
    directory: Path, when: str, then: str = "{level: gm}", on: str = "[filed]", **more: str
) -> Path:
    extra = "".join(f", {name}: {value}" for name, value in more.items())
    rule = f"""  - {{id: probe, name: 试, on: {on}, when: '{when}', then: {then}, source: R4{extra}}}\n"""
    return edited(directory, (ANCHOR, ANCHOR + rule))


def refused(directory: Path) -> PolicyError:
    with pytest.raises(PolicyError) as caught:
        policy.load(directory)
    return caught.value


def test_the_facts_are_those_of_the_house():
    assert FACTS["ticket.kind"].values == tuple(kinds.Kind)
    assert FACTS["ticket.severity"].values == tuple(kinds.Severity)
    assert FACTS["ticket.stage"].values == tuple(kinds.Stage)
    assert FACTS["ticket.intake"].values == tuple(kinds.Intake)
    assert FACTS["ticket.priority"].values == tuple(kinds.Priority)
    assert FACTS["ticket.level"].values == tuple(kinds.Level) == LEVELS == get_args(Level)
    assert FACTS["ticket.cause_class"].values == ("", *kinds.CauseClass)
    assert get_args(Trigger) == EVENTS
    assert set(CALM) == set(FACTS)


def test_there_are_at_least_25_rules_and_they_cite_what_they_must(shipped: Policy):
    rules = shipped.escalation.rules
    assert len(rules) >= 25
    cited = {rule.source for rule in rules}
    assert {
        "R1-4.3(8)",
        "R3b-14",
        "R3b-26",
        "R3b-27",
        "R3b-28",
        "R7-4.4.5",
        "R10-6.2.4",
        "R10-6.1.5",
    } <= cited
    assert all(rule.source in shipped.clauses for rule in rules)


def test_an_ordinary_complaint_calls_nobody(shipped: Policy):
    assert fired(shipped) == {}
    assert fired(shipped, event__type="changed") == {}
    assert fired(shipped, event__type="stage_changed", event__stage="recorded", ticket__stage="judged") == {}


@pytest.mark.parametrize(
    ("facts", "rule", "level"),
    [
        ({"ticket__severity": "grave"}, "grave-complaint", "deputy_gm"),
        ({"ticket__severity": "grave", "ticket__kind": "suggestion"}, "grave-complaint", "deputy_gm"),
        ({"ticket__hazard": True}, "emergency-hazard", "manager"),
        ({"ticket__hazard": True, "signals__hazard_kind": "injury"}, "emergency-injury", "gm"),
        ({"ticket__kind": "service_complaint", "ticket__severity": "serious"}, "serious-service-complaint", "supervisor"),
        ({"ticket__claim_amount": 1000.0}, "claim-1000", "supervisor"),
        ({"ticket__claim_amount": 10_000.0}, "claim-10000", "manager"),
        ({"ticket__claim_amount": 50_000.0}, "claim-50000", "deputy_gm"),
        ({"ticket__claim_amount": 200_000.0}, "claim-200000", "gm"),
        ({"warranty__state": "out", "warranty__fee_refused": True}, "fee-refused", "gm"),
        ({"signals__threat": True}, "threat", "manager"),
        ({"signals__anger": 2}, "anger", "supervisor"),
        ({"signals__anger": 3}, "fury", "manager"),
        ({"signals__vulnerable": True}, "vulnerable", "supervisor"),
        ({"signals__wants_human": True}, "wants-a-person", ""),
        ({"customer__key_customer": True}, "key-customer", "manager"),
        ({"customer__tickets_90d": 5, "customer__open_tickets": 2}, "frequent-customer", "manager"),
        ({"ticket__repeats": 1}, "repeat-second", "supervisor"),
        ({"signals__repeated": True}, "repeat-second", "supervisor"),
        ({"ticket__repeats": 2}, "repeat-third", "manager"),
        ({"event__type": "stage_changed", "ticket__reopened": 1}, "reopened", "supervisor"),
        ({"event__type": "stage_changed", "ticket__reopened": 2}, "reopened-twice", "manager"),
        ({"event__type": "changed", "ticket__urged": 1}, "urged", ""),
        ({"event__type": "changed", "ticket__urged": 3}, "urged-again", "supervisor"),
        ({"ticket__intake": "incomplete"}, "incomplete-intake", ""),
        ({"ticket__intake": "raw"}, "raw-intake", ""),
        ({"event__type": "stage_changed", "ticket__stage": "responsibility_set"}, "nobody-in-charge", "supervisor"),
        ({"event__type": "stage_changed", "ticket__cause_class": "human"}, "human-cause", ""),
        ({"event__type": "clock_warned", "event__clock": "plan"}, "urge-before-due", ""),
        ({"event__type": "clock_warned", "event__clock": "arrival_city", "ticket__kind": "repair_request"}, "repair-endangered", "supervisor"),
        ({"event__type": "clock_warned", "event__clock": "plan", "signals__vulnerable": True}, "vulnerable-late", "manager"),
        (breached("plan", ticket__hazard=True), "hazard-still-waiting", "deputy_gm"),
        (breached("plan", customer__open_tickets=3), "several-open", "manager"),
        (breached("outermost"), "outermost-passed", "gm"),
        ({"event__type": "level_unacknowledged", "ticket__level": "manager"}, "unacknowledged", ""),
        ({"event__type": "level_unacknowledged", "ticket__level": "gm"}, "unacknowledged-at-the-top", ""),
    ],
)  # fmt: skip
def test_each_shipped_rule_calls_whom_its_clause_asks_for(
    shipped: Policy, facts: dict, rule: str, level: str
):
    assert fired(shipped, **facts).get(rule) == level


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"ticket__claim_amount": 999.99}, "claim-1000"),
        ({"ticket__claim_amount": 9_999.99}, "claim-10000"),
        ({"signals__anger": 1}, "anger"),
        ({"signals__anger": 2}, "fury"),
        ({"warranty__state": "in", "warranty__fee_refused": True}, "fee-refused"),
        ({"warranty__state": "out"}, "fee-refused"),
        ({"customer__tickets_90d": 4, "customer__open_tickets": 4}, "frequent-customer"),
        ({"ticket__repeats": 2, "signals__repeated": True}, "repeat-second"),
        ({"signals__vulnerable": True, "ticket__kind": "suggestion"}, "vulnerable"),
        ({"ticket__severity": "serious"}, "serious-service-complaint"),
        ({"event__type": "clock_warned", "ticket__awaiting_customer": True}, "urge-before-due"),
        ({"event__type": "stage_changed", "ticket__stage": "responsibility_set", "ticket__assignee": "wang"}, "nobody-in-charge"),
        ({"event__type": "clock_breached", "event__clock": "plan"}, "outermost-passed"),
        ({"ticket__intake": "raw", "ticket__hazard": True}, "raw-intake"),
    ],
)  # fmt: skip
def test_a_rule_stays_silent_just_below_its_line(shipped: Policy, facts: dict, rule: str):
    assert rule not in fired(shipped, **facts)


def test_a_hazard_opens_an_emergency_and_a_grave_one_is_answered_in_writing(shipped: Policy):
    rules = {rule.id: rule for rule in shipped.escalation.rules}
    assert rules["emergency-hazard"].then.emergency
    assert rules["emergency-hazard"].then.reassign == "安全应急组"
    assert "all_hands" in rules["emergency-hazard"].then.notify
    assert rules["grave-complaint"].then.written_reply
    assert rules["grave-complaint"].then.priority == "urgent"
    assert next(iter(shipped.escalation.emergency.tasks)) == "safety_advice"


def test_every_clock_that_runs_out_calls_somebody(shipped: Policy):
    clocks = [clock for clock in shipped.sla.clocks if not clock.startswith("ack_")]
    assert len(clocks) >= 10
    for clock in clocks:
        called = {level for level in fired(shipped, **breached(clock)).values() if level}
        assert called, clock


def test_every_rule_can_fire(shipped: Policy):
    for rule in shipped.escalation.rules:
        reached = [case for case in cases(rule.when, sorted(rule.on)) if rule.condition.execute(case)]
        assert reached, rule.id


def test_nothing_is_doubtful_about_the_shipped_policy(shipped: Policy):
    assert review(shipped) == []


def test_values_that_are_examples_are_named_until_the_company_has_set_them(shipped: Policy, tmp_path: Path):
    assert [(f.file, f.rule) for f in placeholders(shipped)] == [
        ("dispatch.yml", "regions"),
        ("fees.yml", "tables"),
    ]
    edited(tmp_path)
    fees = tmp_path / "fees.yml"
    fees.write_text(fees.read_text(encoding="utf-8").replace("placeholders: [tables]\n", ""))
    assert [f.file for f in placeholders(policy.load(tmp_path))] == ["dispatch.yml"]
    fees.write_text(fees.read_text(encoding="utf-8") + "placeholders: [prices]\n")
    assert (refused(tmp_path).file, "placeholders" in str(refused(tmp_path))) == ("fees.yml", True)


@pytest.mark.parametrize(
    ("old", "new", "field", "problem"),
    [
        ("due: {notify: [supervisor]", "due: {notify: [nobody]", "notify", "'nobody'"),
        ("前通知客户并派人续签", "前通知{who}", "text", "{who} is none of contract"),
        ('，应在{due}前通知客户，现已超期", source: R3b-20', '", source: R3b-99', "source", "R3b-99"),
    ],
)
def test_a_mistake_in_what_is_told_of_contracts_is_named(
    tmp_path: Path, old: str, new: str, field: str, problem: str
):
    error = refused(edited(tmp_path, (old, new)))
    assert (error.file, error.field) == (FILE, field)
    assert problem in str(error)


def test_yaml_reads_the_key_on_as_a_word(tmp_path: Path):
    loaded = policy.load(with_rule(tmp_path, "ticket.hazard"))
    assert loaded.escalation.rules[0].on == {"filed"}


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        ("ticket.colour == 1", "ticket.colour"),
        ("signal.threat", "signal"),
        ("ticket.hazard && ticket.colour == 1", "ticket.colour"),
        ("ticket", "ticket must be followed"),
        ('ticket["kind"] == "inquiry"', "ticket must be followed"),
        ('ticket.severity == "grav"', "never"),
        ('ticket.severity in ["grave", "huge"]', "huge"),
        ('"huge" == ticket.severity', "huge"),
        ("ticket.severity == 3", "text"),
        ("ticket.hazard == 1", "true or false"),
        ('ticket.claim_amount > "1000"', "number"),
        ("ticket.severity > ticket.claim_amount", "overload"),
        ("ticket.kind ==", "compile"),
        ("ticket.kind", "instead of true or false"),
        ("signals.anger", "instead of true or false"),
        ("ticket.hazard ? 1 : true", "instead of true or false"),
        ("ticket.claim_amount + ticket.repeats > 3", "coerce"),
        ("tickets_90d > 3", "tickets_90d"),
    ],
)
def test_a_wrong_condition_is_named(tmp_path: Path, condition: str, problem: str):
    error = refused(with_rule(tmp_path, condition))
    assert (error.file, error.rule, error.field) == (FILE, "probe", "when")
    assert problem in error.problem


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"then": "{level: king}"}, "level"),
        ({"then": "{}"}, "then"),
        ({"then": "{notify: [nobody]}"}, "notify"),
        ({"then": "{reassign: nowhere}"}, "reassign"),
        ({"then": "{priority: soon}"}, "priority"),
        ({"then": "{colour: red}"}, "colour"),
        ({"on": "[sunrise]"}, "0"),
        ({"on": "[]"}, "on"),
        ({"then": "{notify: [manager]}", "ack_within": "2"}, "ack_within"),
        ({"ack_within": "no_such_clock"}, "ack_within"),
        ({"ack_within": "0"}, "ack_within"),
    ],
)
def test_a_wrong_rule_is_named_with_its_field(tmp_path: Path, changes: dict, field: str):
    error = refused(with_rule(tmp_path, "ticket.hazard", **changes))
    assert (error.file, error.rule) == (FILE, "probe")
    assert error.field == field or field in error.problem


@pytest.mark.parametrize(
    ("old", "new", "rule", "field"),
    [
        ("  gm: {name: 总经理, ack_within: ack_gm, notify: [gm]}\n", "", "gm", "levels"),
        ("ack_within: ack_gm", "ack_within: never", "gm", "ack_within"),
        ("notify: [front_desk]}", "notify: [moon]}", "agent", "notify"),
        ("via: [desk]", "via: [pigeon]", "front_desk", "0"),
        ("via: [desk]", "via: [desk, email]", "客服一线", "email"),
        ("source: R3b-26", "source: R3b-99", "grave-complaint", "source"),
        ("  ticket.kind: {name", "  ticket.sort: {name", "ticket.kind", "facts"),
        ("id: claim-1000\n", "id: threat\n", "threat", "id"),
        ("closes: supervisor", "closes: nobody", "-", "closes"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, old: str, new: str, rule: str, field: str):
    error = refused(edited(tmp_path, (old, new)))
    assert error.file == FILE
    assert error.rule == rule
    assert error.field == field or field in str(error)


def test_a_rule_that_can_never_hold_is_doubted(tmp_path: Path):
    loaded = policy.load(with_rule(tmp_path, "ticket.claim_amount > 500 && ticket.claim_amount < 400"))
    assert [(f.rule, f.doubt) for f in review(loaded)] == [("probe", Doubt.UNREACHABLE)]


def test_a_rule_whose_event_never_brings_its_fact_is_doubted(tmp_path: Path):
    loaded = policy.load(with_rule(tmp_path, 'event.clock == "plan"'))
    assert [(f.rule, f.doubt) for f in review(loaded)] == [("probe", Doubt.UNREACHABLE)]


def test_a_rule_that_adds_nothing_is_doubted(tmp_path: Path):
    loaded = policy.load(
        with_rule(tmp_path, 'ticket.severity == "grave" && signals.threat', "{level: manager, handover: now}")
    )
    findings = {(f.rule, f.doubt, f.other) for f in review(loaded)}
    assert ("probe", Doubt.COVERED, "grave-complaint") in findings


def test_rules_that_send_a_ticket_to_two_departments_are_doubted(tmp_path: Path):
    loaded = policy.load(with_rule(tmp_path, "signals.threat", "{reassign: quality}"))
    findings = {(f.doubt, frozenset({f.rule, f.other})) for f in review(loaded)}
    assert (Doubt.CONTRADICTS, frozenset({"probe", "emergency-hazard"})) in findings


def test_a_clock_without_a_rule_is_doubted(tmp_path: Path):
    loaded = policy.load(edited(tmp_path, ('event.clock == "service_record"', 'event.clock == "other"')))
    assert [(f.file, f.rule, f.doubt) for f in review(loaded)] == [
        ("sla.yml", "service_record", Doubt.CLOCK_WITHOUT_RULE)
    ]


def test_a_route_that_an_earlier_one_swallows_is_doubted(tmp_path: Path):
    edited(tmp_path)
    path = tmp_path / "routing.yml"
    content = path.read_text(encoding="utf-8")
    swallowed = "  - {id: swallowed, when: 'ticket.hazard && ticket.kind == \"repair_request\"', department: repair, source: R3b-8}\n"
    path.write_text(
        content.replace("  - id: transcript-to-people", swallowed + "  - id: transcript-to-people")
    )
    assert [(f.file, f.rule, f.doubt) for f in review(policy.load(tmp_path))] == [
        ("routing.yml", "swallowed", Doubt.UNREACHABLE)
    ]


def test_names_in_a_text_are_no_facts():
    assert mentioned('ticket.demand == "ticket.colour && signals.anger" && !ticket.hazard') == (
        "ticket.demand",
        "ticket.hazard",
    )
    require_known('ticket.demand == "ticket.colour"')


def test_cases_stand_on_both_sides_of_every_line():
    amounts = {case["ticket"]["claim_amount"] for case in cases("ticket.claim_amount >= 1000", ["filed"])}
    assert {999.0, 1000.0, 1001.0} <= amounts
    assert {type(amount) for amount in amounts} == {float}
    kinds_ = {case["ticket"]["kind"] for case in cases('ticket.kind == "inquiry"', ["filed"])}
    assert "inquiry" in kinds_
    assert len(kinds_) == 2
    assert all(
        fact.type is Type.TEXT or {case[r][n] for case in cases(f"{path} == {_zero(fact.type)}", ["filed"])} >= {0, 1}
        for path, fact in FACTS.items()
        for r, n in [path.split(".")]
    )  # fmt: skip


def _zero(kind: Type) -> str:
    return "false" if kind is Type.FLAG else "0"


def test_every_fact_and_event_is_documented():
    documented = (PROJECT_ROOT / "docs" / "policy.md").read_text(encoding="utf-8")
    for path in FACTS:
        assert f"`{path}`" in documented or f"`.{path.split('.')[1]}`" in documented, path
    for event in EVENTS:
        assert f"`{event}`" in documented, event
