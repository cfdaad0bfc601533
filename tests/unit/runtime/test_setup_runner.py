import time

import pytest

from runtime.child_process import ChildProcesses
from runtime.problems import StackProblem
from runtime.progress import Phase, Progress, StepEvent
from runtime.setup_runner import run_chains
from runtime.setup_steps import SetupStep


def _step(name: str, log: list[str], *, needed: bool = True, error: Exception | None = None) -> SetupStep:
    def run() -> None:
        if error:
            raise error
        log.append(name)

    return SetupStep(name, lambda: needed, run)


def test_only_what_is_needed_runs_in_order_and_is_reported() -> None:
    log: list[str] = []
    events: list[StepEvent] = []
    chain = [_step("a", log), _step("b", log, needed=False), _step("c", log)]
    run_chains([chain], ChildProcesses(), Progress(events.append))
    assert log == ["a", "c"]
    assert [(event.step, event.phase) for event in events] == [
        ("a", Phase.STARTED),
        ("a", Phase.DONE),
        ("c", Phase.STARTED),
        ("c", Phase.DONE),
    ]


def test_a_failure_ends_its_chain_and_is_raised() -> None:
    log: list[str] = []
    failing = [_step("a", log, error=StackProblem("step_failed")), _step("b", log)]
    with pytest.raises(StackProblem, match="step_failed"):
        run_chains([failing], ChildProcesses(), Progress())
    assert log == []


def test_a_failure_stops_programs_of_other_chains(tmp_path) -> None:
    children = ChildProcesses()

    def sleep() -> None:
        children.run("sleep", ["sleep", "60"], tmp_path / "log", {"PATH": "/usr/bin:/bin"}, tmp_path)

    def fail() -> None:
        time.sleep(0.5)
        raise StackProblem("first")

    began = time.monotonic()
    chains = [[SetupStep("s", lambda: True, sleep)], [SetupStep("f", lambda: True, fail)]]
    with pytest.raises(StackProblem, match="first"):
        run_chains(chains, children, Progress())
    assert time.monotonic() - began < 20
