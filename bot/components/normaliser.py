"""Puts a cleaned reading of each message beside the text itself.

The text that Rasa reports stays untouched, because entities and tickets quote it; whatever learns or
compares sentences reads `CLEAN_TEXT` instead.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.fingerprint import sources_digest
from bot.nlu.text import clean

CLEAN_TEXT = "clean_text"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class TextNormaliser(GraphComponent):
    """Adds the key `clean_text` to every message."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TextNormaliser:
        """Create the component; it has nothing to set."""
        return cls()

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Make Rasa train anew when the code or the words behind this component change."""
        return sources_digest()

    def process(self, messages: list[Message]) -> list[Message]:
        """Normalise messages."""
        for message in messages:
            message.set(CLEAN_TEXT, clean(message.get(TEXT) or ""))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Normalise training examples in the same way."""
        self.process(training_data.training_examples)
        return training_data
