"""A trained model's understanding without a server: texts in, parse results out."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE
from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.model import get_local_model

DEFAULT_MODELS = "models"


class Understanding:
    """The NLU half of a trained model."""

    def __init__(self, model: str = DEFAULT_MODELS) -> None:
        """Load an archive, or the newest of a folder; raises ModelNotFound if there is none."""
        with tempfile.TemporaryDirectory() as unpacked:
            self._metadata, self._runner = load_predict_graph_runner(
                Path(unpacked), Path(get_local_model(model)), LocalModelStorage, DaskGraphRunner
            )

    def parse(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        """Parse texts: text, intent, intent_ranking, secondary_intent (if any), entities, signals."""
        return [self.parse_one(text) for text in texts]

    def parse_one(self, text: str) -> dict[str, Any]:
        """Parse one text."""
        target = self._metadata.nlu_target
        results = self._runner.run(inputs={PLACEHOLDER_MESSAGE: [UserMessage(text=text)]}, targets=[target])
        parsed: dict[str, Any] = results[target][0].as_dict(only_output_properties=True)
        return parsed
