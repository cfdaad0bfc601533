"""Wiring of the larger parts, a module each; `backend.bootstrap` puts them together."""
