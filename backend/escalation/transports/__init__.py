"""The transports of notices; which there are is decided by the settings."""
