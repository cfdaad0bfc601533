import dataclasses
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from runtime.leftovers import end_leftovers, marked_processes
from runtime.ports import free_ports
from runtime.problems import StackProblem
from runtime.programs import Program
from runtime.settings import StackSettings, load_settings
from runtime.supervised_programs import SupervisedPrograms

CHILD = "import subprocess, sys, time; subprocess.Popen(['sleep', '600']); time.sleep(600)"


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[StackSettings]:
    made = dataclasses.replace(load_settings({}), var_dir=tmp_path / "v")
    yield made
    end_leftovers(made.identity, None)


def _web_server(port: int) -> Program:
    command = [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(port)]
    return Program("backend", command, 20, f"http://127.0.0.1:{port}/")


def _started(settings: StackSettings, *programs: Program) -> SupervisedPrograms:
    supervised = SupervisedPrograms(settings, programs, os.environ)
    supervised.launch()
    for program in programs:
        supervised.start(program.name)
    return supervised


def _eventually(condition: Callable[[], bool], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.05)


def test_waits_until_ready_and_leaves_nothing(settings: StackSettings) -> None:
    supervised = _started(
        settings, _web_server(free_ports(1)[0]), Program("bot", [sys.executable, "-c", CHILD], 10)
    )
    supervised.wait_ready(["backend"], 20)
    _eventually(lambda: len(marked_processes(settings.identity)) == 4)
    supervised.stop()
    assert marked_processes(settings.identity) == []


def test_restarts_what_dies(settings: StackSettings) -> None:
    supervised = _started(settings, _web_server(free_ports(1)[0]))
    try:
        supervised.wait_ready(["backend"], 20)
        before = supervised.supervisor.states()["backend"].pid
        os.kill(before, signal.SIGKILL)
        _eventually(lambda: supervised.supervisor.states()["backend"].pid not in {0, before})
        supervised.wait_ready(["backend"], 20)
    finally:
        supervised.stop()


def test_a_program_can_be_stopped_and_started_again(settings: StackSettings) -> None:
    supervised = _started(settings, _web_server(free_ports(1)[0]))
    try:
        supervised.wait_ready(["backend"], 20)
        supervised.stop_program("backend")
        assert not supervised.running("backend")
        supervised.start("backend")
        supervised.wait_ready(["backend"], 20)
    finally:
        supervised.stop()


def test_a_program_that_keeps_failing_is_reported_with_its_log(settings: StackSettings) -> None:
    broken = Program("bot", [sys.executable, "-c", "raise SystemExit('no model')"], 10, "http://127.0.0.1:9/")
    supervised = _started(settings, broken)
    try:
        with pytest.raises(StackProblem) as caught:
            supervised.wait_ready(["bot"], 30)
    finally:
        supervised.stop()
    assert caught.value.code == "program_failed"
    assert caught.value.log is not None
    assert "no model" in caught.value.log.read_text()


def test_a_program_that_is_not_there_is_reported(settings: StackSettings) -> None:
    supervised = SupervisedPrograms(
        settings, [Program("bot", ["/nowhere/python"], 10, "http://127.0.0.1:9/")], {}
    )
    with pytest.raises(StackProblem, match="program_failed"):
        _launch_missing(supervised)
    assert marked_processes(settings.identity) == []


def _launch_missing(supervised: SupervisedPrograms) -> None:
    try:
        supervised.launch()
        supervised.start("bot")
        supervised.wait_ready(["bot"], 10)
    finally:
        supervised.stop()


def test_leftovers_of_a_killed_supervisor_are_found_and_ended(settings: StackSettings) -> None:
    supervised = _started(settings, Program("bot", [sys.executable, "-c", CHILD], 10))
    _eventually(lambda: len(marked_processes(settings.identity)) == 3)
    daemon = next(
        each for each in marked_processes(settings.identity) if "supervisord" in " ".join(each.cmdline())
    )
    daemon.kill()
    _eventually(lambda: not supervised.alive())
    assert len(marked_processes(settings.identity)) == 2
    assert end_leftovers(settings.identity, None) == 2
    assert marked_processes(settings.identity) == []


def test_ends_with_the_process_that_started_it(settings: StackSettings) -> None:
    settings.var_dir.mkdir()
    script = (
        "import dataclasses, os, pathlib, signal, sys\n"
        "from runtime.programs import Program\n"
        "from runtime.settings import load_settings\n"
        "from runtime.supervised_programs import SupervisedPrograms\n"
        f"settings = dataclasses.replace(load_settings({{}}), var_dir=pathlib.Path({str(settings.var_dir)!r}))\n"
        "supervised = SupervisedPrograms(settings, [Program('bot', ['sleep', '600'], 10)], os.environ)\n"
        "supervised.launch()\n"
        "supervised.start('bot')\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = psutil.Popen([sys.executable, "-c", script], cwd=settings.root)
    killed.wait(30)
    _eventually(lambda: marked_processes(settings.identity) == [])
