"""What a timeline says that clocks count from."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from backend import policy
from backend.settings import PROJECT_ROOT
from backend.sla.deadlines import Pause
from backend.sla.moments import Moment, beginning, moments, waits

NINE = datetime(2026, 11, 23, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    verb: str
    hour: int
    after: dict = field(default_factory=dict)

    @property
    def at(self) -> datetime:
        return after(self.hour)


def after(hours: int) -> datetime:
    return NINE + timedelta(hours=hours)


FILED = Entry("filed", 0, {"kind": "inquiry", "stage": "recorded"})


def test_each_entry_is_what_it_is_to_clocks():
    timeline = [
        FILED,
        Entry("routed", 0, {"department": "质量部"}),
        Entry("contacted", 1, {"first_contact_at": after(1).isoformat()}),
        Entry("contacted", 2),
        Entry("judged", 3, {"stage": "judged"}),
        Entry("approved", 4, {"approved_at": after(4).isoformat(), "approved_by": "x"}),
        Entry("escalated", 5, {"called": "manager", "level": "manager"}),
        Entry("acknowledged", 6, {"called": "manager"}),
        Entry("settled", 7, {"stage": "settled"}),
        Entry("called_back", 9, {"callback_at": after(8).isoformat()}),
    ]
    assert moments(timeline) == [
        Moment("filed", after(0)),
        Moment("contact", after(1)),
        Moment("stage:judged", after(3)),
        Moment("approved", after(4)),
        Moment("escalated:manager", after(5)),
        Moment("acknowledged", after(6)),
        Moment("stage:settled", after(7)),
        Moment("closed", after(7)),
        Moment("callback_done", after(8)),
    ]


def test_a_merger_that_was_undone_never_was():
    timeline = [
        FILED,
        Entry("merged", 2, {"stage": "cancelled"}),
        Entry("unmerged", 5, {"stage": "recorded"}),
    ]
    assert moments(timeline) == [Moment("filed", after(0))]


@pytest.mark.parametrize(
    ("happened", "since"),
    [
        ((), None),
        ((("filed", 0),), 0),
        ((("filed", 0), ("contact", 1)), None),
        ((("filed", 0), ("contact", 1), ("stage:reopened", 5)), 5),
        ((("filed", 0), ("stage:reopened", 5)), 0),
        ((("contact", 1),), None),
    ],
)
def test_a_clock_runs_since_its_last_start_that_nothing_ended(happened: tuple, since: int | None):
    rule = policy.load(PROJECT_ROOT / "policy").sla.clocks["first_contact"]
    found = beginning(rule, [Moment(trigger, after(hour)) for trigger, hour in happened])
    assert found == (None if since is None else after(since))


def test_waiting_counts_from_where_the_clock_began():
    waiting = {"awaiting_customer_since": after(2).isoformat()}
    answered = {"awaiting_customer_since": None}
    timeline = [FILED, Entry("awaiting_customer", 2, waiting), Entry("added", 4, answered)]
    timeline += [Entry("awaiting_customer", 6, waiting)]  # still waiting: no ended pause
    assert waits(timeline, after(0)) == [Pause(after(2), after(4))]
    assert waits(timeline, after(3)) == [Pause(after(3), after(4))]
    assert waits(timeline, after(5)) == []
