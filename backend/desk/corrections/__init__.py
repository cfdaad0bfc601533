"""What people put right of what the machine understood, kept as labelled examples for it to learn from."""
