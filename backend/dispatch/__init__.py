"""Service orders: from the plan to the audit of a visit (R1-4.2, R3b-6..19, R10-4, R10-6.2)."""
