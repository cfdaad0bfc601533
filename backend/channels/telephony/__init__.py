"""The telephone, whoever carries it: what a call says and does, as plans that a carrier's adapter renders."""
