"""These tests run in the bot's environment; in the other one there is nothing here to collect."""

from datetime import datetime
from importlib.util import find_spec
from zoneinfo import ZoneInfo

import pytest

collect_ignore_glob = [] if find_spec("rasa") and find_spec("spacy") else ["test_*.py"]


@pytest.fixture
def now():
    return datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
