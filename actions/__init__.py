"""Custom actions of the dialogue: what is asked next, what is said, and when a ticket is filed."""
