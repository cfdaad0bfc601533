"""A customer by rules: draws a goal, has a mood, reads the bot's questions by meaning and answers from the goal."""
