"""The eight steps of R1-1.3 and the ways out of them: what each demands, who may take it, where it leads."""

import itertools
from dataclasses import replace
from decimal import Decimal

import pytest

from backend.access.roles import Role
from backend.policy.workflow import LEVELS, STEPS
from backend.tickets import commands as asked
from backend.tickets.commands import Step
from backend.tickets.completeness import missing_facts
from backend.tickets.deeds import By
from backend.tickets.kinds import (
    Actor,
    CauseClass,
    Grounds,
    Intake,
    Kind,
    Level,
    Notice,
    ReplyRequired,
    Severity,
    Stage,
    Subject,
)
from backend.tickets.lacks import FACTS
from backend.tickets.offers import COMMANDS, offers
from backend.tickets.way import NAMED, steps_before
from backend.tickets.workflow import (
    NEXT_STAGES,
    TAKEN_FROM,
    BeyondAuthorityError,
    OwnProposalError,
    StepForbiddenError,
    StepRefusedError,
    apply,
)
from tests.unit.tickets.steps import (
    AGENT,
    BOSS,
    CUSTOMER,
    DEPUTY,
    MANAGER,
    NOW,
    NUMBER,
    OTHER,
    REACHED,
    RIGHT,
    SUPERVISOR,
    brought_to,
    by,
    costing,
    person,
    recorded,
    right,
    shipped,
    step,
)

EIGHT_STEPS = (
    Stage.RECORDED,
    Stage.JUDGED,
    Stage.RESPONSIBILITY_SET,
    Stage.INVESTIGATED,
    Stage.SOLUTION_PROPOSED,
    Stage.CUSTOMER_NOTIFIED,
    Stage.SETTLED,
    Stage.IMPROVED,
)
OPEN = frozenset(EIGHT_STEPS[:6]) | {Stage.REOPENED}
FINAL = frozenset({Stage.IMPROVED, Stage.REJECTED, Stage.CANCELLED})
ALLOWED = frozenset(
    [
        *itertools.pairwise(EIGHT_STEPS),
        # what nobody is at fault for (a suggestion, an enquiry) is answered at once
        (Stage.JUDGED, Stage.SOLUTION_PROPOSED),
        # (2): what does not stand is answered with the reason; it may turn out so when it is judged or looked into
        (Stage.JUDGED, Stage.REJECTED),
        (Stage.INVESTIGATED, Stage.REJECTED),
        # (3): the investigation shows that somebody else answers for it
        (Stage.INVESTIGATED, Stage.RESPONSIBILITY_SET),
        # (2): it turns out to be of another kind
        (Stage.RESPONSIBILITY_SET, Stage.JUDGED),
        (Stage.INVESTIGATED, Stage.JUDGED),
        (Stage.SOLUTION_PROPOSED, Stage.JUDGED),
        # (5), (6): a solution that is not approved, or that the customer does not accept, is worked out again
        (Stage.SOLUTION_PROPOSED, Stage.INVESTIGATED),
        (Stage.CUSTOMER_NOTIFIED, Stage.SOLUTION_PROPOSED),
        # the customer may withdraw until it is settled
        *((stage, Stage.CANCELLED) for stage in OPEN),
        # and come back afterwards; then it is judged anew
        *((stage, Stage.REOPENED) for stage in FINAL | {Stage.SETTLED}),
        (Stage.REOPENED, Stage.JUDGED),
    ]
)


def lacks(state, command, who: By, **more) -> set[str]:
    with pytest.raises(StepRefusedError) as refused:
        apply(state, command, by(who, **more))
    assert refused.value.missing, "refused outright"
    return set(refused.value.missing)


def refused_outright(state, command, who: By) -> None:
    with pytest.raises(StepRefusedError) as refused:
        apply(state, command, by(who))
    assert refused.value.missing == ()


def test_the_eight_steps_lead_from_record_to_improvement():
    state = recorded()
    for kind in RIGHT:
        applied = apply(state, right(kind), by(BOSS if kind is asked.Approve else SUPERVISOR))
        assert applied.state.stage is REACHED[kind]
        assert all(deed.source for deed in applied.deeds)
        state = applied.state


