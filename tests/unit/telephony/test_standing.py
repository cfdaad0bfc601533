"""Who is on a call, and what can be done with it, from where the call and its conversation stand."""

import pytest

from backend.channels.telephony.call_state import Phase
from backend.channels.telephony.standing import Deed, Standing, deeds, standing

OWNERS = ("bot", "queue", "agent")


@pytest.mark.parametrize(
    ("phase", "owner", "rings", "expected"),
    [
        (Phase.TALKING, "bot", False, Standing.BOT),
        (Phase.QUEUED, "queue", False, Standing.QUEUED),
        (Phase.QUEUED, "agent", True, Standing.RINGING),
        (Phase.QUEUED, "agent", False, Standing.TYPED),
        (Phase.TALKING, "agent", False, Standing.TYPED),
        (Phase.TYPED, "bot", False, Standing.BOT),
        (Phase.SPOKEN, "agent", True, Standing.SPOKEN),
        (Phase.HELD, "agent", True, Standing.HELD),
        (Phase.SURVEY, "agent", False, Standing.SURVEY),
        (Phase.OVER, "agent", False, Standing.ENDED),
    ],
)
def test_who_is_on_the_call(phase: Phase, owner: str, rings: bool, expected: Standing):
    assert standing(phase, owner, rings=rings, ended=False) is expected
    assert standing(phase, owner, rings=rings, ended=True) is Standing.ENDED


@pytest.mark.parametrize("owner", OWNERS)
@pytest.mark.parametrize("phase", Phase)
def test_every_call_that_lives_can_be_ended_and_only_such(phase: Phase, owner: str):
    possible = deeds(phase, owner, ended=False)
    assert (Deed.HANG_UP in possible) == (phase is not Phase.OVER)
    assert deeds(phase, owner, ended=True) == ()
    assert (Deed.RESUME in possible) == (phase is Phase.HELD)
    assert not {Deed.HOLD, Deed.RESUME} <= set(possible)


@pytest.mark.parametrize("phase", [Phase.QUEUED, Phase.VOICEMAIL, Phase.SURVEY])
def test_nobody_is_held_who_is_with_nobody(phase: Phase):
    assert Deed.HOLD not in deeds(phase, "agent", ended=False)


def test_a_call_of_the_bot_is_not_held():
    assert Deed.HOLD not in deeds(Phase.TALKING, "bot", ended=False)
    assert Deed.HOLD in deeds(Phase.TALKING, "agent", ended=False)
