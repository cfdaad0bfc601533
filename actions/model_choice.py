"""Which model is meant, when the one that was told is not on record but others are near to it."""

from actions.scene import Scene
from actions.turn import Turn
from actions.wording import plain


def choose_model(scene: Scene, turn: Turn) -> bool:
    """Take the answer to which model it is; tell whether the message was one. It is asked once."""
    offered = scene.out.state.models
    scene.note(models=())
    said = plain(turn.text)
    chosen = next((model for model in offered if plain(model) == said), None)
    if len(offered) == 1 and (turn.means("affirm") or turn.choice == "confirm"):
        chosen = offered[0]
    if chosen is None and not (turn.choice in {"none_of_these", "skip"} or turn.means("deny", "skip")):
        return False
    if chosen:
        scene.out.slots["model"] = chosen
        scene.note(model_checked=chosen)
    scene.agenda.go_on(None)
    return True