def test_each_step_names_what_it_lacks():
    """Every fact of every step, left out one at a time, is asked for by name."""
    for kind, facts in RIGHT.items():
        before = None if kind is asked.Judge else list(RIGHT)[list(RIGHT).index(kind) - 1]
        state = brought_to(before)
        for name in facts:
            kept = {key: value for key, value in facts.items() if key != name}
            assert lacks(state, step(kind, **kept), SUPERVISOR) == {name}, (kind, name)


@pytest.mark.parametrize(("stage", "kind"), list(itertools.product(Stage, COMMANDS)))
def test_no_step_is_taken_where_it_does_not_follow(stage: Stage, kind: type[asked.Command]):
    if stage in TAKEN_FROM[kind.step]:
        return
    refused_outright(replace(recorded(), stage=stage), kind(version=1), BOSS)


WALK = ("judge", "set_responsibility", "investigate", "propose", "approve", "notify_customer", "settle")


@pytest.mark.parametrize(
    ("facts", "wanted", "before"),
    [
        ({}, Step.SETTLE, WALK[:6]),
        ({}, Step.IMPROVE, WALK),
        ({"stage": Stage.REOPENED}, Step.PROPOSE, WALK[:3]),
        ({"stage": Stage.INVESTIGATED}, Step.NOTIFY_CUSTOMER, ("propose", "approve")),
        ({"stage": Stage.SOLUTION_PROPOSED}, Step.SETTLE, ("approve", "notify_customer")),
        ({"stage": Stage.SOLUTION_PROPOSED, "approved_by": "boss"}, Step.SETTLE, ("notify_customer",)),
        ({"stage": Stage.SOLUTION_PROPOSED, "approved_by": "boss"}, Step.INVESTIGATE, ("decline",)),
        ({"stage": Stage.CUSTOMER_NOTIFIED}, Step.PROPOSE, ("settle",)),
        ({"stage": Stage.IMPROVED}, Step.SET_RESPONSIBILITY, ("reopen", "judge")),
        ({"stage": Stage.REJECTED}, Step.CORRECT_FACTS, ("reopen",)),
        ({"stage": Stage.CANCELLED, "merged_into": OTHER}, Step.REOPEN, ("unmerge",)),
        ({"kind": Kind.SUGGESTION}, Step.APPROVE, ("judge", "propose")),
        # not called for: nothing that comes before would change that
        ({"stage": Stage.SOLUTION_PROPOSED, "approved_by": "boss"}, Step.APPROVE, ()),
        ({}, Step.REOPEN, ()),
        ({}, Step.CUSTOMER_ANSWERED, ()),
        ({}, Step.UNMERGE, ()),
    ],
)
def test_a_step_asked_for_too_early_names_what_comes_before_it(facts: dict, wanted: Step, before: tuple):
    assert steps_before(wanted, replace(recorded(), **facts), by(BOSS)) == before


@pytest.mark.parametrize("stage", Stage)
def test_every_step_is_reached_from_every_stage_or_is_not_called_for(stage: Stage):
    for kind in COMMANDS:
        before = steps_before(kind.step, replace(recorded(), stage=stage), by(BOSS))
        assert set(before) <= NAMED
        assert not before or stage not in TAKEN_FROM[kind.step]
        ends = {Step.CUSTOMER_ANSWERED, Step.UNMERGE} | ({Step.REOPEN} if stage in OPEN else set())
        assert before or stage in TAKEN_FROM[kind.step] or kind.step in ends, (stage, kind)


def test_the_table_of_stages_is_what_the_regulations_allow():
    assert {(before, after) for before, those in NEXT_STAGES.items() for after in those} == ALLOWED
    with pytest.raises(TypeError):
        NEXT_STAGES[Stage.RECORDED] = frozenset(Stage)  # type: ignore[index]


def test_no_way_to_settled_misses_judgement_solution_or_notice():
    for needed in (Stage.JUDGED, Stage.SOLUTION_PROPOSED, Stage.CUSTOMER_NOTIFIED):
        seen, waiting = {Stage.RECORDED}, [Stage.RECORDED]
        while waiting:
            for stage in NEXT_STAGES[waiting.pop()] - seen - {needed}:
                seen.add(stage)
                waiting.append(stage)
        assert Stage.SETTLED not in seen, needed


