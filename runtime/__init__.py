"""Runs the product on one machine: setup, embedded PostgreSQL, secrets, training, process supervision."""
