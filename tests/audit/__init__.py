"""Tests of the log: its page, its words, its table."""
