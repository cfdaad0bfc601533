"""How entities and signals are scored, on cases small enough to count by hand."""

import json

import pytest

from bot.nlu.entity_eval import SetError, evaluate_file, main, report
from bot.nlu.entity_scores import Line, Mention, comparable, entity_scores
from bot.nlu.signal_scores import signal_scores

CALM = {
    "hazard": False,
    "hazard_kind": None,
    "anger": 0,
    "threat": False,
    "vulnerable": False,
    "repeated": False,
    "wants_human": False,
}


def line(required=(), optional=(), text="冰箱去年三月买的漏水"):
    return Line("x1", text, "2026-11-23T10:00:00+08:00", tuple(required), tuple(optional))


def f1(result, way):
    return result[way]["micro"]["f1"]


def test_a_span_of_half_the_longer_is_lenient_but_not_strict():
    true = Mention("fault", 0, 4, "x")
    for found, lenient in ((Mention("fault", 0, 2, "x"), 1.0), (Mention("fault", 0, 1, "x"), 0.0)):
        result = entity_scores([line([true])], [[found]])
        assert (f1(result, "strict"), f1(result, "lenient")) == (0.0, lenient)


def test_a_closed_type_needs_its_value_a_free_one_does_not():
    for entity, expected in (("purchase_date", 0.0), ("product", 1.0)):
        result = entity_scores([line([Mention(entity, 0, 4, "a")])], [[Mention(entity, 0, 4, "b")]])
        assert f1(result, "headline") == expected
        assert result["values"]["all"] == 0.0


def test_an_optional_one_neither_earns_nor_costs():
    may = Mention("quantity", 0, 2, "1")
    result = entity_scores([line(optional=[may])], [[may]])
    assert result["headline"]["micro"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "true": 0, "found": 0}
    assert result["errors"] == []


def test_each_find_pairs_with_one_annotation():
    true = [Mention("product", 0, 2, "冰箱"), Mention("product", 2, 4, "冰箱")]
    result = entity_scores([line(true)], [[true[0]]])
    assert result["headline"]["micro"] | {} == {
        "precision": 1.0,
        "recall": 0.5,
        "f1": 0.6667,
        "true": 2,
        "found": 1,
    }
    assert result["errors"][0]["missed"] == ["product 去年 = 冰箱"]


@pytest.mark.parametrize(
    ("entity", "one", "other"),
    [
        ("model", "iPhone 15 Pro", "IPHONE15PRO"),
        ("phone", "0512-65278310", "051265278310"),
        ("incident_time", "2026-11-22T16:30+08:00", "2026-11-22T16"),
        ("shop", "你们观前街店", "观前街店"),
        ("fault", "沒有聲音", "没有声音"),
    ],
)
def test_values_that_compare_equal(entity, one, other):
    assert comparable(entity, one) == comparable(entity, other)


@pytest.mark.parametrize(
    ("one", "other"), [("2026-11-22T16", "2026-11-22"), ("2026-11-22T16", "2026-11-22T17")]
)
def test_hours_tell_incidents_apart(one, other):
    assert comparable("incident_time", one) != comparable("incident_time", other)


def test_signals_are_scored_by_flag_kind_and_grade():
    rows = [
        {"id": "1", "text": "a", "signals": CALM | {"hazard": True, "hazard_kind": "fire", "anger": 2}},
        {"id": "2", "text": "b", "signals": CALM | {"threat": True}},
    ]
    detected = [CALM | {"hazard": True, "hazard_kind": "smoke", "anger": 3}, CALM | {"anger": 1}]
    result = signal_scores(rows, detected)
    assert (result["by_flag"]["hazard"]["f1"], result["by_flag"]["threat"]["f1"]) == (1.0, 0.0)
    assert result["flags"]["f1"] == 0.6667
    assert result["hazard_kind"] == 0.0
    assert (result["anger_exact"], result["anger_two_classes"]) == (0.0, 1.0)
    assert [error["id"] for error in result["errors"]] == ["1", "2"]


@pytest.mark.parametrize("content", ["", "{", '{"text": "a"}', "[]"])
def test_what_is_no_set_is_refused_with_its_place(tmp_path, content):
    path = tmp_path / "set.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SetError, match=r"set\.jsonl"):
        evaluate_file(path)


def test_the_command_prints_a_table_or_json(tmp_path, capsys):
    row = {"id": "x", "text": "冰箱漏水", "now": "2026-11-23T10:00:00+08:00", "entities": []}
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    assert main([str(path), "--errors", "1"]) == 0
    table = capsys.readouterr().out
    assert "headline" in table
    assert "冰箱" in table
    assert main([str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["errors"] == []
    assert report(evaluate_file(path)).startswith("set.jsonl: 1 texts")
