"""What is done for customers who did not ask: contracts that end (R3b-20)."""
