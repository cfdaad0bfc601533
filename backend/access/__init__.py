"""Who may do what: accounts, sessions, roles, and the guard that every endpoint carries."""
