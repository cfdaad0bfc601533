"""Rasa's side of the signals."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.signals import detect


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class SignalDetector(GraphComponent):
    """Adds the output property `signals` to every message."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SignalDetector:
        """Create the detector; it has nothing to set."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Detect the signals of messages."""
        for message in messages:
            message.set("signals", detect(message.get(TEXT) or "").as_dict(), add_to_output=True)
        return messages
