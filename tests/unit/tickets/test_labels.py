"""What the timeline and the steps are called at the desk."""

import re
from dataclasses import fields

import pytest

from backend.settings import PROJECT_ROOT
from backend.tickets.case_deeds import VERBS
from backend.tickets.case_state import CaseState
from backend.tickets.commands import Step
from backend.tickets.kinds import (
    CauseClass,
    Grounds,
    Level,
    Notice,
    Priority,
    Relation,
    ReplyRequired,
    SoldBy,
    Subject,
)

LABELS = (PROJECT_ROOT / "web/src/messages/labels.zh-CN.ts").read_text(encoding="utf-8")
BESIDE = {
    "filed",
    "routed",
    "solution_refused",
    "merged_in",
    "merge_undone",
    "compensated_first",
    "inspection_called",
    "supplier_named",
}
NEVER_SHOWN = {"number", "details"}


def labelled(name: str) -> set[str]:
    (body,) = re.findall(rf"export const {name}\b[^{{]*\{{(.*?)\n\}}", LABELS, re.DOTALL)
    return set(re.findall(r'^  (\w+): "[^"]+",$', body, re.MULTILINE))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("verbLabels", set(VERBS.values()) | BESIDE),
        ("fieldLabels", {field.name for field in fields(CaseState)} - NEVER_SHOWN),
        ("stepLabels", set(Step)),
        ("levelLabels", set(Level)),
        ("priorityLabels", set(Priority)),
        ("causeClassLabels", set(CauseClass)),
        ("groundsLabels", set(Grounds)),
        ("subjectLabels", set(Subject)),
        ("soldByLabels", set(SoldBy)),
        ("noticeLabels", set(Notice)),
        ("replyRequiredLabels", set(ReplyRequired)),
        ("relationLabels", set(Relation)),
    ],
)
def test_each_word_has_its_chinese(name: str, words: set[str]):
    assert {str(word) for word in words} <= labelled(name)
