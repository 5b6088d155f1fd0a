"""Attacks, and what they must not reach."""
