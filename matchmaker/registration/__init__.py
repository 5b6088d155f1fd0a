"""Joining an event: three steps, approval, and when a participant can meet."""
