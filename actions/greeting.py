"""The first words of a form; the apology of a complaint comes once in a conversation (R8-5)."""

from actions.scene import Scene
from actions.turn import Turn


def greet(scene: Scene, turn: Turn, *, greeted: bool) -> None:
    """Say the opening words; if ``greeted``, another form was left for this one and has said them."""
    state, spec = scene.out.state, scene.spec
    opening = f"utter_{spec.stem}_opening"
    before = state.openings.get(spec.stem, 0)
    if before or (spec.apologises and state.apologies):
        opening += "_more"
    elif spec.apologises and turn.choice == "opening":
        opening += "_bare"
    elif spec.apologises and state.signals.repeated:
        opening += "_repeated"
    elif spec.apologises and state.signals.anger > 1:
        opening += "_angry"
    if not (greeted and opening.endswith("_more")):
        scene.out.say(opening)
    scene.note(
        openings={**state.openings, spec.stem: before + 1},
        apologies=state.apologies + int(spec.apologises),
    )
