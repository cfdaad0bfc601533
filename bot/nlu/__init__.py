"""Understanding of customers' sentences: pure functions over a lexicon, and the models trained on it."""
