"""Rasa's side of entity extraction."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.entities.extract import extract


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LexiconEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Adds entities whose `start` and `end` point into the text as the customer wrote it."""

    def __init__(self, timezone: ZoneInfo) -> None:
        """Relative times count from now in `timezone`."""
        self._timezone = timezone

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Name the time zone in which customers speak."""
        return {"timezone": "Asia/Shanghai"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LexiconEntityExtractor:
        """Create the extractor."""
        return cls(ZoneInfo(config["timezone"]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Extract the entities of messages."""
        now = datetime.now(self._timezone)
        for message in messages:
            found = [
                {
                    "entity": entity.entity,
                    "start": entity.start,
                    "end": entity.end,
                    "value": entity.value,
                    "text": entity.text,
                }
                for entity in extract(message.get(TEXT) or "", now)
            ]
            known = message.get(ENTITIES, [])
            message.set(ENTITIES, known + self.add_extractor_name(found), add_to_output=True)
        return messages
