"""Rasa graph components, one job each; what they decide lives in `bot.nlu`."""
