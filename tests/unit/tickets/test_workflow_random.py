"""Any sequence of steps, right and wrong ones, by anybody: no illegal state is reached and no entry is lost."""

import re
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from backend.access.roles import Role
from backend.policy.reading import CLAUSE
from backend.tickets import commands as asked
from backend.tickets.case_deeds import plain
from backend.tickets.case_state import CaseState, Circumstances
from backend.tickets.commands import Command
from backend.tickets.deeds import By, Deed
from backend.tickets.followup import RATINGS, RecordCallback
from backend.tickets.kinds import (
    Actor,
    CauseClass,
    Grounds,
    Intake,
    Kind,
    Notice,
    ReplyRequired,
    Severity,
    SoldBy,
    Stage,
    Subject,
)
from backend.tickets.offers import COMMANDS
from backend.tickets.workflow import StepForbiddenError, StepRefusedError, apply
from tests.unit.tickets.steps import OTHER, RIGHT, person, recorded, shipped
from tests.unit.tickets.test_workflow import ALLOWED

AUTHORITY = {  # yuan, goodwill and severity as policy/workflow.yml has them
    "agent": (200, 50, 0),
    "supervisor": (1_000, 200, 1),
    "manager": (10_000, 1_000, 1),
    "deputy_gm": (50_000, 5_000, 2),
    "gm": (10**12, 10**12, 2),
}
GRAVITY = ("minor", "serious", "grave")
NO_FAULT = {Kind.SUGGESTION, Kind.INQUIRY}
WORDS = st.sampled_from(["甲", "乙"])
AMOUNTS = st.sampled_from([Decimal(n) for n in ("0", "40", "200", "200.01", "999", "9999.99", "70000")])
VALUES = {
    "kind": st.sampled_from(Kind),
    "secondary_kind": st.sampled_from(Kind),
    "severity": st.sampled_from(Severity),
    "hazard": st.booleans(),
    "subject": st.sampled_from(Subject),
    "sold_by": st.sampled_from(SoldBy),
    "grounds": st.sampled_from(Grounds),
    "cause_class": st.sampled_from(CauseClass),
    "how": st.sampled_from(Notice),
    "demand_reasonable": st.booleans(),
    "quality_disputed": st.booleans(),
    "compensate_first": st.booleans(),
    "customer_accepted": st.booleans(),
    "claim_amount": AMOUNTS,
    "solution_amount": AMOUNTS,
    "concession": st.sampled_from([Decimal(0), Decimal(30), Decimal(150)]),
    "action_due": st.sampled_from([date(2026, 11, 1), date(2030, 1, 1)]),
    "other": st.sampled_from(["26112300016", OTHER]),
    "same_cause_as": st.just([]),
    "details": st.sampled_from([{}, {"product": "热水器"}]),
    "reached": st.booleans(),
    "at": st.sampled_from([datetime(2026, 11, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)]),
    **{name: st.integers(1, 4) for name in RATINGS},
}
LEFT_OUT = {"version", "relation"}
PEOPLE = [By(Actor.BOT), *(person(role) for role in Role), person(Role.SUPERVISOR, "second-supervisor")]

SUPERIORS = [person(Role.SUPERVISOR), person(Role.DEPUTY_GM), person(Role.GM)]


@st.composite
def anything(draw: st.DrawFn) -> Command:
    """Any step with some of its facts."""
    kind = draw(st.sampled_from(COMMANDS))
    names = [name for name in kind.model_fields if name not in LEFT_OUT and draw(st.booleans())]
    return kind(version=1, **{name: draw(VALUES.get(name, WORDS)) for name in names})


ONWARD = {
    Stage.RECORDED: [asked.Judge],
    Stage.REOPENED: [asked.Judge],
    Stage.JUDGED: [asked.SetResponsibility, asked.Propose, asked.Reject],
    Stage.RESPONSIBILITY_SET: [asked.Investigate],
    Stage.INVESTIGATED: [asked.Propose, asked.Propose, asked.Reject],
    Stage.SOLUTION_PROPOSED: [asked.Approve, asked.NotifyCustomer],
    Stage.CUSTOMER_NOTIFIED: [asked.Settle],
    Stage.SETTLED: [asked.Improve, asked.Reopen, RecordCallback],
    Stage.IMPROVED: [asked.VerifyImprovement, asked.Reopen],
    Stage.REJECTED: [asked.Reopen],
    Stage.CANCELLED: [asked.Reopen, asked.Unmerge],
}
WHOLE = RIGHT | {
    asked.Reject: {"rejection_reason": "甲", "rejection_evidence": "乙", "how": "written", "text": "抱歉"},
    asked.Propose: RIGHT[asked.Propose] | {"compensate_first": True},
    asked.Investigate: RIGHT[asked.Investigate] | {"unsolved_cause": "甲", "inspection_body": "乙"},
}


@st.composite
def onward(draw: st.DrawFn, stage: Stage) -> Command:
    """A step that leads on from the stage, with all its facts, seldom one of them otherwise."""
    kind = draw(st.sampled_from(ONWARD[stage]))
    facts = WHOLE.get(kind, {})
    otherwise = [name for name in facts if name in VALUES and draw(st.integers(0, 9)) == 0]
    return kind(version=1, note="甲", **facts | {name: draw(VALUES[name]) for name in otherwise})