def test_policy_and_code_name_the_same_steps_roles_and_levels():
    assert set(STEPS) == {step.value for step in Step} == {kind.step.value for kind in COMMANDS}
    assert set(LEVELS) == {level.value for level in Level}
    named = {role for rule in shipped().workflow.steps.values() for role in rule.roles}
    assert named == {role.value for role in Role} | {"customer"}


# --- (2) judging ---


def test_a_judgement_says_whether_it_stands_and_whether_the_demand_is_reasonable():
    judged = apply(recorded(), right(asked.Judge, severity="grave", subject="transport"), by(AGENT))
    assert judged.state.grounds is Grounds.SUFFICIENT
    assert judged.state.department == "货运部"  # R1-1.3 (3): transport -> freight
    assert [(deed.verb, deed.rule, deed.source) for deed in judged.deeds] == [
        ("judged", "judge", "R1-1.3"),
        ("routed", "transport", "R1-1.3"),
    ]


def test_an_incomplete_record_is_judged_only_with_a_reason():
    """R10-6.1.5: incomplete records cost whoever made them."""
    sparse = recorded(details={"product": "热水器"}, phone=None)
    assert lacks(sparse, right(asked.Judge), AGENT) == {"fault", "order_number", "phone"}
    assert apply(sparse, right(asked.Judge, note="客户不愿留电话"), by(AGENT)).state.stage is Stage.JUDGED


def test_a_bare_transcript_must_be_given_its_kind():
    raw = recorded(kind=Kind.INQUIRY, intake=Intake.RAW)
    assert lacks(raw, right(asked.Judge), AGENT) == {"kind"}
    judged = apply(raw, right(asked.Judge, kind="quality_complaint"), by(AGENT)).state
    assert (judged.kind, judged.intake) == (Kind.QUALITY_COMPLAINT, Intake.COMPLETE)


def test_what_does_not_stand_is_answered_with_reason_and_evidence():
    judged = brought_to(asked.Judge, Judge={"grounds": "insufficient"})
    bare = step(asked.Reject)
    assert lacks(judged, bare, SUPERVISOR) == {"rejection_reason", "rejection_evidence", "how", "text"}
    reply = step(
        asked.Reject, rejection_reason="人为摔落", rejection_evidence="照片", how="phone", text="非常抱歉"
    )
    applied = apply(judged, reply, by(SUPERVISOR))
    assert (applied.state.stage, applied.state.notified_at) == (Stage.REJECTED, NOW)
    assert (applied.deeds[0].note, applied.deeds[0].source) == ("非常抱歉", "R3a-4.2")
    with pytest.raises(StepForbiddenError):
        apply(judged, reply, by(AGENT))
    assert lacks(brought_to(asked.Judge), reply, SUPERVISOR) == {"insufficient_grounds"}
    assert apply(brought_to(asked.Investigate), reply, by(SUPERVISOR)).state.stage is Stage.REJECTED


def test_what_does_not_stand_goes_no_further():
    judged = brought_to(asked.Judge, Judge={"grounds": "insufficient"})
    assert lacks(judged, right(asked.SetResponsibility), SUPERVISOR) == {"sufficient_grounds"}


# --- (3), (4) responsibility and cause ---


@pytest.mark.parametrize(
    ("facts", "department", "rule"),
    [
        ({"subject": "contract"}, "高级主管", "contract-dispute"),
        ({"subject": "transport"}, "货运部", "transport"),
        ({"subject": "quality"}, "质量部", "quality-found"),
        ({"subject": "service"}, "服务主管", "service-found"),
        ({"kind": "return_exchange", "sold_by": "dealer"}, "经销商管理部", "dealer-sold"),
    ],
)
def test_policy_names_the_department(facts: dict, department: str, rule: str):
    judged = apply(recorded(), right(asked.Judge, note="已核实", **facts), by(AGENT)).state
    answered = apply(judged, right(asked.SetResponsibility), by(SUPERVISOR)).state
    assert (answered.department, answered.routing_rule) == (department, rule)
    assert answered.responsible_person == "李工"


