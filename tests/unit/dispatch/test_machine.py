"""The machine of service orders: which way leads where, what each step demands, who may."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from backend.access.roles import Role
from backend.dispatch import machine
from backend.dispatch.commands import OrderStep
from backend.dispatch.kinds import OrderStage, Way
from backend.dispatch.machine import OrderStepForbiddenError, OrderStepRefusedError
from backend.dispatch.order_state import Warranty
from backend.warranty.outcome import ServiceClass
from tests.unit.dispatch.orders import (
    BILL,
    BRINGS,
    BY_DEALER,
    CODE,
    CUSTOMER,
    LI,
    NOW,
    WORKER,
    Order,
    charged,
    shipped,
    somebody,
)

FREE_WAY = ("plan", "dispatch", "depart", "arrive", "fix", "sign", "report", "audit")
TAKEN_WAY = ("plan", "dispatch", "depart", "arrive", "take_in", "return", "sign", "report", "audit")


@pytest.mark.parametrize(
    ("order", "steps", "stages"),
    [
        (Order(), FREE_WAY, "planned dispatched departed arrived fixed signed reported audited"),
        (
            Order(),
            TAKEN_WAY,
            "planned dispatched departed arrived taken_in returned signed reported audited",
        ),
        (Order(), ("plan", "guide"), "planned guided_by_phone"),
        (Order(), ("guide",), "guided_by_phone"),
        (Order(), ("plan", "cancel"), "planned cancelled"),
        (Order(), ("plan", "dispatch", "dispatch"), "planned dispatched dispatched"),
        (Order(BY_DEALER), ("plan", "tell_dealer", "dispatch"), "planned planned dispatched"),
        (
            charged(),
            ("plan", "quote", "agree", *FREE_WAY[1:]),
            "planned quoted confirmed dispatched departed arrived fixed signed reported audited",
        ),
        (
            charged(),
            ("plan", "quote", "refuse", "waive", "dispatch"),
            "planned quoted declined declined dispatched",
        ),
        (charged(), ("plan", "quote", "refuse", "guide"), "planned quoted declined guided_by_phone"),
        (
            charged(),
            ("plan", "quote", "refuse", "quote", "agree"),
            "planned quoted declined quoted confirmed",
        ),
        (
            charged(),
            ("plan", "quote", "agree", "dispatch", "depart", "arrive", "quote", "agree", "fix"),
            "planned quoted confirmed dispatched departed arrived arrived arrived fixed",
        ),
    ],
)
def test_ways_through(order: Order, steps: tuple[str, ...], stages: str):
    went = []
    for step in steps:
        order.take(step)
        went.append(order.state.stage.value)
    assert went == stages.split()


EVERY = {
    "opened": (),
    "planned": ("plan",),
    "dispatched": ("plan", "dispatch"),
    "departed": ("plan", "dispatch", "depart"),
    "arrived": ("plan", "dispatch", "depart", "arrive"),
    "fixed": FREE_WAY[:5],
    "taken_in": TAKEN_WAY[:5],
    "returned": TAKEN_WAY[:6],
    "signed": FREE_WAY[:6],
    "reported": FREE_WAY[:7],
    "audited": FREE_WAY,
    "cancelled": ("plan", "cancel"),
    "guided_by_phone": ("guide",),
}
MAY_FOLLOW = {
    "opened": {"plan", "guide", "cancel"},
    "planned": {"plan", "guide", "dispatch", "cancel"},
    "dispatched": {"dispatch", "depart", "cancel"},
    "departed": {"arrive", "cancel"},
    "arrived": {"diagnose", "fix", "take_in", "cancel"},
    "fixed": {"sign"},
    "taken_in": {"return"},
    "returned": {"sign"},
    "signed": {"report", "file_record"},
    "reported": {"audit", "file_record"},
    "audited": {"file_record"},
    "cancelled": set(),
    "guided_by_phone": set(),
}


@pytest.mark.parametrize("stage", EVERY)
@pytest.mark.parametrize("step", BRINGS)
def test_from_a_free_order_every_step_follows_or_is_refused(stage: str, step: str):
    order = Order().take(*EVERY[stage])
    assert order.state.stage == stage
    if step in MAY_FOLLOW[stage]:
        assert order.attempt(step).state.stage is not OrderStage.OPENED
    else:
        with pytest.raises(OrderStepRefusedError):
            order.attempt(step)


def lacks(order: Order, step: str, **changes) -> set[str]:
    with pytest.raises(OrderStepRefusedError) as refused:
        order.attempt(step, **changes)
    return set(refused.value.missing)


ELSEWHERE = replace(WORKER, regions=frozenset({"wuxi-city"}), skills=frozenset({"washing"}), active=False)


@pytest.mark.parametrize(
    ("order", "way", "step", "changes", "missing"),
    [
        (Order(), (), "plan", {"plan": None, "region": None}, {"plan", "region"}),
        (Order(), (), "plan", {"region": "mars"}, {"known_region"}),
        (Order(), (), "plan", {"service_class": "charged"}, {"note"}),
        (Order(), (), "guide", {"work_done": None}, {"work_done"}),
        (Order(), ("plan",), "quote", {}, {"charged_service"}),
        (Order(Warranty(ServiceClass.UNKNOWN)), ("plan",), "dispatch", {}, {"service_class"}),
        (charged(), ("plan",), "dispatch", {}, {"fee_confirmed"}),
        (charged(), ("plan", "quote", "refuse"), "dispatch", {}, {"fee_waiver"}),
        (charged(), ("plan", "quote", "agree", "quote", "refuse"), "dispatch", {}, {"fee_waiver"}),
        (charged(), ("plan", "quote"), "agree", {"quote_id": LI}, {"open_quote"}),
        (charged(), ("plan", "quote", "refuse"), "waive", {"note": None}, {"note"}),
        (Order(BY_DEALER), ("plan",), "dispatch", {}, {"dealer_told"}),
        (Order(BY_DEALER), ("plan",), "tell_dealer", {"told_to": None}, {"told_to"}),
        (Order(worker=None), ("plan",), "dispatch", {"visit_at": None}, {"technician_id", "visit_at"}),
        (
            Order(worker=ELSEWHERE),
            ("plan",),
            "dispatch",
            {"visit_at": NOW - timedelta(hours=1)},
            {"technician_active", "technician_region", "technician_skill", "visit_at_not_past"},
        ),
        (Order(), ("plan", "dispatch"), "depart", {"plan_told": False}, {"plan_told"}),
        (
            Order(),
            ("plan", "dispatch", "depart"),
            "arrive",
            {"arrived_at": NOW + timedelta(minutes=1)},
            {"arrived_at_in_order"},
        ),
        (
            Order(),
            FREE_WAY[:4],
            "fix",
            {"work_done": None, "hours": None, "card_entry": None},
            {"work_done", "hours", "card_entry"},
        ),
        (
            Order(),
            FREE_WAY[:4],
            "take_in",
            {"receipt": None, "promised_on": date(2026, 11, 22)},
            {"receipt", "promised_on_not_past"},
        ),
        (Order(), TAKEN_WAY[:5], "return", {"receipt_voided": None}, {"receipt_voided"}),
        (Order(), FREE_WAY[:5], "sign", {"signed_by": None}, {"signature"}),
        (Order(), FREE_WAY[:6], "report", {"report": None}, {"report"}),
        (
            charged(),
            ("plan", "quote", "agree", *FREE_WAY[1:6]),
            "report",
            {"invoice": None},
            {"invoice"},
        ),
        (Order(), FREE_WAY[:7], "audit", {"satisfied": None, "cost": None}, {"satisfied", "cost"}),
        (Order(), ("plan",), "cancel", {"note": None}, {"note"}),
    ],
)
def test_gates(order: Order, way: tuple[str, ...], step: str, changes: dict, missing: set[str]):
    assert lacks(order.take(*way), step, **changes) == missing


def test_a_quote_that_is_no_longer_valid_cannot_be_agreed_to():
    order = charged().take("plan", "quote")
    order.valid = False
    assert lacks(order, "agree") == {"valid_quote"}


def test_more_work_than_was_agreed_to_needs_the_customer_first():
    order = charged().take("plan", "quote", "agree", *FREE_WAY[1:4])
    order.bill += Decimal("0.01")
    assert lacks(order, "fix") == {"fee_confirmed"}
    assert order.take("quote", "agree", "fix").state.bill_total == Decimal("290.01")


def test_who_declines_more_work_on_site_is_served_by_leave_of_the_general_manager_only():
    order = charged().take("plan", "quote", "agree", *FREE_WAY[1:4])
    order.bill = Decimal(900)
    order.take("quote", "refuse")
    assert lacks(order, "fix") == {"fee_confirmed"}
    assert order.take("waive").state.waived_by == "gm"
    assert order.take("fix").state.bill_total == 0


def test_a_contract_without_parts_pays_for_parts_alone():
    order = Order(Warranty(ServiceClass.CONTRACT, parts_charged=True), Decimal(90)).take(*FREE_WAY[:4])
    assert lacks(order, "fix") == {"fee_confirmed"}
    assert order.take("quote", "agree", "fix").state.stage is OrderStage.FIXED


def test_a_new_plan_voids_what_was_quoted_and_agreed():
    order = charged().take("plan", "quote", "agree", "plan")
    assert order.state.agreed_total is None
    assert lacks(order, "dispatch") == {"fee_confirmed"}


def test_signing_by_code_only_with_the_code_that_was_sent():
    order = Order().take(*FREE_WAY[:5])
    order.code = "another"
    assert lacks(order, "sign") == {"signature"}
    assert lacks(order, "sign", signed_by=None) == {"signature"}
    order.code = CODE
    signed = order.attempt("sign", CUSTOMER, signed_by=None).state
    assert (signed.signed_how, signed.sign_code_digest) == (Way.CODE, None)


def test_a_customer_cannot_sign_on_paper_from_afar():
    order = Order().take(*FREE_WAY[:5])
    with pytest.raises(OrderStepRefusedError):
        order.attempt("sign", CUSTOMER)


@pytest.mark.parametrize(
    ("step", "by"),
    [
        ("dispatch", somebody(Role.AGENT)),
        ("plan", CUSTOMER),
        ("cancel", somebody(Role.AGENT)),
        ("plan", somebody(Role.ADMIN)),
    ],
)
def test_what_is_not_for_this_person(step: str, by):
    with pytest.raises(OrderStepForbiddenError):
        Order().take("plan").attempt(step, by)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.GM])
def test_only_the_general_manager_waives_a_fee(role: Role):
    with pytest.raises(OrderStepForbiddenError):
        charged().take("plan", "quote", "refuse").attempt("waive", somebody(role))


@pytest.mark.parametrize(
    ("order", "way", "heard"),
    [
        (charged(), ("plan", "quote", "agree"), ("fee_confirmed",)),
        (charged(), ("plan", "quote", "refuse"), ()),
        (charged(), ("plan", "quote", "refuse", "waive"), ("fee_confirmed",)),
        (Order(), FREE_WAY[:4], ("arrived",)),
        (Order(), FREE_WAY[:5], ()),
        (Order(), FREE_WAY[:6], ("service_done",)),
        (Order(), FREE_WAY[:7], ("report_written",)),
        (Order(), FREE_WAY, ("audit_done",)),
        (Order(), ("guide",), ("advised",)),
        (Order(), (*FREE_WAY[:6], "file_record"), ("record_filed",)),
    ],
)
def test_what_clocks_hear(order: Order, way: tuple[str, ...], heard: tuple[str, ...]):
    assert order.take(*way).last.triggers == heard


def test_what_is_planned_or_quoted_anew_must_be_agreed_to_anew():
    agreed = charged().take("plan", "quote", "agree")
    assert agreed.last.lapsed == ()
    assert agreed.attempt("plan").lapsed == ("fee_confirmed",)
    assert agreed.attempt("quote").lapsed == ("fee_confirmed",)
    waived = charged().take("plan", "quote", "refuse", "waive")
    assert waived.attempt("plan").lapsed == ("fee_confirmed",)
    assert agreed.take("dispatch", "depart", "arrive").attempt("quote").lapsed == ()
    assert Order().take("plan").attempt("plan").lapsed == ()


def test_a_cause_found_on_site_decides_anew_who_pays():
    order = Order().take("plan", "dispatch", "depart", "arrive")
    assert order.state.service_class is ServiceClass.FREE
    order.warranty = Warranty(ServiceClass.CHARGED, parts_discount=20, family="air_conditioner")
    order.bill = BILL
    order.take("diagnose", cause="misuse")
    assert (order.state.service_class, order.state.parts_discount) == (ServiceClass.CHARGED, 20)
    assert order.state.stage is OrderStage.ARRIVED
    assert lacks(order, "fix") == {"fee_confirmed"}
    order.take("quote", "agree", "fix")
    assert order.state.bill_total == BILL


def test_what_nobody_can_decide_on_site_stays_as_it_was_planned():
    order = Order().take("plan", "dispatch", "depart", "arrive")
    order.warranty = Warranty(ServiceClass.UNKNOWN)
    assert order.take("diagnose", cause="misuse").state.service_class is ServiceClass.FREE


def test_the_record_is_filed_once_with_a_picture_or_the_place_where_it_is():
    order = Order().take(*FREE_WAY[:6])
    assert lacks(order, "file_record", record=None) == {"record"}
    order.pictured = True
    order.take("file_record", record=None)
    with pytest.raises(OrderStepRefusedError):
        order.attempt("file_record")


@pytest.mark.parametrize(
    ("order", "way", "verb", "source"),
    [
        (Order(), ("plan",), "order_planned", "R10-6.2.2"),
        (charged(), ("plan", "quote"), "quote_sent", "R10-4.2.1.5"),
        (charged(), ("plan", "quote", "refuse"), "fee_declined", "R10-6.2.4"),
        (charged(), ("plan", "quote", "agree"), "fee_confirmed", "R10-6.2.4"),
        (Order(), TAKEN_WAY[:5], "taken_in", "R3b-11"),
        (Order(), FREE_WAY, "audited", "R10-6.2.7"),
    ],
)
def test_each_step_is_on_the_timeline_with_its_clause(order: Order, way, verb: str, source: str):
    deed = order.take(*way).last.deed
    assert (deed.verb, deed.source, deed.after["order"]) == (verb, source, "26112300016-1")
    assert CODE not in str(deed)


@pytest.mark.parametrize(("today", "late"), [(date(2026, 11, 27), False), (date(2026, 11, 28), True)])
def test_a_repair_is_overdue_after_its_promised_day(today: date, late: bool):
    state = Order().take(*TAKEN_WAY[:5]).state
    assert machine.overdue(state, today) is late
    assert not machine.overdue(replace(state, overdue_at=NOW), today)
    assert not machine.overdue(replace(state, stage=OrderStage.RETURNED), today)


def test_the_region_gives_area_and_distance_unless_told():
    assert Order().take("plan").state.distance_km == 15
    assert Order().take("plan", distance_km="20").state.distance_km == 20
    moved = Order().take("plan", distance_km="20").take("plan", region="suzhou-suburb").state
    assert (moved.area, moved.distance_km) == ("suburb", 60)


def test_every_step_is_offered_where_it_follows():
    state = Order().take("plan").state
    offered = machine.open_steps(state, shipped().dispatch, somebody(Role.AGENT))
    assert set(offered) == {OrderStep.PLAN, OrderStep.GUIDE, OrderStep.QUOTE}
