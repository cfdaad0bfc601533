"""The clocks of a ticket: how time is counted, when each warns and runs out, what is promised by them."""
