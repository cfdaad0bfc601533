"""Stored files: pictures, recordings and documents of conversations, checked by content."""
