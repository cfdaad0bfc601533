"""Rasa's side of the signals: rules, and a model that adds what they did not foresee."""

from __future__ import annotations

from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.normaliser import CLEAN_TEXT
from bot.components.sentence_encoder import vectors_of
from bot.nlu.fingerprint import sources_digest
from bot.nlu.parallel_encoder import encode_on_all_cores
from bot.nlu.signal_model import ENCODER, SignalModel, fit_signals
from bot.nlu.signal_sentences import read_told
from bot.nlu.signals import detect, with_learned
from bot.nlu.text import clean

_FILE = "signals.joblib"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class SignalDetector(GraphComponent):
    """Adds the output property `signals` to every message."""

    def __init__(
        self, model_storage: ModelStorage, resource: Resource, model: SignalModel | None = None
    ) -> None:
        """Keep the model, which is there after training or loading."""
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SignalDetector:
        """Create an untrained detector."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SignalDetector:
        """Load a trained detector."""
        with model_storage.read_from(resource) as directory:
            return cls(model_storage, resource, joblib.load(directory / _FILE))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Make Rasa train anew when the code or the sentences behind this component change."""
        return sources_digest()

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the model to `data/signals` and to ordinary sentences, and store it."""
        told = read_told()
        examples = [example for example in training_data.intent_examples if example.get(CLEAN_TEXT)]
        ordinary = [(example.get(TEXT), detect(example.get(TEXT))) for example in examples]
        texts = [clean(text) for text in [*(one.text for one in told), *(text for text, _ in ordinary)]]
        self._model = fit_signals(told, ordinary, texts, encode_on_all_cores(ENCODER, texts))
        with self._model_storage.write_to(self._resource) as directory:
            joblib.dump(self._model, directory / _FILE, compress=1)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Detect the signals of messages."""
        for message in messages:
            text = message.get(TEXT) or ""
            signals = detect(text)
            if self._model and message.get(CLEAN_TEXT):
                vector = vectors_of([message], ENCODER)[0]
                learned = self._model.learned(message.get(CLEAN_TEXT), vector)
                signals = with_learned(signals, learned, text)
            message.set("signals", signals.as_dict(), add_to_output=True)
        return messages
