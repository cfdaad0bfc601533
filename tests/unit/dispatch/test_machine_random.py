"""Any sequence of steps: what must never be, whatever people do."""

from datetime import timedelta
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from backend.dispatch.kinds import OrderStage
from backend.dispatch.machine import OrderStepRefusedError
from backend.dispatch.order_state import Warranty
from backend.warranty.outcome import ServiceClass
from tests.unit.dispatch.orders import BRINGS, CODE, Order

AWAY = {"dispatched", "departed", "arrived", "fixed", "taken_in", "returned", "signed", "reported", "audited"}


class Orders(RuleBasedStateMachine):
    """An order, in all ways that it can be asked for."""

    @initialize(
        service=st.sampled_from(ServiceClass),
        dealer=st.booleans(),
        parts=st.booleans(),
        bill=st.integers(0, 500),
    )
    def begin(self, service: ServiceClass, dealer: bool, parts: bool, bill: int):
        warranty = Warranty(service, parts, dealer_sold=dealer, family="air_conditioner")
        self.order = Order(warranty, Decimal(bill))
        self.taken: list[str] = []

    @rule(step=st.sampled_from(sorted(BRINGS)), minutes=st.integers(0, 30), extra=st.integers(0, 50))
    def step(self, step: str, minutes: int, extra: int):
        order = self.order
        order.now += timedelta(minutes=minutes)
        order.bill += extra
        before = order.state
        changes = {"visit_at": order.now} if step == "dispatch" else {}
        try:
            order.take(step, **changes)
        except OrderStepRefusedError:
            assert order.state == before
        else:
            self.taken.append(step)

    @rule()
    def sign_by_a_wrong_code(self):
        self.order.code = "guess"
        try:
            self.order.take("sign")
        except OrderStepRefusedError:
            self.order.code = None
        else:
            raise AssertionError("signed by a guess")

    @invariant()
    def nobody_is_sent_before_the_fee_is_settled(self):
        state = self.order.state
        if state.stage in AWAY:
            assert state.service_class is not ServiceClass.UNKNOWN
            if state.service_class is ServiceClass.CHARGED:
                assert state.agreed_total is not None or state.waived_by is not None

    @invariant()
    def nobody_pays_more_than_was_agreed_to(self):
        state = self.order.state
        assert state.bill_total <= (state.agreed_total or 0)
        if state.service_class is ServiceClass.FREE:
            assert state.bill_total == 0

    @invariant()
    def a_dealer_is_told_beforehand(self):
        state = self.order.state
        if state.dealer_sold and state.stage in AWAY:
            assert state.dealer_told_at <= state.dispatched_at

    @invariant()
    def what_was_taken_in_comes_back_before_it_is_signed(self):
        last = {name: place for place, name in enumerate(self.taken)}
        if "sign" in last and "take_in" in last:
            assert last["take_in"] < last["return"] < last["sign"]

    @invariant()
    def an_audit_has_all_before_it(self):
        if self.order.state.stage is OrderStage.AUDITED:
            assert {"plan", "dispatch", "depart", "arrive", "sign", "report"} <= set(self.taken)
            assert self.order.state.sign_code_digest != CODE


TestOrders = Orders.TestCase
TestOrders.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
