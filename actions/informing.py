"""What the backend knows about what is being taken down: the model on record, and where the warranty stands.

Neither is needed to go on: a backend that does not answer now costs nothing but the remark.
"""

import logging
from dataclasses import replace
from datetime import date

from actions.agenda import Agenda
from actions.answers import LONGEST_ANSWER
from actions.backend_client import BackendClient, BackendError
from actions.form_spec import MODEL_CHOICE, FormSpec
from actions.outcome import Outcome
from actions.state import FULL
from actions.turn import Turn
from actions.warranty_reply import can_be_decided, warranty_sentence

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 1.5
"""How long a customer is kept waiting for a remark."""

MOST_MODELS = 3


async def inform(spec: FormSpec, outcome: Outcome, turn: Turn, today: date, client: BackendClient) -> None:
    """Add to what is said what the backend knows by now: each thing once."""
    if outcome.ending is not None:
        return
    quick = replace(client, timeout_seconds=PATIENCE_SECONDS)
    if spec.tells_warranty and outcome.state.mode == FULL:
        await _check_model(spec, outcome, quick)
    if outcome.asks_warranty or (spec.tells_warranty and _warranty_is_news(outcome)):
        await _tell_warranty(outcome, turn, today, quick)


async def _check_model(spec: FormSpec, outcome: Outcome, client: BackendClient) -> None:
    """Offer models that look or sound alike for one that is not on record."""
    model = outcome.slots.get("model")
    if not model or model == outcome.state.model_checked:
        return
    outcome.state = outcome.state.but(model_checked=model)
    try:
        found = await client.register_lookup({"model": model})
    except BackendError as error:
        logger.warning("the register was not asked for a model: %s", error)
        return
    if found.models_alike:
        # one thing at a time: the summary shows the date that would have been read back along with this
        outcome.says = [each for each in outcome.says if not each.response.startswith("utter_read_back_")]
        outcome.state = outcome.state.but(models=found.models_alike[:MOST_MODELS], read_back=None)
        Agenda(spec, outcome).put_before(MODEL_CHOICE)


def _facts(outcome: Outcome) -> str:
    return "|".join(outcome.slots.get(slot) or "" for slot in ("product", "purchase_date"))


def _warranty_is_news(outcome: Outcome) -> bool:
    known = outcome.slots.get("product") and outcome.slots.get("purchase_date")
    return bool(known) and outcome.state.mode == FULL and outcome.state.warranty_told != _facts(outcome)


async def _tell_warranty(outcome: Outcome, turn: Turn, today: date, client: BackendClient) -> None:
    sentence = None
    if can_be_decided(outcome.slots):
        try:
            sentence = await warranty_sentence(outcome.slots, today, client, spoken=outcome.spoken)
        except BackendError as error:
            logger.warning("the warranty was not told: %s", error)
    if sentence:
        outcome.state = outcome.state.but(warranty_told=_facts(outcome), warranty=sentence)
        outcome.say("utter_warranty_told", {"text": sentence})
    elif outcome.asks_warranty:
        outcome.state = outcome.state.but(questions=(*outcome.state.questions, turn.text[:LONGEST_ANSWER]))
        outcome.say("utter_side_question")
