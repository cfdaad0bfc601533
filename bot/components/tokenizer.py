"""Cuts messages into words with jieba, which knows the words of our lexicon."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.segment import words_with_starts


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class LexiconTokenizer(Tokenizer):
    """Tokens for Rasa's own bookkeeping, with the words of the lexicon kept whole."""

    @staticmethod
    def supported_languages() -> list[str]:
        """Chinese only."""
        return ["zh"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Rasa's own tokenizer settings; none is needed."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LexiconTokenizer:
        """Create the tokenizer."""
        return cls(config)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Cut one attribute of a message; characters past the analysed length are one last token."""
        text = message.get(attribute) or ""
        return self._apply_token_pattern([Token(word, start) for word, start in words_with_starts(text)])
