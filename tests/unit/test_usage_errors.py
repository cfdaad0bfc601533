"""A command typed wrongly is answered in Chinese, with the status that the shell expects."""

import pytest

from cli.main import app


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("slaa", "没有命令 slaa"),
        ("sla duee", "是不是要写 'due'"),
        ("sla due", "缺少选项 --clock"),
        ("sla due --clock", "选项 --clock 后面要写值"),
        ("sla due --clokc x", "没有选项 --clokc。相近的有：--clock"),
        ("orders show", "缺少参数 number"),
        ("orders show a b", "多写了：b"),
        ("orders list --stage zzz", "'--stage' 的值不对：'zzz' 不在可选的值里：'opened'"),
        ("nlu eval /nowhere.jsonl", "'/nowhere.jsonl' 不存在"),
        ("warranty import x.csv", "缺少选项 --kind。可选：products"),
    ],
)
def test_what_is_wrong_is_said_in_chinese(monkeypatch, capsys, typed, said):
    monkeypatch.setattr("sys.argv", ["yingsheng", *typed.split()])
    with pytest.raises(SystemExit) as ended:
        app()
    shown = capsys.readouterr()
    assert (ended.value.code, shown.out) == (2, "")
    assert said in shown.err.replace("\n", "")
    assert "Error" not in shown.err


def test_a_command_that_succeeds_ends_with_zero_and_a_refused_one_with_its_status(monkeypatch, capsys):
    for typed, status in [
        ("sla due --clock first_contact --start 2026-11-23T10:00 --json", 0),
        ("sla due --clock nix --start 2026-11-23T10:00", 2),
    ]:
        monkeypatch.setattr("sys.argv", ["yingsheng", *typed.split()])
        with pytest.raises(SystemExit) as ended:
            app()
        assert (typed, ended.value.code) == (typed, status)
    assert "没有这样的时限" in capsys.readouterr().err
