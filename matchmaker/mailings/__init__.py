"""Mailings: what the organiser writes to many, to whom, when, and what became of each mail."""
