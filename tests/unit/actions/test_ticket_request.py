from actions.quality_complaint import SPEC as QUALITY
from actions.service_complaint import SPEC as SERVICE
from actions.state import BRIEF, HAZARD, IntakeState
from actions.suggestion import SPEC as SUGGESTION
from actions.ticket_request import request_id, ticket_request
from actions.turn import Signals

SLOTS = {
    "description": "热水器漏水",
    "product": "热水器",
    "fault": "漏水",
    "purchase_date": "2025-11-11",
    "demand": "exchange",
    "customer_name": "王",
    "phone": "13812345678",
}


def test_a_complete_complaint():
    request = ticket_request("c1", QUALITY, SLOTS, IntakeState(run=2, told=True))
    assert request["request_id"] == "c1:2"
    assert request["conversation_id"] == "c1"
    assert request["kind"] == "quality_complaint"
    assert request["description"] == "热水器漏水"
    assert request["demand"] == "exchange"
    assert request["details"] == {"product": "热水器", "fault": "漏水", "purchase_date": "2025-11-11"}
    assert request["contact"] == {"name": "王", "phone": "13812345678", "address": None}
    assert (request["hazard"], request["severity"], request["intake"]) == (False, "minor", "complete")


def test_filing_again_is_the_same_request_and_the_next_form_is_another():
    state = IntakeState().next_run()
    assert request_id("c1", state) == request_id("c1", state.but(stalls=3))
    assert request_id("c1", state) != request_id("c1", state.next_run())


def test_what_policy_asks_for_makes_it_complete():
    """R10-6.1.5 by policy/workflow.yml: one of order, serial and date will do."""
    for missing in ("phone", "product", "customer_name", "demand", "purchase_date"):
        request = ticket_request("c1", QUALITY, SLOTS | {missing: None}, IntakeState(told=True))
        assert request["intake"] == "incomplete"


def test_a_suggestion_needs_no_contact():
    request = ticket_request("c1", SUGGESTION, {"description": "字印大点"}, IntakeState(told=True))
    assert request["intake"] == "complete"


def test_a_hazard_is_grave_and_never_a_mere_suggestion():
    state = IntakeState(told=True, mode=HAZARD, signals=Signals(hazard=True, hazard_kind="fire"))
    request = ticket_request("c1", SUGGESTION, SLOTS, state)
    assert (request["kind"], request["hazard"], request["severity"]) == ("quality_complaint", True, "grave")


def test_what_was_said_to_open_the_form_stands_in_for_a_description():
    request = ticket_request("c1", SERVICE, {}, IntakeState(mode=BRIEF, opening_words="我要投诉"))
    assert request["description"] == "我要投诉"
    assert request["intake"] == "incomplete"


def test_questions_and_an_earlier_ticket_go_along():
    state = IntakeState(told=True, questions=("保修多久", "收费吗"), filed=("26112300017",))
    details = ticket_request("c1", QUALITY, SLOTS, state)["details"]
    assert details["questions"] == "保修多久\n收费吗"
    assert details["related_ticket"] == "26112300017"


def test_a_second_kind_is_never_the_first_again():
    state = IntakeState(told=True, secondary_kind="quality_complaint")
    assert ticket_request("c1", QUALITY, SLOTS, state)["secondary_kind"] is None


def test_a_serial_number_stands_in_for_the_date():
    slots = SLOTS | {"purchase_date": None, "serial_number": "SN20250311"}
    assert ticket_request("c1", QUALITY, slots, IntakeState(told=True))["intake"] == "complete"


def test_the_customers_words_stand_in_for_a_fault_that_was_not_recognised():
    slots = SLOTS | {"fault": None, "description": "一开就" + "嗡" * 200}
    request = ticket_request("c1", QUALITY, slots, IntakeState(told=True))
    assert request["details"]["fault"] == ("一开就" + "嗡" * 200)[:60]
    assert request["intake"] == "complete"


def test_what_was_kept_by_somebody_who_gave_up_is_incomplete():
    assert ticket_request("c1", QUALITY, SLOTS, IntakeState(told=True, kept=True))["intake"] == "incomplete"
