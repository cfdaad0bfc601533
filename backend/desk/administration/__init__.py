"""Running the hotline: accounts, and how its channels are."""
