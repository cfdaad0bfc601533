"""The whole product, started once for all tests that need it: free ports, own state, the real model."""

from collections.abc import Iterator

import pytest

from runtime.stack import Stack, running_stack
from tests.support.talk import HotlineApi


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    with running_stack() as running:
        yield running


@pytest.fixture(scope="session")
def api(stack: Stack) -> Iterator[HotlineApi]:
    with HotlineApi(stack.settings.backend_url) as http:
        http.log_in("demo", stack.demo_password)
        yield http
