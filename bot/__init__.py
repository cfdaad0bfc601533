"""The bot side of Yingsheng: Rasa components and the pure language code that they join."""
