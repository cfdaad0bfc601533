"""Rasa's side of the search for answers: fits it, stores it, and writes what a question was found to ask."""

from __future__ import annotations

from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.normaliser import CLEAN_TEXT
from bot.components.sentence_encoder import vectors_of
from bot.nlu.faq import FaqIndex, Found, fit_faq
from bot.nlu.faq_entries import read_faq
from bot.nlu.fingerprint import sources_digest
from bot.nlu.parallel_encoder import encode_on_all_cores

FAQ = "faq"
_FILE = "faq.joblib"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class FaqRetriever(GraphComponent):
    """Sets `faq` on every message; searches only where the ranking of intents says that a question is likely.

    It stands behind the intent classifier, and before whatever replaces the intent when it is unsure.
    """

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        index: FaqIndex | None = None,
    ) -> None:
        """Keep the index, which is there after training or loading."""
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._index = index

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Name the intents that may ask, how many of the likeliest count, and from which probability."""
        return {
            "intents": [
                "consultation",
                "warranty_inquiry",
                "repair_request",
                "return_exchange",
                "status_query",
            ],
            "considered": 3,
            "least_probability": 0.02,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FaqRetriever:
        """Create a retriever without an index."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> FaqRetriever:
        """Load a retriever with its index."""
        with model_storage.read_from(resource) as directory:
            return cls(config, model_storage, resource, joblib.load(directory / _FILE))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Make Rasa train anew when the code, the words or the questions behind this component change."""
        return sources_digest()

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the search to `data/faq` and store it; Rasa's own training sentences play no part."""
        self._index = fit_faq(read_faq(), encode_on_all_cores).index
        with self._model_storage.write_to(self._resource) as directory:
            joblib.dump(self._index, directory / _FILE, compress=1)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Search for messages that may ask something; the others get an empty finding."""
        for message in messages:
            found = self._search(self._index, message) if self._index and self._may_ask(message) else Found()
            message.set(FAQ, found.as_dict(), add_to_output=True)
        return messages

    @staticmethod
    def _search(index: FaqIndex, message: Message) -> Found:
        return index.search([message.get(CLEAN_TEXT)], lambda name, _: vectors_of([message], name))[0]

    def _may_ask(self, message: Message) -> bool:
        likeliest = (message.get("intent_ranking") or [])[: self._config["considered"]]
        return bool(message.get(CLEAN_TEXT)) and any(
            row["name"] in self._config["intents"] and row["confidence"] >= self._config["least_probability"]
            for row in likeliest
        )