def test_a_part_of_a_suppliers_goes_to_purchasing_and_is_noted():
    """R9-2.3: the supplier is told in writing and tracked."""
    applied = apply(
        brought_to(asked.Judge), right(asked.SetResponsibility, supplier="某阀门厂"), by(SUPERVISOR)
    )
    assert applied.state.department == "采购部"
    assert ("supplier_named", "R9-2.3") in {(deed.verb, deed.source) for deed in applied.deeds}


def test_another_department_than_policys_needs_a_reason():
    elsewhere = right(asked.SetResponsibility, department="货运部")
    assert lacks(brought_to(asked.Judge), elsewhere, SUPERVISOR) == {"note"}
    with_reason = elsewhere.model_copy(update={"note": "外箱破损"})
    after = apply(brought_to(asked.Judge), with_reason, by(SUPERVISOR)).state
    assert (after.department, after.routing_rule) == ("货运部", None)


@pytest.mark.parametrize("again", [{"repeats": 1}, {"reopened": 1}])
def test_whoever_left_it_unsolved_is_told_apart_from_the_direct_cause(again: dict):
    """R1-1.3 (7): both are recorded; the latter when it came up before."""
    state = replace(brought_to(asked.SetResponsibility), **again)
    assert lacks(state, right(asked.Investigate), AGENT) == {"unsolved_cause"}
    after = apply(state, right(asked.Investigate, unsolved_cause="首次回访未落实"), by(AGENT)).state
    assert (after.direct_cause, after.unsolved_cause) == ("运输颠簸", "首次回访未落实")


def test_disputed_quality_goes_to_the_agreed_inspection_body():
    state = brought_to(asked.SetResponsibility)
    disputed = right(asked.Investigate, quality_disputed=True)
    assert lacks(state, disputed, AGENT) == {"inspection_body"}
    applied = apply(
        state, right(asked.Investigate, quality_disputed=True, inspection_body="市质检院"), by(AGENT)
    )
    assert ("inspection_called", "R3c-III.3") in {(deed.verb, deed.source) for deed in applied.deeds}


# --- (5) solution and approval ---


def test_faulty_goods_are_compensated_first_or_the_proposal_says_why_not():
    """R7-4.4.4."""
    state = brought_to(asked.Investigate, Investigate={"cause_class": "quality"})
    assert lacks(state, right(asked.Propose), AGENT) == {"compensate_first"}
    assert lacks(state, right(asked.Propose, compensate_first=False), AGENT) == {"note"}
    nothing = right(asked.Propose, compensate_first=True, solution_amount="0")
    assert lacks(state, nothing, AGENT) == {"compensation_amount"}
    applied = apply(state, right(asked.Propose, compensate_first=True), by(AGENT))
    assert ("compensated_first", "R7-4.4.4") in {(deed.verb, deed.source) for deed in applied.deeds}


def test_goodwill_stays_within_the_amount_and_the_months_budget():
    """R8-3: small concessions have a budget; policy says 20,000 yuan a month."""
    state = brought_to(asked.Investigate)
    assert lacks(state, right(asked.Propose, concession="81"), AGENT) == {"concession_within_amount"}
    generous = right(asked.Propose, concession="50")
    assert lacks(state, generous, AGENT, granted_this_month=Decimal(19_951)) == {"concession_budget"}
    proposed = apply(state, generous, by(AGENT, granted_this_month=Decimal(19_950))).state
    assert lacks(proposed, step(asked.Approve), MANAGER, granted_this_month=Decimal(19_951)) == {
        "concession_budget"
    }


@pytest.mark.parametrize(
    ("amount", "facts", "level"),
    [
        ("0", {}, "agent"),
        ("200", {}, "agent"),
        ("200.01", {}, "supervisor"),
        ("100", {"concession": Decimal(51)}, "supervisor"),
        ("1000", {"severity": Severity.SERIOUS}, "supervisor"),
        ("1000.01", {}, "manager"),
        ("10000", {}, "manager"),
        ("0", {"severity": Severity.GRAVE}, "deputy_gm"),  # R3b-26: reviewed by the deputy general manager
        ("10001", {}, "deputy_gm"),
        ("50000.01", {}, "gm"),
        ("9999999999.99", {"severity": Severity.GRAVE}, "gm"),
    ],
)
def test_only_a_level_with_the_authority_approves(amount: str, facts: dict, level: str):
    state = costing(amount, **facts)
    for candidate in LEVELS:
        who = person(Role(candidate))
        if LEVELS.index(candidate) >= LEVELS.index(level):
            approved = apply(state, step(asked.Approve), by(who))
            assert (approved.state.approved_by, approved.state.approval_level) == (who.username, candidate)
            assert approved.deeds[0].rule == f"authority-{candidate}"
        else:
            with pytest.raises(BeyondAuthorityError) as refused:
                apply(state, step(asked.Approve), by(who))
            assert refused.value.level == level


