"""Runs the setup: chains side by side, each step only if needed, all of it stoppable."""

import threading
from collections.abc import Collection, Sequence

from runtime.child_process import ChildProcesses
from runtime.progress import Progress
from runtime.settings import StackSettings
from runtime.setup_steps import SetupStep, setup_chains

POLL_SECONDS = 0.2


def set_up(settings: StackSettings, progress: Progress, only: Collection[str] = ()) -> None:
    """Install and build what is missing or has changed; `only` the named steps, if any are.

    Raises:
        StackProblem: a step failed; the others were stopped.
        StopRequested: from the signal handler; all steps were stopped.
    """
    children = ChildProcesses()
    chains = setup_chains(settings, children)
    if only:
        chains = [[step for step in chain if step.name in only] for chain in chains]
    run_chains(chains, children, progress)


def run_chains(chains: Sequence[Sequence[SetupStep]], children: ChildProcesses, progress: Progress) -> None:
    """Run the chains in threads; the first failure, and any interruption of this thread, stops the others.

    Raises:
        StackProblem: the first failure.
    """
    failures: list[BaseException] = []

    def run(chain: Sequence[SetupStep]) -> None:
        try:
            for step in chain:
                if step.needed():
                    with progress.step(step.name):
                        step.run()
        except BaseException as error:  # noqa: BLE001  # raised again in the waiting thread
            failures.append(error)

    threads = [threading.Thread(target=run, args=(chain,), daemon=True) for chain in chains]
    try:
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads) and not failures:
            for thread in threads:
                thread.join(POLL_SECONDS)
    finally:
        children.stop_all()
        for thread in threads:
            thread.join()
    real = [failure for failure in failures if getattr(failure, "code", "") != "interrupted"]
    if real or failures:
        raise (real or failures)[0]
