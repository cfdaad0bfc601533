"""The ways to us: each channel verifies and parses what comes in, and carries out what is said."""
