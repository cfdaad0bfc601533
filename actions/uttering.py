"""Saying things: each response in other words than the last time, and on the phone in words for the ear."""

import re

from rasa_sdk.executor import CollectingDispatcher

from actions.outcome import Outcome, Saying
from actions.summary import one_by_one
from actions.wording import Wording

_LONG_NUMBER = re.compile(r"[0-9][0-9-]{4,}")


def utter(dispatcher: CollectingDispatcher, outcome: Outcome, wording: Wording) -> None:
    """Utter everything that an outcome says, and count it."""
    said = dict(outcome.state.said)
    for saying in outcome.says:
        turn = said.get(saying.response, 0)
        variation = wording.variation(saying.response, turn, spoken=outcome.spoken)
        said[saying.response] = turn + 1
        titles = saying.buttons or variation.buttons
        dispatcher.utter_message(
            text=variation.text.format(**_variables(saying, outcome, wording)),
            buttons=[{"title": title, "payload": title} for title in titles],
        )
    outcome.state = outcome.state.but(said=said)


def _variables(saying: Saying, outcome: Outcome, wording: Wording) -> dict[str, str | int]:
    if not outcome.spoken:
        return dict(saying.variables)
    return {
        name: one_by_one(value, wording)
        if isinstance(value, str) and _LONG_NUMBER.fullmatch(value)
        else value
        for name, value in saying.variables.items()
    }
