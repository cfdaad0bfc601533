"""People: queues, presence, who takes which conversation and when, and giving it back to the bot."""