class Cases(RuleBasedStateMachine):
    """One case, and the timeline that is left behind."""

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 11, 23, 2, tzinfo=UTC)
        self.state = recorded()
        self.first = self.state
        self.timeline: list[Deed] = []
        self.approved: tuple[str, Decimal, Decimal, str, str | None, str | None] | None = None
        self.told: tuple[Notice | None, bool] | None = None

    @initialize(
        kind=st.sampled_from(Kind), intake=st.sampled_from(Intake), severity=st.sampled_from(Severity)
    )
    def filed(self, kind: Kind, intake: Intake, severity: Severity) -> None:
        self.state = self.first = recorded(kind=kind, intake=intake, severity=severity)

    @rule(data=st.data(), who=st.sampled_from(SUPERIORS))
    def go_on(self, data: st.DataObject, who: By) -> None:
        self._attempt(data.draw(onward(self.state.stage)), who)

    @rule(command=anything(), who=st.sampled_from(PEOPLE))
    def attempt(self, command: Command, who: By) -> None:
        self._attempt(command, who)

    def _attempt(self, command: Command, who: By) -> None:
        self.now += timedelta(minutes=1)
        before, length = self.state, len(self.timeline)
        try:
            applied = apply(before, command, Circumstances(who, self.now, shipped()))
        except (StepRefusedError, StepForbiddenError):
            assert self.state is before
            return
        assert applied.deeds
        self.state = applied.state
        self.timeline.extend(applied.deeds)
        assert len(self.timeline) > length
        self._followed(before, applied.state, command)
        self._noted(applied.state, command, who)

    def _followed(self, before: CaseState, after: CaseState, command: Command) -> None:
        if before.stage is not after.stage and not isinstance(command, asked.Unmerge):
            assert (before.stage, after.stage) in ALLOWED

    def _noted(self, after: CaseState, command: Command, who: By) -> None:
        if isinstance(command, asked.Approve):
            assert who.role is not None
            self.approved = (
                who.role.value,
                after.cost,
                after.goodwill,
                after.severity.value,
                after.proposed_by,
                who.username,
            )
        if isinstance(command, asked.NotifyCustomer):
            grave = after.severity is Severity.GRAVE or after.hazard
            self.told = (command.how, grave or after.reply_required is ReplyRequired.WRITTEN)
            assert self.approved is not None
            _, gravity = self.approved[0], GRAVITY.index(after.severity)
            assert AUTHORITY[after.approval_level or ""][2] >= gravity, "approved for what it is now"

    @invariant()
    def what_is_settled_went_all_the_way(self) -> None:
        state = self.state
        if state.stage not in {Stage.CUSTOMER_NOTIFIED, Stage.SETTLED, Stage.IMPROVED}:
            return
        assert state.notified_at is not None
        assert state.solution
        assert state.approved_by
        assert state.approved_at is not None
        assert state.approved_at < state.notified_at
        assert state.grounds is Grounds.SUFFICIENT
        if state.kind not in NO_FAULT:
            assert state.cause_class
            assert state.direct_cause
            assert state.responsible_person
        if state.stage is not Stage.CUSTOMER_NOTIFIED:
            assert state.customer_accepted is True
            assert state.settled_at is not None
            assert state.settled_at > state.notified_at
            assert state.reaction

    @invariant()
    def what_is_improved_has_actions(self) -> None:
        if self.state.stage is Stage.IMPROVED:
            assert self.state.corrective_action
            assert self.state.preventive_action
            assert self.state.action_owner
            assert self.state.action_due
        if self.state.action_verified_at is not None:
            assert self.state.stage is Stage.IMPROVED

    @invariant()
    def nobody_approved_above_their_authority(self) -> None:
        if self.approved is None:
            return
        level, cost, goodwill, severity, proposer, approver = self.approved
        amount, concession, gravity = AUTHORITY[level]
        assert (cost <= amount, goodwill <= concession, GRAVITY.index(severity) <= gravity) == (True,) * 3
        agents = AUTHORITY["agent"]
        if cost > agents[0] or goodwill > agents[1] or GRAVITY.index(severity) > agents[2]:
            assert proposer != approver

    @invariant()
    def grave_matters_were_told_in_writing(self) -> None:
        if self.told is not None and self.told[1]:
            assert self.told[0] is Notice.WRITTEN

    @invariant()
    def what_was_rejected_or_merged_says_why(self) -> None:
        state = self.state
        if state.stage is Stage.REJECTED:
            assert state.rejection_reason
            assert state.rejection_evidence
            assert state.notified_at
        assert (state.merged_into is None) == (state.stage_before_merge is None)
        if state.merged_into:
            assert state.stage is Stage.CANCELLED

    @invariant()
    def every_entry_has_its_clause(self) -> None:
        assert all(deed.source and re.match(CLAUSE, deed.source) for deed in self.timeline)

    @invariant()
    def the_timeline_alone_tells_what_the_case_is(self) -> None:
        """Nothing changes that is not written down: replaying what entries say gives the case as it is."""
        told = {field.name: plain(getattr(self.first, field.name)) for field in fields(CaseState)}
        details = dict(self.first.details)
        for deed in self.timeline:
            after = dict(deed.after or {})
            for name in (deed.before or {}).get("details", {}):
                details.pop(name, None)
            details |= after.pop("details", {})
            told |= {name: value for name, value in after.items() if name in told}
        told["details"] = details
        known = {field.name: plain(getattr(self.state, field.name)) for field in fields(CaseState)}
        beside = {"description", "routing_rule"}  # the words are notes, the rule is the entry's own
        assert {name: told[name] for name in told.keys() - beside} == {
            name: known[name] for name in known.keys() - beside
        }


LONG = settings(max_examples=120, stateful_step_count=60)
Cases.TestCase.settings = LONG
TestAnySequence = Cases.TestCase


def test_the_machine_gets_all_the_way():
    """What the invariants say of settled and improved cases is not said of nothing."""
    seen: set[Stage] = set()

    class Watched(Cases):
        @invariant()
        def remember(self) -> None:
            seen.add(self.state.stage)

    run_state_machine_as_test(Watched, settings=settings(LONG, derandomize=True, database=None))
    assert seen == set(Stage)
