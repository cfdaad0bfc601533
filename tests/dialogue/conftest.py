"""The stories of a module are played side by side; each test looks at one of them."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from tests.support.stories import Played, Player, Story
from tests.support.talk import HotlineApi

AT_ONCE = 4


@pytest.fixture(scope="module")
def playing(api: HotlineApi, request: pytest.FixtureRequest) -> Iterator[dict[str, Future[Played]]]:
    """The conversations of the module's STORIES on the web chat, by name."""
    stories: list[Story] = request.module.STORIES
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield {
            story.name: pool.submit(lambda story=story: Player(story, api.open_chat()).play())
            for story in stories
        }
