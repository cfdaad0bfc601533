"""Every help page of the command line is in Chinese."""

import re
from collections.abc import Iterator

import pytest
from typer.main import get_command

from cli.main import COMMANDS, app, commands

ENGLISH = re.compile(r"Usage|Options|Arguments|Commands|Show this|required|default|OPTIONS|COMMAND|ARGS")


def paths() -> Iterator[tuple[str, ...]]:
    yield ()
    root = get_command(commands)
    for name in COMMANDS:
        yield from below((name,), root.get_command(None, name))


def below(path: tuple[str, ...], command) -> Iterator[tuple[str, ...]]:
    yield path
    for name, one in getattr(command, "commands", {}).items():
        yield from below((*path, name), one)


@pytest.mark.parametrize("path", list(paths()), ids=" ".join)
def test_nothing_english_is_left(monkeypatch, capsys, path: tuple[str, ...]):
    monkeypatch.setattr("sys.argv", ["yingsheng", *path, "--help"])
    with pytest.raises(SystemExit) as ended:
        app()
    page = capsys.readouterr().out
    assert ended.value.code == 0
    assert page.startswith(f"用法：{' '.join(('yingsheng', *path))}")
    assert "显示这份说明" in page
    assert not ENGLISH.search(page), page
