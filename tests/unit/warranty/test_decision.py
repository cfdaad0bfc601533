"""The warranty decision: hand-worked cases, and what holds for all facts whatever they are."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backend import policy
from backend.policy.warranty import Exclusion
from backend.settings import PROJECT_ROOT
from backend.warranty.decision import decide
from backend.warranty.facts import Cause, Contract, Facts, Proof, Repair, Seller, Service
from backend.warranty.outcome import Decision, RemedyKind, ServiceClass, State
from backend.warranty.schemas import explained
from backend.warranty.spans import on, read

RULES = policy.load(PROJECT_ROOT / "policy")
TODAY = date(2026, 11, 23)
CASES = yaml.load(Path(__file__).with_name("cases.yml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  # texts stay texts
KEYS = {
    "id", "by", "facts", "state", "until", "between", "class", "open", "because", "not_because", "fees",
    "no_fees", "asks", "against", "bearer", "dealer_first", "holidays", "today",
}  # fmt: skip


def decided(facts: Facts, today: date = TODAY, holidays: frozenset[date] = frozenset()) -> Decision:
    def moved_on(day: date) -> date:
        day = RULES.calendar.days.moved_on(day)
        while day in holidays:
            day += timedelta(days=1)
        return day

    return decide(facts, RULES.warranty, today=today, moved_on=moved_on)


def day(written: str) -> date | None:
    return None if written == "null" else date.fromisoformat(written)


def sources(decision: Decision) -> set[str]:
    cited = {one.source for one in (*decision.reasons, *decision.remedies, *decision.fees, *decision.parts)}
    return cited | ({decision.burden_of_proof.source} if decision.burden_of_proof else set())


def test_there_are_enough_cases_and_each_is_named_once():
    assert len(CASES) >= 120
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert {key for case in CASES for key in case} <= KEYS


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict):
    holidays = frozenset(date.fromisoformat(one) for one in case.get("holidays", ()))
    decision = decided(
        Facts.model_validate(case["facts"]), date.fromisoformat(case.get("today", str(TODAY))), holidays
    )
    assert decision.state == case["state"]
    assert case["by"] in sources(decision)
    codes = {reason.code for reason in decision.reasons}
    fees = {fee.code for fee in decision.fees}
    found = {
        "until": lambda wanted: decision.until == day(wanted),
        "between": lambda wanted: decision.until_between == tuple(map(date.fromisoformat, wanted)),
        "class": lambda wanted: decision.service_class == wanted,
        "open": lambda wanted: {r.remedy.value: r.until for r in decision.remedies} == {n: day(u) for n, u in wanted.items()},
        "because": lambda wanted: set(wanted) <= codes,
        "not_because": lambda wanted: not set(wanted) & codes,
        "fees": lambda wanted: set(wanted) <= fees,
        "no_fees": lambda wanted: not set(wanted) & fees,
        "asks": lambda wanted: set(wanted) <= {one.fact for one in decision.unknown},
        "against": lambda wanted: {one.code for one in decision.contradictions} == set(wanted),
        "bearer": lambda wanted: (decision.burden_of_proof.bearer if decision.burden_of_proof else "none") == wanted,
        "dealer_first": lambda wanted: decision.dealer_first is (wanted == "true"),
    }  # fmt: skip
    for name, holds in found.items():
        assert name not in case or holds(case[name]), (name, case[name], decision)


DAYS = st.dates(date(2023, 1, 1), date(2027, 6, 30))
WRITTEN = DAYS.flatmap(lambda one: st.sampled_from([str(one), str(one)[:7], str(one)[:4]]))
SPANS = WRITTEN.map(read)
MAYBE_SPAN = st.none() | SPANS
REPAIRS = st.builds(
    lambda handed_in, days, fixed: Repair(handed_in=handed_in, back=handed_in + timedelta(days=days) if days >= 0 else None, fixed=fixed),
    DAYS, st.integers(-1, 90), st.none() | st.booleans(),
)  # fmt: skip
CONTRACTS = st.builds(
    lambda start, days, parts: Contract(start=start, end=start + timedelta(days=days), parts_free=parts),
    DAYS, st.integers(0, 400), st.booleans(),
)  # fmt: skip
PRODUCTS = st.sampled_from(
    ["空调", "手机", "电视", "汽车", "沙发", "净水器", "化妆品", "手机电池", "挖掘机", "other"]
)
FACTS = st.builds(
    Facts,
    product=st.none() | PRODUCTS,
    sold_by=st.none() | st.sampled_from(Seller),
    remote=st.none() | st.booleans(),
    purchase_date=MAYBE_SPAN,
    delivery_date=MAYBE_SPAN,
    manufactured_on=MAYBE_SPAN,
    exchanged_on=st.none() | st.none() | SPANS,
    proof=st.none() | st.sampled_from(Proof),
    gift=st.booleans(),
    second_hand=st.booleans(),
    first_sold_on=MAYBE_SPAN,
    part=st.none() | st.sampled_from(["电池", "压缩机", "屏幕", "滤芯", "变速箱"]),
    cause=st.none() | st.sampled_from(Cause),
    safety_fault=st.none() | st.booleans(),
    mileage_km=st.none() | st.integers(0, 80_000),
    failed_repairs=st.none() | st.integers(0, 6),
    repairs=st.lists(REPAIRS, max_size=3).map(tuple),
    contract=st.none() | CONTRACTS,
    no_reason_exclusion=st.none() | st.sampled_from(Exclusion),
    intact=st.none() | st.booleans(),
    service=st.none() | st.sampled_from(Service),
)


@given(facts=FACTS, today=DAYS)
@settings(max_examples=400, deadline=None)
def test_never_free_and_charged_at_once(facts: Facts, today: date):
    decision = decided(facts, today)
    fees = {fee.code for fee in decision.fees}
    repair = [remedy.charged for remedy in decision.remedies if remedy.remedy is RemedyKind.REPAIR]
    if decision.service_class is ServiceClass.FREE:
        assert repair in ([], [False])
        assert not fees & {"fee_told_first", "parts_discount", "contract_without_parts"}
        assert not any(reason.code.startswith("charged") for reason in decision.reasons)
    if decision.service_class is ServiceClass.CHARGED:
        assert repair == [True]
        assert "fee_told_first" in fees
        assert not any(reason.code.startswith("free") for reason in decision.reasons)
    if decision.service_class is ServiceClass.UNKNOWN:
        assert repair in ([], [None])


@st.composite
def a_history(draw: st.DrawFn) -> tuple[Facts, date]:
    """Facts in an order that can have happened, so that few of them contradict each other, and a day after."""
    days = draw(st.lists(DAYS, min_size=7, max_size=7).map(sorted))
    told = [read(draw(st.sampled_from([str(one), str(one), str(one)[:7]]))) for one in days[:5]]
    made, first_sold, bought, delivered, exchanged = (draw(st.none() | st.just(one)) for one in told)
    repairs = draw(
        st.sampled_from([(), (Repair(handed_in=days[5], back=days[6]),), (Repair(handed_in=days[5]),)])
    )
    facts = draw(FACTS).model_copy(
        update={
            "manufactured_on": made, "first_sold_on": first_sold, "purchase_date": bought,
            "delivery_date": delivered, "exchanged_on": draw(st.sampled_from([None, None, exchanged])),
            "repairs": repairs, "product": draw(PRODUCTS), "failed_repairs": None,
        }
    )  # fmt: skip
    return facts, days[-1] + timedelta(days=draw(st.integers(0, 900)))


@given(history=a_history(), later=st.integers(1, 1200))
@settings(max_examples=500, deadline=None)
def test_more_time_never_turns_out_into_in(history: tuple[Facts, date], later: int):
    facts, today = history
    if decided(facts, today).state is State.OUT:
        assert decided(facts, today + timedelta(days=later)).state is State.OUT


@given(history=a_history())
@settings(max_examples=500, deadline=None)
def test_a_day_can_only_end_a_remedy(history: tuple[Facts, date]):
    """What has no question left and is closed stays closed, but for repairs that go on too long."""
    facts, today = history
    kinds = {RemedyKind.RETURN, RemedyKind.EXCHANGE, RemedyKind.RETURN_NO_REASON}
    before, after = decided(facts, today), decided(facts, today + timedelta(days=1))
    if before.state is State.CONTRADICTORY or any("remedies" in one.settles for one in before.unknown):
        return
    new = {one.remedy for one in after.remedies} - {one.remedy for one in before.remedies}
    assert not new & kinds or {one.source for one in after.remedies if one.remedy in new} == {
        "law:three-guarantees-long-repair"
    }


@given(facts=FACTS, today=DAYS)
@settings(max_examples=400, deadline=None)
def test_a_decision_has_reasons_with_sources_and_its_state_agrees_with_its_dates(facts: Facts, today: date):
    decision = decided(facts, today)
    assert decision.reasons
    assert all(source in RULES.clauses for source in sources(decision))
    if decision.state is State.UNKNOWN:
        assert any("state" in question.settles for question in decision.unknown)
    if decision.service_class is ServiceClass.UNKNOWN:
        assert any("service_class" in question.settles for question in decision.unknown)
    if decision.state is State.CONTRADICTORY:
        assert decision.contradictions
        assert decision.remedies == ()
        assert decision.service_class is ServiceClass.UNKNOWN
    if decision.until is not None and decision.state is not State.UNKNOWN:
        assert (decision.state is State.IN) is (today <= decision.until)
    for remedy in decision.remedies:
        assert remedy.until is None or remedy.until >= today


@given(facts=FACTS, today=DAYS)
@settings(max_examples=300, deadline=None)
def test_every_decision_can_be_said(facts: Facts, today: date):
    said = explained(decided(facts, today), RULES.warranty_wording, RULES.version)
    for text in (said.sentence, said.spoken, *(reason.text for reason in said.reasons)):
        assert text
        assert "{" not in text
        assert "None" not in text
    settled = said.state in {State.IN, State.OUT} and said.service_class is not ServiceClass.UNKNOWN
    assert said.sentence.endswith(("？", "。"))
    if not settled:
        assert said.sentence.endswith(("？", "日期。", "怎么写的？", "有日期。")), said.sentence


@given(one=SPANS, day_in=st.integers(0, 365))
def test_what_is_sure_of_a_span_is_so_for_each_of_its_days(one, day_in: int):
    """A decision from `2025-03` that says in or out says it for every day of March."""
    rough = decided(Facts(product="沙发", purchase_date=one), TODAY)
    chosen = min(one.first + timedelta(days=day_in), one.last)
    assume(chosen <= TODAY)
    exact = decided(Facts(product="沙发", purchase_date=on(chosen)), TODAY)
    assert rough.state in {State.UNKNOWN, exact.state}
