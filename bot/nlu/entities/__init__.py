"""Entity extraction: one extractor a module, pure functions from folded text to `Found` spans."""
