"""What people at the desk are offered from data/faq for a customer's words."""

from actions.faq_answers import answers
from bot.suggesting_channel import SuggestingInput, suggested

FOUND = {
    "topic": "fees",
    "topic_confidence": 0.9,
    "candidates": [{"id": "visit_fee", "score": 0.8}, {"id": "fee_in_warranty", "score": 0.1}],
    "sure": True,
}


def test_entries_come_with_their_words_and_clauses():
    first, second = suggested({"faq": FOUND})
    assert (first["score"], first["sure"]) == (0.8, True)
    assert (second["score"], second["sure"]) == (0.1, False)
    assert first["question"] == answers()["visit_fee"].question
    assert second["answer"] == answers()["fee_in_warranty"].text
    assert second["source"] == ["R1-4.1", "R10-4.1.1"]


def test_an_unsure_finding_is_offered_and_called_unsure():
    assert [one["sure"] for one in suggested({"faq": FOUND | {"sure": False}})] == [False, False]


def test_where_nothing_was_searched_nothing_is_offered():
    assert suggested({"text": "你好"}) == []
    assert suggested({"faq": {"topic": None, "candidates": [], "sure": False}}) == []


def test_its_address_is_what_the_backend_asks():
    assert SuggestingInput.name() == "suggesting"