def test_above_the_agents_line_nobody_approves_their_own_proposal():
    own = person(Role.SUPERVISOR, "proposer")
    with pytest.raises(OwnProposalError):
        apply(costing("201"), step(asked.Approve), by(own))
    assert apply(costing("200"), step(asked.Approve), by(own)).state.approved_by == "proposer"


def test_the_administrator_of_the_system_approves_nothing():
    with pytest.raises(StepForbiddenError):
        apply(costing("0"), step(asked.Approve), by(person(Role.ADMIN)))


def test_what_was_declined_is_worked_out_again():
    proposed = brought_to(asked.Propose)
    assert lacks(proposed, step(asked.Decline), SUPERVISOR) == {"note"}
    after = apply(proposed, step(asked.Decline, note="太贵"), by(SUPERVISOR)).state
    assert (after.stage, after.solution, after.proposed_by) == (Stage.INVESTIGATED, None, None)


def test_an_approval_does_not_cover_what_turns_out_graver():
    approved = brought_to(asked.Approve)
    approved = replace(approved, approval_level=Level.SUPERVISOR)
    graver = apply(approved, step(asked.CorrectFacts, severity="grave"), by(AGENT)).state
    assert lacks(graver, right(asked.NotifyCustomer), AGENT) == {"approval"}


# --- (6) notice, settlement, (8) improvement ---


@pytest.mark.parametrize(
    "facts", [{"severity": Severity.GRAVE}, {"hazard": True}, {"reply_required": ReplyRequired.WRITTEN}]
)
@pytest.mark.parametrize("how", [Notice.PHONE, Notice.CHANNEL])
def test_grave_matters_are_answered_in_writing(facts: dict, how: Notice):
    approved = replace(brought_to(asked.Approve), **facts)
    assert lacks(approved, right(asked.NotifyCustomer, how=how), AGENT) == {"written_notice"}
    applied = apply(approved, right(asked.NotifyCustomer), by(AGENT))
    assert (applied.deeds[0].rule, applied.deeds[0].source) == ("written_reply", "R3b-26")
    told = replace(brought_to(asked.NotifyCustomer, NotifyCustomer={"how": how}), **facts)
    assert "written_notice" in lacks(told, right(asked.Settle), AGENT)


def test_a_solution_that_is_not_accepted_leads_back_to_the_solution():
    notified = brought_to(asked.NotifyCustomer)
    refusal = step(asked.Settle, customer_accepted=False, reaction="要求换新")
    applied = apply(notified, refusal, by(AGENT))
    after = applied.state
    assert (after.stage, after.solution, after.approved_by) == (Stage.SOLUTION_PROPOSED, None, None)
    assert (after.notified_at, after.reaction) == (None, "要求换新")
    assert applied.deeds[0].verb == "solution_refused"
    assert lacks(after, step(asked.Approve), BOSS) == {"solution", "solution_amount"}
    assert lacks(after, right(asked.NotifyCustomer), AGENT) == {"approval"}


def test_an_improvement_is_due_today_or_later_and_is_verified():
    settled = brought_to(asked.Settle)
    assert lacks(settled, right(asked.Improve, action_due="2026-11-22"), SUPERVISOR) == {
        "action_due_not_past"
    }
    improved = apply(settled, right(asked.Improve, action_due="2026-11-23"), by(SUPERVISOR)).state
    assert lacks(improved, step(asked.VerifyImprovement), SUPERVISOR) == {"note"}
    verified = apply(improved, step(asked.VerifyImprovement, note="抽查十台"), by(SUPERVISOR)).state
    assert verified.action_verified_at == NOW
    refused_outright(verified, step(asked.VerifyImprovement, note="x"), SUPERVISOR)
    assert apply(verified, right(asked.Improve), by(SUPERVISOR)).state.action_verified_at is None


