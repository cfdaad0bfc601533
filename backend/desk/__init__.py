"""What agents, supervisors and managers work with."""
