from bot.nlu.scores import Example, confusion_text, hazard_scores, intent_scores, label_of


def test_label_of_reads_past_the_fallback_and_folds_chat_acts():
    ranking = [{"name": "nlu_fallback"}, {"name": "suggestion"}]
    assert label_of({"intent": {"name": "nlu_fallback"}, "intent_ranking": ranking}) == "suggestion"
    assert label_of({"intent": {"name": "thanks"}, "intent_ranking": [{"name": "thanks"}]}) == "other"
    assert label_of({"intent": {"name": None}, "intent_ranking": []}) == "other"


def test_intent_scores():
    examples = [
        Example("a", "quality_complaint"),
        Example("b", "service_complaint", also="status_query"),
        Example("c", "other"),
        Example("d", "consultation"),
    ]
    scores = intent_scores(examples, ["quality_complaint", "status_query", "other", "other"])
    assert scores["accuracy"] == 0.5
    assert scores["accepted"] == 0.75
    assert scores["macro_f1_four"] == round((1 + 0 + 4 / 5) / 3, 4)
    assert scores["confusion"]["consultation"] == {"other": 1}
    assert "consultation" in confusion_text(scores["confusion"])


def test_hazard_scores():
    examples = [Example("a", "other", hazard=True), Example("b", "other", hazard=True), Example("c", "other")]
    assert hazard_scores(examples, [True, False, True]) == {
        "hazards": 2,
        "flagged": 2,
        "precision": 0.5,
        "recall": 0.5,
    }
    assert hazard_scores([Example("c", "other")], [False])["precision"] is None
