"""Threads with customers: messages in order, one in flight at a time, and the bot that is asked."""
