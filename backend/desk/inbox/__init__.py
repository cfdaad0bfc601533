"""What people are told at the desk, kept for whoever was away."""