@pytest.mark.parametrize("kind", [Kind.SUGGESTION, Kind.INQUIRY])
def test_where_nobody_is_at_fault_it_is_answered_at_once(kind: Kind):
    state = apply(recorded(kind=kind), right(asked.Judge), by(AGENT)).state
    for command in (asked.Propose, asked.Approve, asked.NotifyCustomer, asked.Settle):
        state = apply(state, right(command), by(AGENT)).state
    assert (state.stage, state.cause_class) == (Stage.SETTLED, None)
    refused_outright(brought_to(asked.Judge), right(asked.Propose), AGENT)


def test_a_complaint_cannot_slip_past_the_investigation_as_an_enquiry():
    state = apply(recorded(kind=Kind.INQUIRY), right(asked.Judge), by(AGENT)).state
    state = apply(state, right(asked.Propose), by(AGENT)).state
    complaint = step(asked.CorrectFacts, kind="quality_complaint")
    assert lacks(state, complaint, AGENT) == {"judgement_anew"}
    anew = apply(state, right(asked.Judge, kind="quality_complaint"), by(AGENT)).state
    assert (anew.stage, anew.solution) == (Stage.JUDGED, None)
    refused_outright(anew, right(asked.Propose), AGENT)


# --- beside the eight steps ---


def test_corrections_fill_clear_and_leave_alone():
    state = recorded(
        intake=Intake.INCOMPLETE, details={"product": "热水器", "fault": "漏水", "staff": "小李"}
    )
    command = step(
        asked.CorrectFacts,
        details={"order_number": "A9", "staff": None},
        address="苏州",
        demand=None,
        severity=None,
    )
    applied = apply(state, command, by(AGENT))
    assert applied.state.details == {"product": "热水器", "fault": "漏水", "order_number": "A9"}
    assert (applied.state.address, applied.state.demand, applied.state.severity) == (
        "苏州",
        None,
        Severity.MINOR,
    )
    assert applied.state.intake is Intake.INCOMPLETE  # the demand is missing now
    assert applied.deeds[0].before == {"demand": "维修", "details": {"staff": "小李"}, "address": None}
    assert applied.deeds[0].after == {"demand": None, "details": {"order_number": "A9"}, "address": "苏州"}
    whole = apply(applied.state, step(asked.CorrectFacts, demand="换货"), by(AGENT)).state
    assert whole.intake is Intake.COMPLETE


def test_a_corrected_danger_goes_to_the_emergency_group_unless_a_person_answers_already():
    danger = step(asked.CorrectFacts, hazard=True)
    assert apply(recorded(), danger, by(AGENT)).state.department == "安全应急组"
    assert apply(brought_to(asked.SetResponsibility), danger, by(AGENT)).state.department == "质量部"


def test_waiting_for_the_customer_ends_with_their_words():
    waiting = apply(recorded(), step(asked.AwaitCustomer, note="请补发照片"), by(AGENT)).state
    assert waiting.awaiting_customer_since == NOW
    refused_outright(waiting, step(asked.AwaitCustomer, note="x"), AGENT)
    assert apply(waiting, step(asked.AddWords, text="补记"), by(AGENT)).state.awaiting_customer_since == NOW
    applied = apply(waiting, step(asked.AddWords, text="照片在这"), by(CUSTOMER))
    assert applied.state.awaiting_customer_since is None
    assert [deed.verb for deed in applied.deeds] == ["added", "customer_answered"]
    refused_outright(applied.state, step(asked.NoteAnswer), AGENT)


def test_the_customer_may_add_urge_and_withdraw_and_nothing_else():
    allowed = {Step.ADD_WORDS, Step.URGE, Step.WITHDRAW}
    assert {offer.step for offer in offers(recorded(), by(CUSTOMER))} == allowed
    for kind in COMMANDS:
        if kind.step not in allowed:
            with pytest.raises(StepForbiddenError):
                apply(recorded(), kind(version=1), by(CUSTOMER))


