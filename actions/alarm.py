"""What is heard between the words: danger first, then anger, and the second kind of a mixed matter."""

from actions.matters import MATTERS
from actions.outcome import Ending
from actions.people import HAZARD as DANGER
from actions.reply import OUTBURST
from actions.scene import Scene
from actions.state import HAZARD
from actions.turn import Turn


def notice(scene: Scene, turn: Turn) -> bool:
    """Take in the signals of a message; tell whether a danger has come up just now (R7-4.4.5)."""
    state = scene.out.state
    secondary = turn.secondary_intent if turn.secondary_intent in MATTERS else None
    scene.note(
        signals=state.signals.merged(turn.signals),
        secondary_kind=state.secondary_kind or (secondary if secondary != scene.spec.kind else None),
        outbursts=state.outbursts + int(turn.signals.anger >= OUTBURST),
    )
    if not turn.signals.hazard or state.mode == HAZARD:
        return False
    asked = {slot: count for slot, count in state.asked.items() if slot != "phone"}
    scene.note(mode=HAZARD, asked=asked)
    advice = f"utter_hazard_{turn.signals.hazard_kind}"
    scene.out.say(advice if scene.wording.knows(advice) else "utter_hazard_other")
    if scene.out.somebody_is_there:
        scene.out.make_way(DANGER, "utter_hazard_there")
        scene.out.ending = Ending.FILE
    else:
        scene.out.say("utter_hazard_urgent")
    return True
