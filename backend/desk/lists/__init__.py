"""The desk's list of tickets: what is due, saved views, the same done to many, export."""