def test_what_is_reopened_is_judged_anew():
    settled = brought_to(asked.Settle)
    assert lacks(settled, step(asked.Reopen), SUPERVISOR) == {"note"}
    after = apply(settled, step(asked.Reopen, note="又漏了"), by(SUPERVISOR)).state
    assert (after.stage, after.reopened) == (Stage.REOPENED, 1)
    for name in (
        "grounds",
        "cause_class",
        "solution",
        "approved_by",
        "notified_at",
        "settled_at",
        "reaction",
    ):
        assert getattr(after, name) is None, name
    assert lacks(after, step(asked.Judge), AGENT) == {"grounds", "demand_reasonable"}


def test_a_merged_ticket_rests_until_the_merger_is_undone():
    judged = brought_to(asked.Judge)
    assert lacks(judged, step(asked.Merge, other=NUMBER), SUPERVISOR) == {"other"}
    merged = apply(judged, step(asked.Merge, other=OTHER), by(SUPERVISOR)).state
    assert (merged.stage, merged.merged_into) == (Stage.CANCELLED, OTHER)
    refused_outright(merged, step(asked.Reopen, note="x"), SUPERVISOR)
    back = apply(merged, step(asked.Unmerge), by(SUPERVISOR)).state
    assert back == judged
    refused_outright(back, step(asked.Unmerge), SUPERVISOR)


# --- what the desk is told ---


def test_offers_are_what_may_be_taken_and_name_what_must_come_with_it():
    open_now = {offer.step: offer for offer in offers(brought_to(asked.SetResponsibility), by(AGENT))}
    assert set(open_now[Step.INVESTIGATE].lacks) == {"cause_class", "findings", "direct_cause"}
    assert Step.APPROVE not in open_now
    assert Step.SET_RESPONSIBILITY not in open_now, "supervisors do that"
    assert open_now[Step.CORRECT_FACTS].lacks == ()


def test_an_offer_of_approval_says_who_must_give_it():
    def approval(state, who: By):
        return next(offer for offer in offers(state, by(who)) if offer.step is Step.APPROVE)

    assert approval(costing("5000"), AGENT).needs_level is Level.MANAGER
    assert approval(costing("5000"), MANAGER).needs_level is None
    assert approval(costing("500"), person(Role.SUPERVISOR, "proposer")).own_proposal
    assert not approval(costing("500"), DEPUTY).own_proposal


def test_every_fact_that_a_gate_asks_for_is_in_the_list_of_names():
    """The list is what wording and labels are checked against."""
    asked_for = set()
    for kind in COMMANDS:
        for stage in Stage:
            for state in (
                recorded(stage=stage),
                recorded(stage=stage, intake=Intake.RAW, repeats=1, details={}),
            ):
                asked_for |= {
                    name
                    for offer in offers(state, by(BOSS))
                    for name in offer.lacks
                    if offer.step is kind.step
                }
    known = FACTS | set(itertools.chain(*itertools.chain(*shipped().workflow.required.values())))
    assert asked_for <= known


@pytest.mark.parametrize("kind", Kind)
def test_completeness_knows_of_every_kind_what_is_missing(kind: Kind):
    bare = recorded(kind=kind, details={}, demand=" ", customer_name=None, phone="", address=None)
    wanted = {alternatives[0] for alternatives in shipped().workflow.required[kind.value]}
    assert set(missing_facts(shipped().workflow, bare)) == wanted
    alternatives = {name: "x" for names in shipped().workflow.required[kind.value] for name in names[-1:]}
    full = replace(bare, details=alternatives, demand="x", customer_name="x", phone="x", address="x")
    assert missing_facts(shipped().workflow, full) == ()


def test_facts_for_conditions_are_words_and_empty_while_unknown():
    assert recorded().facts() == {
        "kind": "quality_complaint",
        "hazard": False,
        "severity": "minor",
        "intake": "complete",
        "subject": "",
        "cause_class": "",
        "sold_by": "",
        "supplier_part": False,
    }
    known = recorded(subject=Subject.CONTRACT, cause_class=CauseClass.HUMAN, supplier="某厂").facts()
    assert (known["subject"], known["cause_class"], known["supplier_part"]) == ("contract", "human", True)


def test_the_house_itself_may_add_what_was_said():
    after = apply(
        recorded(description="漏水"), step(asked.AddWords, text="更严重了"), by(By(Actor.SYSTEM))
    ).state
    assert after.description == "漏水\n更严重了"
