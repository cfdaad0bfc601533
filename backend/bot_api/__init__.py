"""What the bot's actions may ask of the backend, over HTTP, with the service token."""
