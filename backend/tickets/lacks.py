"""Names of what a step can lack; `utter_system_fact_<name>` in `domain/_system.yml` says them to people."""

NOTE = "note"
APPROVAL = "approval"
WRITTEN_NOTICE = "written_notice"
SUFFICIENT_GROUNDS = "sufficient_grounds"
INSUFFICIENT_GROUNDS = "insufficient_grounds"
JUDGEMENT_ANEW = "judgement_anew"
CONCESSION_BUDGET = "concession_budget"
CONCESSION_WITHIN_AMOUNT = "concession_within_amount"
COMPENSATION_AMOUNT = "compensation_amount"
FUTURE_DUE = "action_due_not_past"
ANOTHER_TICKET = "other"
EMERGENCY_CLOSED = "emergency_closed"
NOT_IN_FUTURE = "at_not_in_future"
AFTER_NOTICE = "at_after_notice"
FACTS = frozenset(
    {
        NOTE,
        APPROVAL,
        WRITTEN_NOTICE,
        SUFFICIENT_GROUNDS,
        INSUFFICIENT_GROUNDS,
        JUDGEMENT_ANEW,
        CONCESSION_BUDGET,
        CONCESSION_WITHIN_AMOUNT,
        COMPENSATION_AMOUNT,
        FUTURE_DUE,
        ANOTHER_TICKET,
        EMERGENCY_CLOSED,
        NOT_IN_FUTURE,
        AFTER_NOTICE,
        "reached",
        "rated_attitude",
        "rated_skill",
        "rated_arrival",
        "rated_promises",
        "grounds",
        "demand_reasonable",
        "kind",
        "rejection_reason",
        "rejection_evidence",
        "how",
        "text",
        "department",
        "responsible_person",
        "cause_class",
        "findings",
        "direct_cause",
        "unsolved_cause",
        "inspection_body",
        "solution",
        "solution_amount",
        "compensate_first",
        "customer_accepted",
        "reaction",
        "carried_out",
        "corrective_action",
        "preventive_action",
        "action_owner",
        "action_due",
        "assignee",
        "description",
    }
)
"""All that a gate can ask for, besides what policy wants known at intake."""
