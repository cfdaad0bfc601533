"""The texts of answers: each is complete, short, sayable, rests on a clause, and follows the figures of policy."""

import json
import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from actions.faq_answers import (
    FACTS_FILE,
    FAQ_DIRECTORY,
    FaqAnswerError,
    answer,
    answers,
    read_answers,
    read_facts,
)

ROOT = Path(__file__).resolve().parents[3]
GOOD = {
    "id": "arrival",
    "questions": ["多久到"],
    "answer": "路近的{near}内到。",
    "policy": ["near"],
    "source": ["R10-4.1.3"],
}


def load(path):
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def quoted_facts():
    for path in FAQ_DIRECTORY.glob("*.yml"):
        for entry in load(path).get("entries", []):
            yield from entry.get("policy", [])


def test_every_entry_has_an_answer():
    ids = [entry["id"] for path in FAQ_DIRECTORY.glob("*.yml") for entry in load(path).get("entries", [])]
    assert sorted(ids) == sorted(answers())
    assert all(answer(name) and answer(name, spoken=True) for name in ids)


@pytest.mark.parametrize("name", sorted(answers()))
def test_answers_are_short_and_filled_in(name):
    text = answer(name)
    assert len(text) <= 100
    assert len(re.findall("[。！？]", text)) <= 3
    assert text[-1] in "。！？"
    assert not re.search("[{}]", text + answer(name, spoken=True))


@pytest.mark.parametrize("name", sorted(answers()))
def test_spoken_answers_have_nothing_that_must_be_read_with_the_eye(name):
    assert not re.search(r"[0-9A-Za-z()（）/\-~%]", answer(name, spoken=True))


def test_answers_rest_on_known_clauses():
    clauses = load(ROOT / "policy" / "clauses.yml")["clauses"]
    sources = {source for found in answers().values() for source in found.source}
    sources |= {source for fact in read_facts(FACTS_FILE).values() for source in fact.source}
    assert {source for source in sources if not source.startswith("law:")} <= clauses.keys()


def test_every_figure_is_quoted_somewhere():
    assert set(quoted_facts()) == read_facts(FACTS_FILE).keys()


def test_the_hours_that_are_told_are_those_that_are_kept():
    (window,) = {
        window
        for week in load(ROOT / "policy" / "calendar.yml")["calendars"]["hotline"]["week"]
        for window in week["windows"]
    }
    told = []
    for time in window.split("-"):
        hour, minute = map(int, time.split(":"))
        told.append(f"{hour if hour <= 12 else hour - 12}点" + {0: "", 30: "半"}[minute])
    assert re.findall(r"\d+点半?", answer("service_hours")) == told


def make(tmp_path, entry=GOOD, facts=None):
    (tmp_path / "faq").mkdir()
    content = {"topic": "hours", "entries": entry if isinstance(entry, list) else [entry]}
    (tmp_path / "faq" / "hours.yml").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "faq" / "unanswered.yml").write_text("questions: [别的]\n", encoding="utf-8")
    facts = facts or {"near": {"text": "24小时", "spoken": "二十四小时", "source": ["R10-4.1.3"]}}
    (tmp_path / "answers.yml").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    return read_answers(tmp_path / "faq", read_facts(tmp_path / "answers.yml"))


def test_figures_are_filled_in_for_the_eye_and_for_the_ear(tmp_path):
    found = make(tmp_path)["arrival"]
    assert (found.topic, found.source) == ("hours", ("R10-4.1.3",))
    assert found.text == "路近的24小时内到。"
    assert found.spoken == "路近的二十四小时内到。"


def test_a_changed_figure_changes_the_answer(tmp_path):
    found = make(tmp_path, facts={"near": {"text": "两天", "source": ["R10-4.1.3"]}})["arrival"]
    assert found.text == found.spoken == "路近的两天内到。"


def test_an_entry_may_have_words_of_its_own_for_the_ear(tmp_path):
    found = make(tmp_path, {**GOOD, "spoken": "最多等{near}。"})["arrival"]
    assert (found.text, found.spoken) == ("路近的24小时内到。", "最多等二十四小时。")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"answer": ""}, "hours.yml: arrival: answer"),
        ({"answer": "很快到。"}, "not the same figures"),
        ({"answer": "{near}或{far}内到。"}, "not the same figures"),
        ({"policy": ["near", "far"]}, "far is not in answers.yml"),
        ({"source": []}, "arrival: source"),
        ({"source": ["somewhere"]}, "arrival: source"),
        ({"source": "R10-4.1.3"}, "arrival: source"),
    ],
)
def test_wrong_entries_are_refused(tmp_path, change, told):
    with pytest.raises(FaqAnswerError, match=told):
        make(tmp_path, {**GOOD, **change})


def test_an_id_stands_for_one_entry(tmp_path):
    with pytest.raises(FaqAnswerError, match="arrival: the id is used twice"):
        make(tmp_path, [GOOD, GOOD])


@pytest.mark.parametrize("fact", [{"text": "24小时"}, {"source": ["R5-5"]}, {"text": 24, "source": ["R5-5"]}])
def test_wrong_figures_are_refused(tmp_path, fact):
    with pytest.raises(FaqAnswerError, match=r"answers\.yml: near"):
        make(tmp_path, facts={"near": fact})


def test_an_unknown_entry_is_an_error():
    with pytest.raises(KeyError):
        answer("no_such_entry")
