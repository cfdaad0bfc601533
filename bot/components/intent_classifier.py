"""Rasa's side of the intent model: trains it, stores it, and writes intent, ranking and secondary intent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.normaliser import CLEAN_TEXT
from bot.components.sentence_encoder import vectors_of
from bot.nlu.encoders import load_encoder
from bot.nlu.fingerprint import sources_digest
from bot.nlu.intent_model import Array, IntentModel, fit_intents
from bot.nlu.parallel_encoder import encode_on_all_cores
from bot.nlu.ranking import may_be_mixed, pieces, secondary_intent

_FILE = "intents.joblib"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CalibratedIntentClassifier(IntentClassifier, GraphComponent):
    """Sets `intent`, `intent_ranking` and `secondary_intent`."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: IntentModel | None = None,
    ) -> None:
        """Keep the model, which is there after training or loading."""
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Say how many intents are reported."""
        return {"ranking_length": 10}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CalibratedIntentClassifier:
        """Create an untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> CalibratedIntentClassifier:
        """Load a trained classifier."""
        with model_storage.read_from(resource) as directory:
            return cls(config, model_storage, resource, joblib.load(directory / _FILE))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Make Rasa train anew when the code or the words behind this component change."""
        return sources_digest()

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the model to the training sentences and store it."""
        examples = [
            example
            for example in training_data.intent_examples
            if example.get(CLEAN_TEXT) and example.get(INTENT)
        ]
        if examples:
            texts = [example.get(CLEAN_TEXT) for example in examples]
            labels = [example.get(INTENT) for example in examples]
            self._model = fit_intents(texts, labels, encode_on_all_cores)
            with self._model_storage.write_to(self._resource) as directory:
                joblib.dump(self._model, directory / _FILE, compress=1)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Classify messages; a message without words gets no intent."""
        readable = [message for message in messages if message.get(CLEAN_TEXT)]
        for message in messages:
            self._write(message, [], None)
        if readable and self._model:
            for message, row in zip(readable, self._probabilities(self._model, readable), strict=True):
                order = sorted(range(len(row)), key=lambda index: -row[index])
                ranking = [(self._model.classes[index], float(row[index])) for index in order]
                peaks = self._clause_peaks(self._model, message) if may_be_mixed(ranking) else None
                self._write(message, ranking, secondary_intent(ranking, peaks))
        return messages

    @staticmethod
    def _probabilities(model: IntentModel, messages: Sequence[Message]) -> Array:
        by_text = {message.get(CLEAN_TEXT): message for message in messages}
        return model.predict(
            [message.get(CLEAN_TEXT) for message in messages],
            lambda name, texts: vectors_of([by_text[text] for text in texts], name),
        )

    @staticmethod
    def _clause_peaks(model: IntentModel, message: Message) -> dict[str, float] | None:
        parts = pieces(message.get(CLEAN_TEXT))
        if len(parts) < 2:  # noqa: PLR2004
            return None
        rows = model.predict(parts, lambda name, texts: load_encoder(name).encode(texts), quick=True)
        return dict(zip(model.classes, map(float, rows.max(axis=0)), strict=True))

    def _write(self, message: Message, ranking: list[tuple[str, float]], second: str | None) -> None:
        rows = [{"name": name, "confidence": confidence} for name, confidence in ranking]
        message.set(INTENT, rows[0] if rows else {"name": None, "confidence": 0.0}, add_to_output=True)
        message.set("intent_ranking", rows[: self._config["ranking_length"]], add_to_output=True)
        message.set("secondary_intent", second, add_to_output=True)
